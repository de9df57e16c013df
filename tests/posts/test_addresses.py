import pytest

from governance.accounts.models import SocialAccount
from governance.accounts.platforms import PLATFORMS
from governance.kernel.errors import Invalid
from governance.posts.addresses import check_post_address


def account(platform, url="https://ward.example/me"):
    return SocialAccount(platform=platform, url=url)


@pytest.mark.parametrize(
    ("platform", "url"),
    [
        ("x", "https://x.com/a/status/1"),
        ("x", "https://mobile.twitter.com/a/status/1?s=20"),
        ("bluesky", "https://bsky.app/profile/a.bsky.social/post/3k"),
        ("facebook", "https://m.facebook.com/story.php?story_fbid=1&id=2"),
        ("instagram", "https://www.instagram.com/p/Cabc/"),
        ("linkedin", "https://uk.linkedin.com/posts/a_b-activity-1"),
        ("tiktok", "https://www.tiktok.com/@a/video/1"),
        ("youtube", "https://youtu.be/abcdefghijk"),
        ("threads", "https://www.threads.net/@a/post/C"),
        ("reddit", "https://old.reddit.com/r/nursing/comments/1/x/"),
        ("whatsapp", "https://chat.whatsapp.com/abc"),
        ("mastodon", "https://ward.example/@me/1"),
        ("blog", "https://notes.ward.example/2026/a?p=1#c"),
        ("other", "http://ward.example/1"),
    ],
)
def test_an_address_of_a_post_on_its_platform(platform, url):
    assert check_post_address(f"  {url} ", account(platform)) == url


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://x.com/%0aalert(1)",
        "data:text/html,<script>",
        "//x.com/a",
        "x.com/a/status/1",
        "https://",
        "https://localhost/a",
        "https://x.com\\@evil.example/",
        "https://evil.example/x.com/a/status/1",
        "https://notward.example/1",
        "https://x.com/\u202egpj",
        "https://xn--ward-abc.example/1",
        "https://[::1]/1",
        "https://127.0.0.1:80/",
        "ftp://ward.example/1",
    ],
)
def test_nothing_else_passes_on_any_platform(platform, url):
    with pytest.raises(Invalid) as caught:
        check_post_address(url, account(platform))
    assert caught.value.field == "url"
