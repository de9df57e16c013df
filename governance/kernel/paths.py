"""Where the folders outside the package stand. The project runs from its checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
MIGRATIONS = ROOT / "migrations"
SEED_DATA = ROOT / "seed_data"
STATIC = ROOT / "governance" / "static"
PYPROJECT = ROOT / "pyproject.toml"
DEFAULT_DATA_DIR = ROOT / "var"
