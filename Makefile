# Every step is also a plain command: `.venv/bin/vital-signs <step> --help`, `dbt build`, `pytest`.
# Variables for `make build`:
#   EXTRACT=<folder>   a real extract (default: the demonstration extract)
#   MONTH=2018-03      month to print
#   WAREHOUSE=<file>   DuckDB file (default: warehouse.duckdb)
#   AS_AT=2018-06-10   use what was known on that day, from the extracts already loaded
# for `make report`: MONTH, WAREHOUSE, AUDIENCE=public for the edition without small counts, OUT=<folder>
#   (default: reports, or a subfolder of it if the warehouse is not the default one)
# for `make bench`: EXTRACT, AGAINST=<commit or folder> to time another version beside this one,
#   SCALES=1,3,10 for that many counties, WRITE=1 to add the table to docs/benchmarks.md
# and for `make test-dbt2`: DBT2=<its command>
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed
TESTING := target/test
WORKERS ?= 2

ifdef WAREHOUSE
    export VITAL_SIGNS_WAREHOUSE := $(WAREHOUSE)
endif
month_option := $(if $(MONTH),--month "$(MONTH)")
as_at_option := $(if $(AS_AT),--as-at "$(AS_AT)")
extract_option := $(if $(EXTRACT),--extract "$(EXTRACT)",$(if $(AS_AT),,--demo))

.PHONY: help setup build report publish test test-fast lint lint-python lint-sql lint-changed parse \
        test-python test-empty test-dbt2 test-end-to-end docs bench lock clean

help: ## show this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "%-16s %s\n", $$1, $$2}'

setup: $(READY) ## create the environment from the lock file

# The lock lists every package, so pip need not resolve dependencies (--no-deps); with resolution on
# it rejects a package that another one requires with an extra.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo 'error: $(PYTHON) is older than 3.11: use a newer one, such as make PYTHON=python3.12'; exit 2; } >&2
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    --no-deps --no-build-isolation --no-index --editable .
	$(BIN)/python -m pip --disable-pip-version-check check
	touch $@

build: $(READY) ## load an extract, build the warehouse, print the county scorecard
	@$(BIN)/vital-signs build $(extract_option) $(month_option) $(as_at_option)

report: $(READY) ## HTML report for MONTH: county, localities, committee, in reports/
	@$(BIN)/vital-signs report --month "$(MONTH)" $(if $(AUDIENCE),--audience "$(AUDIENCE)") \
	    $(if $(OUT),--out "$(OUT)")

publish: $(READY) ## freeze MONTH in the ledger: BY="role", REASON= for a correction
	@$(BIN)/vital-signs publish --month "$(MONTH)" --by "$(BY)" \
	    $(if $(REASON),--reason "$(REASON)")

# In our own tests totals that do not reconcile are an error; with real data they are a warning.
test-python test-empty test-dbt2 test-end-to-end: export VITAL_SIGNS_INVARIANTS := error

test: lint parse test-python test-empty test-end-to-end ## every check

# Changed since the branch left main: on main itself, since the last commit.
SINCE ?= $(shell git merge-base HEAD main 2> /dev/null || echo HEAD)

test-fast: lint-python lint-changed $(READY) ## lint what has changed, and the Python tests without dbt
	$(BIN)/pytest -q -n $(WORKERS) --dist loadfile -m "not slow"

lint: lint-python lint-sql ## ruff and sqlfluff, on every file

lint-python: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lint-sql: $(READY)
	$(BIN)/sqlfluff lint --processes $(WORKERS) --disable-progress-bar models tests/dbt

lint-changed: $(READY)
	@changed=$$({ git diff --name-only --diff-filter=d $(SINCE); git ls-files --others --exclude-standard; } \
	    | grep -E '^(models|tests/dbt)/.*\.sql$$' | grep -v '^tests/dbt/keys/' || true) \
	    && { [ -z "$$changed" ] || $(BIN)/sqlfluff lint --disable-progress-bar $$changed; }

