# The five commands of the project. `make demo` and `make test` are the whole set-up on a fresh machine.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Hundreds of commands are started by the tests: what was compiled is kept, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE
# Checks the API descriptions; where npm is already there, however it came, nothing is installed.
NODE_PACKAGES := $(if $(shell command -v npm),,nodejs npm)
# For the platform itself, and for the engines that its tests run on.
RUN_PACKAGES := chromium tesseract-ocr tesseract-ocr-nld fonts-open-sans fonts-liberation fonts-dejavu-core
TEST_PACKAGES := postgresql clamav-daemon maven default-jdk-headless $(NODE_PACKAGES)
SYSTEM_PACKAGES := $(RUN_PACKAGES) $(TEST_PACKAGES)
# For `make prove` alone: the image is built and its services are started in it without a Docker engine.
PROVE_PACKAGES := buildah podman debootstrap

# Tests run side by side, a file at a time; one more than the cores, since some wait for an engine that starts.
TEST_PROCESSES ?= 3

# The flow tests that `make test-engines` runs on the real engines.
SPINE := $(addprefix tests/flow/test_,publish_and_withdraw.py batch_accounting.py hostile_pdf.py worker.py reindex.py verify.py \
	backup.py kill.py)

.PHONY: help setup setup-test system-packages demo test tests test-engines prove lint clean

help:
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 20

setup: $(VENV)/run.stamp ## make .venv and install from the lock file; .venv/bin/woo exists afterwards

setup-test: $(VENV)/test.stamp

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Name one with make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.lock pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/run.lock
	$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/test.stamp: requirements/test.lock $(VENV)/run.stamp
	$(PIP) install --require-hashes -r requirements/test.lock
	@touch $@

system-packages: ## install what makes it better (Debian, Ubuntu): tesseract for scans; Chromium, PostgreSQL and Java for the tests, PostgreSQL for the registry
	@if ! command -v apt-get >/dev/null 2>&1; then \
		echo "system-packages: no apt-get here; 'woo doctor' names what is missing."; \
	elif dpkg -s $(SYSTEM_PACKAGES) >/dev/null 2>&1; then \
		true; \
	elif [ "$$(id -u)" = 0 ]; then \
		apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q $(SYSTEM_PACKAGES) >/dev/null || echo "system-packages: apt-get failed; 'woo doctor' names what is missing."; \
	elif sudo -n true 2>/dev/null; then \
		sudo apt-get update -q >/dev/null && sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -q $(SYSTEM_PACKAGES) >/dev/null || echo "system-packages: apt-get failed; 'woo doctor' names what is missing."; \
	else \
		echo "system-packages: no rights to install; run: sudo make system-packages"; \
	fi

demo: setup ## a fictional municipality on http://127.0.0.1:8000, the desk on :8001
	@$(MAKE) --no-print-directory system-packages SYSTEM_PACKAGES="$(RUN_PACKAGES)"
	@exec $(BIN)/woo demo

lint: setup-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: setup-test ## every check: format, lint, types, import rules, tests
	@$(MAKE) --no-print-directory system-packages
	@$(MAKE) --no-print-directory -j 2 lint tests

# Beside `lint`, whose types are worked out by one core alone.
tests:
	$(BIN)/pytest -n $(TEST_PROCESSES) --dist loadfile --no-loadscope-reorder

test-engines: setup-test ## the flow tests of the spine on PostgreSQL, Elasticsearch and S3, with the same assertions
	@$(MAKE) --no-print-directory system-packages
	WOO_TEST_ENGINES=all $(BIN)/pytest $(SPINE)

prove: setup-test ## the same proofs with their full numbers; results go to docs/reliability.md
	@$(MAKE) --no-print-directory system-packages SYSTEM_PACKAGES="$(SYSTEM_PACKAGES) $(PROVE_PACKAGES)"
	WOO_PROVE=1 $(BIN)/pytest -m prove

clean: ## remove the virtual environment and caches (never data)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
