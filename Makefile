# Needs python3, pip and make. Everything else comes from the lock files, checked by hash.

PYTHON ?= python3
UV := .boot/bin/uv
PY := .venv/bin/python
SYNC := $(UV) pip sync --quiet --require-hashes --python $(PY)
JS := app/static/js
# Folders of labelled workshops; our own set is always scored too.
DATA ?= ../shared/data
# More than there are processors: most tests wait for a server, a browser or a clock. Who has none left takes
# from others.
PARALLEL = -n $$($(PY) -c 'import os; print(2 * (os.cpu_count() or 1))') --dist worksteal
export DENO_NO_UPDATE_CHECK := 1
# As pip does, since many offices inspect TLS.
export UV_SYSTEM_CERTS ?= true

.DEFAULT_GOAL := help
.PHONY: help run demo test long storm planted check format contract figures collation-figures claim flood screenshots lock clean chromium

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' Makefile

run: .venv/.run ## set everything up and serve (HOST, PORT, EUTOPIA_DATA: see docs/settings.md)
	@exec $(PY) -m app

demo: .venv/.run ## the same, with a workshop already alive in it
	@exec $(PY) -m app demo

test: .venv/.dev chromium ## the tests, in parallel, a few minutes (ARGS="-k wall" for some of them)
	$(PY) -m pytest $(PARALLEL) -m "not long" $(ARGS)

long: .venv/.dev chromium ## the tests that take their time: whole workshops, kills, cuts of the power
	$(PY) -m pytest $(PARALLEL) -m long $(ARGS)

storm: .venv/.dev chromium ## the same faults for much longer, then the planted bugs (SEED=8 for other weather)
	STORM=1 $(PY) -m pytest $(PARALLEL) --timeout 3600 tests/simulation tests/domain/test_interleaving.py $(ARGS)
	$(PY) -m tests.simulation.planted

planted: .venv/.dev chromium ## plant known bugs one by one, and see the tests turn red
	$(PY) -m tests.simulation.planted $(ARGS)

check: .venv/.dev ## layout, lint, types and the borders between the rooms of the house
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	@test ! -d $(JS) || { set -ex; .venv/bin/deno fmt --check $(JS); .venv/bin/deno lint $(JS); .venv/bin/deno check $(JS); }

format: .venv/.dev ## lay the code out as `make check` wants it
	.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .
	@test ! -d $(JS) || .venv/bin/deno fmt $(JS)

contract: .venv/.run ## write the documents and JavaScript types that are made from the code
	$(PY) -m app contract

figures: .venv/.dev chromium ## measure and print the figures that the documents quote
	$(PY) -m tests.figures | tee docs/figures.md

collation-figures: .venv/.dev ## score the suggestions on labelled workshops (DATA=folder, see docs/collation.md)
	@$(PY) -m tests.collation $(DATA) | tee docs/collation.md

claim: .venv/.dev chromium ## ten phones and one desk sort labelled workshops (DATA=folder, see docs/claim.md)
	@$(PY) -m tests.browser.claim_table $(DATA) | tee docs/claim.md

flood: .venv/.run ## flood a server with phones and print how it bears it (ARGS="--phones 100", ARGS=--help)
	@$(PY) -m tests.flood $(ARGS)

screenshots: .venv/.dev chromium ## take the pictures in the documents again
	$(PY) -m tests.browser.screenshots

lock: $(UV) ## move the lock files to the newest versions
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	echo uv | $(LOCK) - -o requirements-boot.lock

clean: ## remove environments and caches; data stays
	rm -rf .boot .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

# Hashes and no addresses: the same locks work behind any mirror.
LOCK = $(UV) pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate

# A folder of our own: Debian's pip refuses to install anywhere else, and its Python has no venv module.
$(UV): requirements-boot.lock
	@$(PYTHON) -c 'import sys; sys.exit("Eutopia needs Python 3.11 or newer (make PYTHON=python3.12 ...)" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --upgrade \
		--require-hashes --target .boot --requirement requirements-boot.lock
	@touch $@

.venv/.made: | $(UV)
	@$(UV) venv --quiet --no-python-downloads --allow-existing --python $(PYTHON) .venv
	@touch $@

# One environment for both: once the developer's tools are in, `make run` leaves them there.
.venv/.run: requirements.lock .venv/.made
	@$(SYNC) $(if $(wildcard .venv/.dev),requirements-dev.lock,requirements.lock)
	@touch $@

.venv/.dev: requirements.lock requirements-dev.lock .venv/.made
	@$(SYNC) requirements-dev.lock
	@touch .venv/.run $@

# What pip cannot bring: Debian's browser, whole and as a shell that is twice as quick, a library that
# Playwright's driver is linked to, and strace, which makes disks fail. Without the browser and strace those
# tests skip themselves, except under CI.
chromium: .venv/.dev
	@{ $(BROWSER) && command -v chromium-headless-shell; } >/dev/null || { test "$$(id -u)" = 0 \
		&& command -v apt-get >/dev/null \
		&& echo "Installing chromium and strace for the tests ..." && apt-get update -qq \
		&& DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium \
			chromium-headless-shell strace libatomic1 fonts-noto-core fonts-noto-color-emoji >/dev/null; } || true
	@$(BROWSER) || { \
		echo; echo "  ****  NO CHROMIUM, OR NO STRACE: MANY TESTS WILL BE SKIPPED  ****"; \
		echo "  To run them all, on Debian: apt-get install chromium strace libatomic1"; echo; \
		test "$$CI" != true; } >&2

BROWSER = { command -v chromium && command -v strace && $(PY) -m playwright --version; } >/dev/null 2>&1
