# Langelis: `make run` sets everything up and serves, `make test` sets everything up and tests.

PYTHON ?= python3.10
BIN := .venv/bin
FRONTEND := channels/web/frontend
LOCK := requirements/lock.txt
# Node on PATH is used when it is there; otherwise the one that came from PyPI into the virtual environment.
NPM = $(if $(shell command -v npm),npm,PATH="$(CURDIR)/$(BIN):$$PATH" npm)
FRONTEND_SOURCES := $(shell find $(FRONTEND) -type f -not -path '*/node_modules/*' 2>/dev/null)

.PHONY: help run setup test check format bench lock screenshots train clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: setup ## set everything up and serve all municipalities (http://127.0.0.1:8080)
	$(BIN)/langelis serve

setup: .venv/.installed channels/web/static/widget.js

.venv/.installed: $(LOCK) pyproject.toml .python-version
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python $(LOCK)
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
	touch $@

$(FRONTEND)/node_modules/.installed: .venv/.installed $(FRONTEND)/package-lock.json
	cd $(FRONTEND) && $(NPM) ci --no-audit --no-fund
	touch $@

channels/web/static/widget.js: $(FRONTEND)/node_modules/.installed $(FRONTEND_SOURCES)
	cd $(FRONTEND) && $(NPM) run --silent build
	touch $@

test: setup check ## set everything up, check, and run all tests
	cd $(FRONTEND) && $(NPM) --silent test
	$(BIN)/python -m pytest

check: setup ## lint, format, types and layers, Python and TypeScript
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy bot actions channels tests
	$(BIN)/python -m pytest tests/meta
	cd $(FRONTEND) && $(NPM) run --silent check

format: setup ## format Python and TypeScript
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	cd $(FRONTEND) && $(NPM) run --silent format

train: setup ## train the model of the present data
	$(BIN)/langelis train

bench: setup ## measure speed and memory beside stock Rasa; writes docs/benchmarks.md
	$(BIN)/python -m tests.benchmarks

screenshots: setup ## take the pictures of docs/ and look for yourself (needs Chromium)
	$(BIN)/python -m tests.browser.screenshots

lock: .venv/.installed ## resolve requirements/*.in anew into a hash-pinned lock file
	$(BIN)/uv pip compile --quiet --upgrade --python-version 3.10 --generate-hashes --no-emit-index-url --no-header \
	  --override requirements/overrides.txt requirements/langelis.in requirements/dev.in -o $(LOCK)

clean: ## remove what was built, not the database
	rm -rf .venv models channels/web/static $(FRONTEND)/node_modules .mypy_cache .ruff_cache .pytest_cache
