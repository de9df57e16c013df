"""A bundle as a PDF: bookmarks, page numbers, and letters of every script that its font has.

The same bundle makes the same bytes: the file's dates are those of the newest thing in it.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import WrapMode, XPos, YPos

from governance.bundles.contents import Bundle, Item, Section, moment_words
from governance.kernel.errors import GovernanceError
from governance.kernel.paths import STATIC

FONTS = (STATIC / "vendor" / "fonts", Path("/usr/share/fonts/truetype/dejavu"))
"""Where set-up puts the font, and where Debian's fonts-dejavu-core does."""
FAMILY = "dejavu"
MARGIN = 20  # millimetres
BODY, SMALL, LARGE, TITLE = 10.5, 8.5, 14, 20  # points
GREY = (76, 98, 114)


class FontMissing(GovernanceError):
    """The font of the bundle is not there: set-up has not been run since it was added."""

    status = 503


class _Paper(FPDF):
    """A4 with the bundle's name at the foot of each page."""

    def __init__(self, bundle: Bundle) -> None:
        super().__init__(format="A4")
        self.bundle = bundle
        folder = _folder()
        self.add_font(FAMILY, "", folder / "DejaVuSans.ttf")
        self.add_font(FAMILY, "B", folder / "DejaVuSans-Bold.ttf")
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, MARGIN + 5)
        self.set_title(printable(bundle.title))
        self.set_author("Probity")
        self.set_lang("en-GB")
        self.set_creation_date(bundle.as_of)
        self.alias_nb_pages()

    def footer(self) -> None:
        """Which bundle, and which page of how many."""
        self.set_y(-MARGIN + 2)
        self.set_font(FAMILY, "", SMALL)
        self.set_text_color(*GREY)
        self.cell(
            0,
            5,
            printable(f"{self.bundle.reference} · confidential · page {self.page_no()} of {{nb}}"),
            align="C",
        )

    def words(
        self, text: str, size: float = BODY, *, bold: bool = False, grey: bool = False, after: float = 2
    ) -> None:
        """A paragraph, and the room after it in millimetres."""
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(*(GREY if grey else (0, 0, 0)))
        shown = printable(text)
        if shown.strip():
            self.multi_cell(
                0, size * 0.5, shown, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT, wrapmode=WrapMode.WORD
            )
            self.ln(after)


def as_pdf(bundle: Bundle) -> bytes:
    """The bundle as a PDF file. Raises FontMissing."""
    paper = _Paper(bundle)
    paper.add_page()
    paper.start_section("Index")
    paper.words(bundle.title, TITLE, bold=True)
    paper.words(bundle.intro)
    paper.words(f"As it stood on {moment_words(bundle.as_of)}.", SMALL, grey=True, after=4)
    for number, section in enumerate(bundle.sections, start=1):
        count = len(section.items)
        paper.words(f"{number}. {section.title} ({count or 'nothing'})", after=0.5)
    paper.words(f"{len(bundle.sections) + 1}. What happened when ({len(bundle.timeline)})", after=4)
    paper.words(
        "Signs that the font of this document lacks stand as their names in square brackets. The ZIP file has every text "
        "sign by sign.",
        SMALL,
        grey=True,
    )
    for number, section in enumerate(bundle.sections, start=1):
        _section(paper, number, section)
    _timeline(paper, len(bundle.sections) + 1)
    return bytes(paper.output())


def _section(paper: _Paper, number: int, section: Section) -> None:
    paper.add_page()
    paper.start_section(printable(f"{number}. {section.title}"))
    paper.words(f"{number}. {section.title}", LARGE, bold=True, after=4)
    if not section.items:
        paper.words(section.empty)
    for item in section.items:
        _item(paper, item)


def _item(paper: _Paper, item: Item) -> None:
    paper.start_section(printable(item.title), level=1)
    paper.words(item.title, BODY + 1, bold=True, after=1.5)
    for what, value in item.facts:
        paper.words(f"{what}: {value}", SMALL + 0.5, grey=True, after=0.5)
    paper.ln(1.5)
    paper.words(item.text, after=6)


def _timeline(paper: _Paper, number: int) -> None:
    paper.add_page()
    paper.start_section(f"{number}. What happened when")
    paper.words(f"{number}. What happened when", LARGE, bold=True, after=4)
    for step in paper.bundle.timeline:
        paper.words(f"{moment_words(step.at)}: {step.what}", bold=True, after=0.5)
        paper.words(step.who, SMALL + 0.5, grey=True, after=0.5)
        paper.words(step.words, after=2.5)


def printable(text: str) -> str:
    """`text` in signs that the font has: others stand as their names, what only steers their look is left out."""
    return "".join(_sign(char) for char in unicodedata.normalize("NFC", text).replace("\t", "    "))


def _sign(char: str) -> str:
    if char == "\n" or (ord(char) in _glyphs() and unicodedata.category(char) not in ("Cc", "Cf")):
        return char
    if unicodedata.category(char) in ("Cc", "Cf", "Mn", "Cs"):
        return ""
    if unicodedata.category(char) == "Zs":
        return " "
    return f"[{unicodedata.name(char, f'sign U+{ord(char):04X}').lower()}]"


@cache
def _glyphs() -> frozenset[int]:
    with TTFont(_folder() / "DejaVuSans.ttf", lazy=True) as regular:
        both = set(regular.getBestCmap())
    with TTFont(_folder() / "DejaVuSans-Bold.ttf", lazy=True) as bold:
        both &= set(bold.getBestCmap())
    return frozenset(both)


def _folder() -> Path:
    for folder in FONTS:
        if (folder / "DejaVuSans.ttf").exists() and (folder / "DejaVuSans-Bold.ttf").exists():
            return folder
    raise FontMissing(
        "The PDF cannot be made: its font is missing on this server. Ask whoever runs Probity to run 'make setup', or take "
        "the ZIP file."
    )