parse: $(READY)
	$(BIN)/dbt --warn-error parse --no-partial-parse --target-path $(TESTING)/parse

test-python: $(READY)
	$(BIN)/pytest -q -n $(WORKERS) --dist loadfile

# The build must also pass when every table is absent; unit tests need the models but no rows. dbt
# starts from what `parse` read, if it is there.
test-empty: $(READY)
	rm -rf $(TESTING)/empty && mkdir -p $(TESTING)/empty/dbt
	cp $(TESTING)/parse/partial_parse.msgpack $(TESTING)/empty/dbt/ || true
	$(BIN)/vital-signs land tests/fixtures/empty_extract \
	    --warehouse $(TESTING)/empty/warehouse.duckdb
	VITAL_SIGNS_WAREHOUSE=$(TESTING)/empty/warehouse.duckdb \
	    $(BIN)/dbt --log-level warn build --target-path $(TESTING)/empty/dbt

# dbt 2 is not in the lock: see docs/benchmarks.md.
test-dbt2: $(READY) ## the build of every table empty, by dbt 2: DBT2=<its command>
ifdef DBT2
	rm -rf $(TESTING)/dbt2 && mkdir -p $(TESTING)/dbt2
	$(BIN)/vital-signs land tests/fixtures/empty_extract \
	    --warehouse $(TESTING)/dbt2/warehouse.duckdb
	VITAL_SIGNS_WAREHOUSE=$(TESTING)/dbt2/warehouse.duckdb \
	    "$(DBT2)" build --project-dir . --profiles-dir . --target-path $(TESTING)/dbt2/dbt
else
	@echo 'skipped: dbt 2 is not here; docs/benchmarks.md says how to get it'
endif

test-end-to-end: $(READY)
	rm -rf $(TESTING)/demo && mkdir -p $(TESTING)/demo
	$(BIN)/vital-signs build --demo --month 2018-03 \
	    --warehouse $(TESTING)/demo/warehouse.duckdb
	cp $${DBT_TARGET_PATH:-target}/manifest.json $(TESTING)/demo/manifest.json
	$(BIN)/vital-signs reconcile --warehouse $(TESTING)/demo/warehouse.duckdb \
	    --fail-under 97 --sections 2-6
	$(BIN)/vital-signs reconcile --warehouse $(TESTING)/demo/warehouse.duckdb \
	    --fail-under 95 > $(TESTING)/demo/reconciliation.txt
	VITAL_SIGNS_DEMO_WAREHOUSE=$(TESTING)/demo/warehouse.duckdb \
	    $(BIN)/pytest -q -n $(WORKERS) --dist loadfile tests/end_to_end \
	    $(wildcard tests/*/test_demo_disclosure.py tests/report/test_demo_*.py)

docs: $(READY) ## HTML pages: every model (target/static_index.html), every indicator (dictionary.html)
	$(BIN)/dbt docs generate --static
	@$(BIN)/vital-signs docs

bench: $(READY) ## time the load, the build and its SQL alone, also AGAINST=<commit> or SCALES=1,10
	$(BIN)/vital-signs bench $(if $(EXTRACT),--extract "$(EXTRACT)") $(if $(WRITE),--write) \
	    $(if $(AGAINST),--against "$(AGAINST)") $(if $(SCALES),--scales "$(SCALES)")

lock: pyproject.toml ## pin every package, with hashes, in requirements.lock
	tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && $(PYTHON) -m venv "$$tools" \
	    && "$$tools/bin/pip" install --quiet --disable-pip-version-check uv \
	    && "$$tools/bin/uv" pip compile pyproject.toml --quiet --generate-hashes --no-emit-index-url --python-version 3.11 \
	        --custom-compile-command "make lock" --output-file requirements.lock

clean: ## remove what a build leaves behind, but not warehouses or extracts
	rm -rf target logs .pytest_cache .ruff_cache
	find scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
