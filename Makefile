# Bookmaker: type `make` for what can be made. Needs python3 (3.11 or newer) and make, and sets up the rest itself.

VOLUME ?=
SCRIPT ?=
ARTICLES ?= 25 300 1200
ROUNDS ?= 3
PLAIN ?=
RESULTS ?=

PYTHON ?= python3
BIN := .venv/bin
BOOKMAKER := $(BIN)/bookmaker
CHOICE = $(VOLUME) $(if $(SCRIPT),--script $(SCRIPT))
TRADITIONAL := zh-Hant-TW zh-Hant-HK
UV := uv==0.13.8

# Where Python may not keep what it compiled, every start compiles the whole program anew, for a second and more.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help pdf epub traditional all dist demo check doctor setup setup-test setup-bench test lint bench golden fonts lock clean

help: ## this list
	@echo "make TARGET [VOLUME=slug] [SCRIPT=zh-Hans|zh-Hant-TW|zh-Hant-HK]"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

pdf: setup ## the PDF of every volume, or of VOLUME
	$(BOOKMAKER) pdf $(CHOICE)

epub: setup ## the EPUB of every volume, or of VOLUME
	$(BOOKMAKER) epub $(CHOICE)

traditional: setup ## PDF and EPUB in Traditional Chinese, for Taiwan and for Hong Kong
	set -e; for script in $(TRADITIONAL); do \
	  $(BOOKMAKER) pdf $(VOLUME) --script $$script; \
	  $(BOOKMAKER) epub $(VOLUME) --script $$script; \
	done

all: setup ## every edition that the plans name
	$(BOOKMAKER) build $(VOLUME)

dist: setup ## a release in dist/: every edition, with checksums and a manifest
	$(BOOKMAKER) dist $(VOLUME)

# Pages from the field where there are some beside the checkout, else the tests' own.
PAGES ?= $(or $(wildcard ../shared/seeds/*.txt),$(wildcard tests/clippings/pages/*.txt))
DEMO := build/demo

demo: setup ## newspaper pages (PAGES=files) through to a PDF and an EPUB in build/demo/, with no hand in between
	rm -rf $(DEMO)
	mkdir -p $(DEMO)/content/volumes
	cp -r content/themes $(DEMO)/content/
	cp tools/demo.toml $(DEMO)/content/volumes/
	$(BOOKMAKER) import $(PAGES) --root $(DEMO)
	$(BOOKMAKER) classify --explain --root $(DEMO)
	$(BOOKMAKER) pdf --root $(DEMO)
	$(BOOKMAKER) epub --root $(DEMO)

check: setup ## look for problems in the sources without making a book
	$(BOOKMAKER) check $(VOLUME)

doctor: setup ## say what this machine has and lacks
	$(BOOKMAKER) doctor

setup: ## the Python environment and system libraries (all targets do this by themselves)
	@$(PYTHON) tools/setup.py run

setup-test:
	@$(PYTHON) tools/setup.py test

setup-bench:
	@$(PYTHON) tools/setup.py bench

test: lint ## ruff, mypy and pytest, installing all they need; PYTEST= passes arguments on
	$(BIN)/python -m pytest $(PYTEST)

lint: setup-test ## ruff and mypy only
	$(BIN)/ruff check
	$(BIN)/mypy

# Nothing of the tree changes unless RESULTS=1: then the tables go to bench/RESULTS.md, too.
bench: setup-bench ## time books of ARTICLES generated articles (25 300 1200) beside Typst; ROUNDS=3 PLAIN=1 RESULTS=1
	$(BIN)/python -m tools.bench $(ARTICLES) --rounds $(ROUNDS) $(if $(PLAIN),--plain) $(if $(RESULTS),--results bench/RESULTS.md)
	$(BIN)/python tools/bench_import.py

golden: setup-test ## write what the tests expect (messages, set lines) anew; read the diff before you commit it
	$(BIN)/python -m pytest tests/test_problems.py tests/composition --golden

fonts: setup ## build the type case in fonts/ anew
	$(BIN)/python tools/make_fonts.py

lock: ## pin every package again after a change in pyproject.toml; UPGRADE=1 takes the newest
	$(PYTHON) -m venv .bookmaker/lock
	.bookmaker/lock/bin/python -m pip install -q $(UV)
	.bookmaker/lock/bin/uv $(COMPILE) --output-file requirements.lock
	.bookmaker/lock/bin/uv $(COMPILE) --extra test --constraints requirements.lock --output-file requirements-test.lock
	.bookmaker/lock/bin/uv $(COMPILE) --group bench --constraints requirements-test.lock --output-file requirements-bench.lock

COMPILE = pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet $(if $(UPGRADE),--upgrade)

clean: ## remove build/, .bookmaker/ and the tools' caches (not dist/, not .venv/)
	rm -rf build .bookmaker .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
