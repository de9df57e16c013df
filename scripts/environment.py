"""Make .venv/ and install what requirements-dev.txt locks, by hash.

Runs on the system's own Python before anything is installed, so it uses the standard library alone and
keeps to syntax that an older Python can read: it is this program that tells its owner that it is too old.
"""

import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
OLDEST = (3, 11)
TAIL = 40  # lines of pip's own words that are shown when it fails
COUNTED = ("Collecting ", "Processing ", "Requirement already satisfied: ")


def stop(message: str) -> None:
    """Say what is wrong and what to do about it, and end with status 1."""
    print("\n" + message, file=sys.stderr)
    raise SystemExit(1)


def check_python() -> None:
    """Refuse a Python that is too old, or a Debian one without its venv package."""
    if sys.version_info < OLDEST:
        stop(
            f"Probity needs Python 3.11 or later; {sys.executable} is {sys.version.split()[0]}.\n"
            "Install one (Debian 12 or later: apt-get install python3 python3-venv) and name it: "
            "make setup PYTHON=/path/to/python3"
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        stop(
            "This Python cannot make a virtual environment: its venv package is missing.\n"
            "On Debian: apt-get install python3-venv   Then run the same command again."
        )


def sound() -> bool:
    """True where .venv/ holds a Python that starts, is new enough and has pip."""
    python = VENV / "bin" / "python"
    question = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    try:
        answer = subprocess.run([str(python), "-c", question], stderr=subprocess.DEVNULL, check=False)
    except OSError:
        return False
    return answer.returncode == 0


def make_venv() -> None:
    """Make .venv/ unless a sound one stands; one that lost its Python is made anew."""
    if sound():
        return
    print("Making the virtual environment .venv/ ...", flush=True)
    shutil.rmtree(str(VENV), ignore_errors=True)
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode != 0:
        stop("The virtual environment could not be made; Python's own words stand above.")


def package(line: str) -> str:
    """The package that a line of pip's is about: 'Collecting flask==3.1.3 (from ...)' is about flask."""
    words = line.rsplit(": ", maxsplit=1)[-1].split() if ": " in line else line.split()[1:]
    return words[0].rsplit("/", 1)[-1].split("==")[0].split("-")[0]


def show(count: int, total: int, name: str, done: bool) -> None:
    """One line that grows on a terminal; now and then a line elsewhere."""
    if sys.stdout.isatty():
        print(f"\r\033[K  {count:3} of {total}  {name}", end="\n" if done else "", flush=True)
    elif done or count % 20 == 0:
        print(f"  {count:3} of {total} packages fetched", flush=True)


def install(lock: Path) -> None:
    """Install every package of the lock file, showing each as it comes; pip's words are shown on failure."""
    total = sum(1 for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line.split("#")[0])
    print(f"Fetching up to {total} packages of {lock.name} ...", flush=True)
    command = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--no-input", "--require-hashes"]
    command += ["--disable-pip-version-check", "--progress-bar", "off", "-r", str(lock)]
    began, count = time.monotonic(), 0
    heard: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout is not None  # noqa: S101 - PIPE was asked for
        for line in pip.stdout:
            heard = [*heard[-TAIL:], line]
            if line.startswith(COUNTED):
                count += 1
                show(count, total, package(line), done=False)
            elif line.startswith("Installing collected packages"):
                show(count, total, "all fetched", done=True)
                print("Installing them; this takes up to a minute ...", flush=True)
    if pip.returncode != 0:
        words = "".join(heard)
        stop(f"{words}\npip could not install {lock.name}: see its words above, then run the same again.")
    print(f"\r{count} packages in {time.monotonic() - began:.0f} seconds.", flush=True)


def main() -> None:
    """Check, make, install."""
    check_python()
    make_venv()
    install(ROOT / "requirements-dev.txt")


if __name__ == "__main__":
    main()
