"""Handles and profile addresses, platform by platform, with the tricks that an address can play."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.accounts.addresses import Address, check_address
from governance.accounts.platform_forms import FORMS
from governance.accounts.platforms import PLATFORMS
from governance.kernel.errors import Invalid

GOOD = [
    ("x", "@Ward_Nurse", "https://twitter.com/ward_nurse?s=20", "ward_nurse", "https://twitter.com/ward_nurse"),
    ("x", "ward_nurse", "x.com/Ward_Nurse/", "ward_nurse", "https://x.com/Ward_Nurse/"),
    ("bluesky", "@n.bsky.social", "https://bsky.app/profile/n.bsky.social", "n.bsky.social", None),
    ("mastodon", "@nia@toots.example", "https://toots.example/@nia", "nia@toots.example", None),
    ("facebook", "nia.rowan.5", "https://www.facebook.com/nia.rowan.5", "nia.rowan.5", None),
    ("facebook", "Nia Rowan", "https://www.facebook.com/profile.php?id=100012345678901&ref=x", "nia rowan",
     "https://www.facebook.com/profile.php?id=100012345678901"),
    ("facebook", "Ward 7 swaps", "https://www.facebook.com/groups/ward7swaps", "ward 7 swaps", None),
    ("instagram", "@nia.on.seven", "https://www.instagram.com/nia.on.seven/?igsh=abc", "nia.on.seven",
     "https://www.instagram.com/nia.on.seven/"),
    ("linkedin", "nia-rowan-rn", "https://uk.linkedin.com/in/nia-rowan-rn/", "nia-rowan-rn", None),
    ("linkedin", "zoë-rowan", "https://www.linkedin.com/in/zo%C3%AB-rowan", "zoë-rowan", None),
    ("tiktok", "@nia_rn", "https://www.tiktok.com/@nia_rn", "nia_rn", None),
    ("youtube", "@NiaNursing", "https://www.youtube.com/@nianursing", "nianursing", None),
    ("youtube", "NiaNursing", "https://www.youtube.com/channel/UC0123456789012345678901", "nianursing", None),
    ("threads", "@nia.rn", "https://www.threads.net/@nia.rn", "nia.rn", None),
    ("reddit", "u/nia_rn", "https://www.reddit.com/user/nia_rn", "nia_rn", None),
    ("whatsapp", "+44 7700 900123", "https://wa.me/447700900123", "447700900123", None),
    ("whatsapp", "Ward 7 off-duty", "https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv", "ward 7 off-duty", None),
    ("blog", "Nia's blog: سلام 👩🏽‍⚕️", "https://nia.example/", "nia's blog: سلام 👩🏽‍⚕️", None),
    ("other", "scanlines", "https://podcast.example/nia", "scanlines", None),
]  # fmt: skip


@pytest.mark.parametrize(("platform", "handle", "url", "key", "kept"), GOOD)
def test_an_address_that_fits_is_kept_in_one_form(platform, handle, url, key, kept):
    assert check_address(platform, handle, url) == Address(platform, handle, key, kept or url)


def test_every_platform_has_a_form_and_an_example_that_fits_it():
    assert FORMS.keys() == PLATFORMS.keys()
    handles = {
        "bluesky": "yourname.bsky.social",
        "mastodon": "yourname@mastodon.example",
        "linkedin": "your-name",
        "whatsapp": "447700900123",
    }
    for platform, form in FORMS.items():
        assert check_address(platform, handles.get(platform, "yourname"), form.example).platform == platform


BAD = [
    ("x", "ward_nurse", "javascript:alert(1)", "url", "must start with https"),
    ("x", "ward_nurse", "JAVASCRIPT://x.com/%0aalert(1)", "url", "must start with https"),
    ("x", "ward_nurse", "data:text/html,hello", "url", "must start with https"),
    ("x", "ward_nurse", "http://x.com/ward_nurse", "url", "must start with https"),
    ("x", "ward_nurse", "https://x.com@evil.example/ward_nurse", "url", "user name or password"),
    ("x", "ward_nurse", "https://x.com:8443/ward_nurse", "url", "port"),
    ("x", "ward_nurse", "https://x.com:port/ward_nurse", "url", "not a web address"),
    ("x", "ward_nurse", "https://[::1/ward_nurse", "url", "not a web address"),
    ("x", "ward_nurse", "https://x.com.evil.example/ward_nurse", "url", "is not on X"),
    ("x", "ward_nurse", "https://evil-x.com/ward_nurse", "url", "is not on X"),
    ("x", "ward_nurse", "https://х.com/ward_nurse", "url", "characters"),  # a Cyrillic letter
    ("blog", "Blog", "https://xn--80ak6aa92e.com/", "url", "xn--"),
    ("x", "ward_nurse", "https://x.com/someone_else", "url", "belongs to 'someone_else'"),
    ("x", "home", "https://x.com/home", "url", "platform itself"),
    ("x", "ward_nurse", "https://x.com/ward_nurse/status/1", "url", "does not lead to a profile"),
    ("x", "ward_nurse", "https://x.com/ward nurse", "url", "characters"),
    ("x", "ward_nurse", "https://x.com\\@evil.example/", "url", "characters"),
    ("x", "ward_nurse", "https://x.com/\x00ward_nurse", "url", "NUL"),
    ("x", "ward nurse!", "https://x.com/ward_nurse", "handle", "does not look like one on X"),
    ("x", "a" * 16, "https://x.com/" + "a" * 16, "handle", "does not look like one on X"),
    ("x", " ", "https://x.com/ward_nurse", "handle", "Enter the name or handle"),
    ("x", "ward_nurse", "", "url", "Enter the address"),
    ("x", "ward_nurse", "https://x.com/" + "a" * 500, "url", "500 characters or fewer"),
    ("mastodon", "nia@toots.example", "https://other.example/@nia", "url", "belongs to 'nia@other.example'"),
    ("mastodon", "nia", "https://toots.example/@nia", "handle", "two parts"),
    ("whatsapp", "447700900123", "https://wa.me/447700900124", "url", "belongs to"),
    ("facebook", "Nia", "https://www.facebook.com/profile.php?id=me", "url", "does not lead to a profile"),
    ("blog", "Blog", "https://www.instagram.com/nia/", "url", "choose Instagram"),
    ("other", "Thing", "https://localhost/nia", "url", "full name of a public website"),
    ("other", "Thing", "https://127.0.0.1/nia", "url", "full name of a public website"),
    ("other", "Thing", "https://intranet.local/nia", "url", "full name of a public website"),
    ("other", "Thing", "https://site.example/a/../../b", "url", "characters"),
    ("other", "Turned \u202eround", "https://site.example/nia", "handle", "does not look like"),
    ("other", "Half \ud800", "https://site.example/nia", "handle", "surrogate"),
    ("myspace", "nia", "https://myspace.example/nia", "platform", "from the list"),
    ("", "nia", "https://x.com/nia", "platform", "from the list"),
]


@pytest.mark.parametrize(("platform", "handle", "url", "field", "says"), BAD)
def test_an_address_that_does_not_fit_is_refused_at_its_field(platform, handle, url, field, says):
    with pytest.raises(Invalid) as refused:
        check_address(platform, handle, url)
    assert refused.value.field == field
    assert says in refused.value.message


@given(st.sampled_from(sorted(FORMS)), st.text(max_size=40), st.text(max_size=60))
def test_any_text_is_checked_or_refused_and_what_is_kept_is_plain_https(platform, handle, url):
    try:
        kept = check_address(platform, handle, url)
    except Invalid:
        return
    assert kept.url.startswith("https://")
    assert kept.url.isascii()
    assert kept.handle.strip()


@given(
    st.sampled_from(["x", "instagram", "tiktok", "threads", "reddit"]),
    st.text(max_size=12),
    st.text(max_size=12),
)
def test_handle_and_address_never_name_two_accounts(platform, handle, other):
    form = FORMS[platform]
    try:
        kept = check_address(platform, handle, form.example.replace("yourname", other))
    except Invalid:
        return
    assert kept.handle_key in kept.url.casefold()
