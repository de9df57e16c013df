"""What set-up serves: the NHS front end without web fonts, source maps, logos or another host."""

import re

import pytest

from governance.kernel.paths import STATIC
from scripts import frontend

FONT = '@font-face{font-family:"F";src:url(https://assets.nhs.uk/fonts/F.woff2)}'
ICON = "a{background:url(/assets/images/cross.svg)}"
CSS = FONT * 2 + ICON * 12 + "/*# sourceMappingURL=x.css.map */"
VENDOR = STATIC / "vendor"


def test_a_style_sheet_loses_its_fonts_and_keeps_its_icons_beside_it():
    assert frontend.style_sheet(CSS) == "a{background:url(images/cross.svg)}" * 12


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        (CSS.replace(FONT, "", 1), "expected 2 of @font-face rule, found 1"),
        (CSS + FONT, "expected 2 of @font-face rule, found 3"),
        (CSS.replace(ICON, "", 1), "expected 12 of icon address, found 11"),
        (CSS.partition("/*#")[0], "expected 1 of source map line, found 0"),
        (CSS + "b{background:url(/other.png)}", "an absolute address"),
        (CSS + "b{background:url(https://elsewhere.example/x.png)}", "another host"),
    ],
)
def test_a_front_end_that_no_longer_fits_is_told_apart(changed, named):
    with pytest.raises(frontend.FrontEndError, match=re.escape(named)):
        frontend.style_sheet(changed)


def test_what_is_served_stands_and_names_no_other_host():
    css = (VENDOR / "nhsuk-frontend.min.css").read_text(encoding="utf-8")
    icons = set(re.findall(r"url\(([^)]+)\)", css))
    assert icons
    assert [icon for icon in icons if not icon.startswith("data:") and not (VENDOR / icon).is_file()] == []
    for name in ("nhsuk-frontend.min.css", "nhsuk-frontend.min.js"):
        text = (VENDOR / name).read_text(encoding="utf-8")
        assert "assets.nhs.uk" not in text
        assert "sourceMappingURL" not in text
    assert (VENDOR / "plotly-cartesian.min.js").stat().st_size > 1_000_000


def test_no_logo_is_served():
    assert {path.suffix for path in (VENDOR / "images").iterdir()} == {".svg"}
    assert [
        path.name for path in (VENDOR / "images").iterdir() if not path.name.startswith("nhsuk-icon-")
    ] == []


def test_a_second_run_fetches_nothing(monkeypatch):
    def fetched() -> None:
        raise AssertionError("npm was started again")

    monkeypatch.setattr(frontend, "fetch", fetched)
    assert frontend.main() == 0


def test_a_failure_leaves_what_stood(monkeypatch, tmp_path, capsys):
    vendor = tmp_path / "vendor"
    vendor.mkdir()
    (vendor / "kept.css").write_text("kept", encoding="utf-8")
    monkeypatch.setattr(frontend, "VENDOR", vendor)
    monkeypatch.setattr(frontend, "STAMP", vendor / "made-from")
    monkeypatch.setattr(frontend, "fetch", lambda: None)

    def broken(_css: str) -> str:
        raise frontend.FrontEndError("the front end changed")

    monkeypatch.setattr(frontend, "style_sheet", broken)
    assert frontend.main() == 1
    assert "the front end changed" in capsys.readouterr().err
    assert [path.name for path in vendor.iterdir()] == ["kept.css"]
