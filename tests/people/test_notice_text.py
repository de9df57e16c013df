"""The notice's own small way of writing."""

from governance.people.notice_text import Block, blocks


def test_headings_paragraphs_and_points():
    body = "One\ntwo.\n\n## Why\nBecause:\n- first\n- second\n\n<b>last</b>\n"
    assert blocks(body) == [
        Block("paragraph", ("One two.",)),
        Block("heading", ("Why",)),
        Block("paragraph", ("Because:",)),
        Block("points", ("first", "second")),
        Block("paragraph", ("<b>last</b>",)),
    ]


def test_nothing_gives_nothing():
    assert blocks(" \n\n") == []
