# Every target stands on `setup`, which a second run finds done. `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
VENDOR := governance/static/vendor
ENVIRONMENT := .venv/made-from
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --annotation-style line \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
ARGS ?=
unexport PYTHONDONTWRITEBYTECODE  # compiled once: without it every start compiles all over again

.DEFAULT_GOAL := help
.PHONY: help setup run test check format bench lock

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(ENVIRONMENT) $(VENDOR)/made-from  ## make .venv/ and the front-end files, and nothing else

$(ENVIRONMENT): requirements-dev.txt scripts/environment.py
	@$(PYTHON) scripts/environment.py
	@cp requirements-dev.txt $@

$(VENDOR)/made-from: package-lock.json requirements-node.txt scripts/frontend.py $(ENVIRONMENT)
	@$(BIN)/python scripts/frontend.py

# Demo mode only where no database of one's own is named: its secrets are made once, in the data folder.
run: export GOVERNANCE_DEMO := $(or $(GOVERNANCE_DEMO),$(if $(GOVERNANCE_DATABASE_URL),0,1))
run: setup  ## serve Probity on http://127.0.0.1:8000, with demo data on the first run
	@$(BIN)/python app.py

test: setup  ## run all tests (make test ARGS="tests/cases -x" runs some)
	@$(BIN)/python scripts/services_for_tests.py
	@$(BIN)/python -m pytest -n auto --maxprocesses=8 --dist=worksteal $(ARGS)

check: setup  ## lint, format, types, import walls, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates

format: setup  ## put the Python files in shape
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: setup  ## measure scoring, import and page times
	@$(BIN)/python -m tests.bench $(ARGS)

lock: $(ENVIRONMENT)  ## remake the lock files from pyproject.toml and package.json (make lock ARGS=--upgrade takes newer versions)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv
	$(LOCK) $(ARGS) pyproject.toml --group dev -o requirements-dev.txt
	$(LOCK) pyproject.toml -c requirements-dev.txt -o requirements.txt
	$(LOCK) $(ARGS) --group pyproject.toml:node -o requirements-node.txt
	npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved
