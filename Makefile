# make            what can be made
# make test       everything, from a bare checkout
# make demo       score a real example, from a bare checkout
#
# PYTHON=/path/to/python3 chooses the interpreter (3.11 or later), otherwise the newest that is found.

SHELL = /bin/sh
.DEFAULT_GOAL = help
.PHONY: help setup native browser test check demo docs bench fonts clean

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO ?= examples/gansu-county-center-good.yaml
OUT ?= plsp-out
PYTEST_ARGS ?=
export PYTHON

help:
	@echo "make setup   prepare .venv and the native libraries"
	@echo "make test    setup, check, then all tests"
	@echo "make check   ruff, mypy --strict, import-linter"
	@echo "make demo    score $(DEMO) into $(OUT)/"
	@echo "make docs    write docs/standards anew, after a change of a standard"
	@echo "make bench   the benchmarks, each against its limit"
	@echo "make fonts   build the bundled fonts anew (release only)"
	@echo "make clean   remove caches and builds, but neither .venv nor reports"

setup: native $(READY)

# Not behind the stamp: a .venv may be carried over to a machine that lacks the libraries.
native: $(READY)
	@sh scripts/setup.sh native

$(READY): pyproject.toml constraints.txt scripts/setup.sh
	@sh scripts/setup.sh venv
	@touch $@

# Only for tests, and never a reason to fail.
browser:
	@sh scripts/setup.sh browser

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The tests run even where a check fails, and their closing line comes last.
test: setup browser
	@checked=0; $(MAKE) --no-print-directory check || checked=$$?; \
	if [ $$checked -ne 0 ]; then echo "make check failed, see above; the tests follow" >&2; fi; \
	$(BIN)/python -m pytest -n auto --maxprocesses 4 $(PYTEST_ARGS) && exit $$checked

demo: setup
	@$(BIN)/plsp-audit score $(DEMO) --out $(OUT); scored=$$?; \
	echo; echo "报告与工作簿 / report and workbook:"; \
	for file in $(OUT)/*.pdf $(OUT)/*.xlsx; do if [ -f "$$file" ]; then echo "  $$file"; fi; done; \
	exit $$scored

docs: $(READY)
	$(BIN)/python scripts/make_standard_docs.py

bench: setup
	$(BIN)/python benchmarks/run.py

fonts: $(READY)
	@sh scripts/setup.sh fonts
	$(BIN)/python scripts/build_fonts.py

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests benchmarks scripts -name __pycache__ -type d -prune -exec rm -rf {} +
