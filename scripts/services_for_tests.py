"""Install Chromium and a PostgreSQL server for the tests, where they are missing and can be installed.

The tests start both themselves: no service of the machine is used, and nothing is left running. Under
CI=true a missing one is an error; elsewhere the tests that need it are skipped, and say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def missing() -> list[str]:
    """The Debian packages of what is not on this machine: chromium, postgresql, both or none."""
    packages = []
    if not any(shutil.which(name) for name in BROWSERS):
        packages.append("chromium")
    servers = list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not servers and not shutil.which("initdb"):
        packages.append("postgresql")
    return packages


def apt_get() -> list[str] | None:
    """How this person may install a Debian package with no password asked; None where they may not."""
    found = shutil.which("apt-get")
    if found is None:
        return None
    if os.geteuid() == 0:
        return [found]
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0:
        return [sudo, "-n", "env", "DEBIAN_FRONTEND=noninteractive", found]
    return None


def main() -> int:
    """Install what is missing; 1 where the tests must have it and cannot."""
    packages = missing()
    command = apt_get()
    if packages and command:
        print(
            f"Installing {' and '.join(packages)} for the tests; this takes a minute or two ...", flush=True
        )
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        options = ["-y", "-q", "--no-install-recommends"]
        # A failed update may still leave a usable list of packages, so only the install is judged.
        subprocess.run([*command, "-q", "update"], env=environment, check=False)
        subprocess.run([*command, "install", *options, *packages], env=environment, check=False)
        packages = missing()
    if not packages:
        return 0
    print(
        f"\nMissing for the whole of the tests: {', '.join(packages)}.\n"
        f"On Debian, as root: apt-get install {' '.join(packages)}\n"
        "Elsewhere: Chromium on the PATH as `chromium`, and PostgreSQL 15 or later with `initdb` on it.",
        file=sys.stderr,
    )
    if os.environ.get("CI") == "true":
        return 1
    print("The tests that need them are skipped.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
