"""The browser of the tests itself: it sees what goes wrong on a page, and the sign-in page gives it nothing to see."""

from urllib.parse import urlsplit

import pytest
from flask import Flask

from governance.entrance.gate import permission
from tests.fixtures.browsers import Watch

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
TROUBLES = {
    "says an error": "<script nonce={nonce}>console.error('not right')</script>",
    "fails": "<script nonce={nonce}>nothing.at.all()</script>",
    "breaks its policy": "<p style='color: red'>Red</p>",
    "calls another host": "<img src='http://elsewhere.invalid/pixel.png' alt=''>",
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_page_in_trouble_is_noticed(app: Flask, organisation, visitor, chromium, site, trouble):
    from governance.entrance.headers import csp_nonce

    @permission("start.see")
    def page():
        return f"<!doctype html><title>Page</title>{TROUBLES[trouble].format(nonce=csp_nonce())}"

    app.add_url_rule("/trouble", "trouble", page)
    context = chromium.new_context(base_url=site)
    watch = Watch(context, urlsplit(site).netloc)
    name = app.config["SESSION_COOKIE_NAME"]
    context.add_cookies([{"name": name, "value": visitor(organisation.nurse).cookie, "url": site}])
    opened = context.new_page()
    opened.goto("/trouble")
    opened.wait_for_load_state("networkidle")
    heard = watch.heard()
    context.close()
    assert heard


@pytest.mark.parametrize("width", [1280, 375])
def test_the_sign_in_page_is_clean(browse, axe, width):
    page = browse(None, width=width)
    page.goto("/sign-in")
    assert axe(page) == []
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_text("There is a problem").is_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_signed_in_person_has_their_name_on_the_page(browse, organisation, axe):
    name = organisation.nurse.name
    page = browse(organisation.nurse)
    page.goto("/")
    assert page.get_by_text(name).first.is_visible()
    assert axe(page) == []


def test_axe_sees_what_is_wrong(browse, axe):
    page = browse(None)
    page.goto("/sign-in")
    page.evaluate(
        "document.querySelector('input[type=email], input[name=email]').labels.forEach(one => one.remove())"
    )
    assert any(line.startswith("label") for line in axe(page))
