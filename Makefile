.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Each set of packages leaves a stamp; a changed lock file makes it old.
$(VENV)/made: 
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Safelight needs Python 3.11 or newer.")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check
$(VENV)/build.installed: requirements/build.txt | $(VENV)/made
	$(INSTALL) --require-hashes -r $<
	@touch $@

$(VENV)/%.installed: requirements/%.txt pyproject.toml | $(VENV)/build.installed
	$(INSTALL) --require-hashes -r $<
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# What reading takes its time for is compiled, where a C compiler is; SAFELIGHT_COMPILE=0 keeps it pure Python.
READER := tools/compile.py tools/compile_setup.py $(shell find src/mapy -name '*.py' -not -path '*/web/*')
$(VENV)/reader.compiled: $(READER) | $(VENV)/build.installed
	$(BIN)/python tools/compile.py
	@touch $@

# One compiles while the other is loaded.
ready-to-%: ; @$(MAKE) --no-print-directory --jobs=2 $(VENV)/$*.installed $(VENV)/reader.compiled

run: ready-to-run ## Serve the workbench on http://127.0.0.1:8847
	$(BIN)/safelight serve

test: ready-to-dev ## Run every test, the reader's in pure Python too; installs Chromium where it can
	tools/test-programs
	tools/in-pure-python $(BIN)/pytest --numprocesses auto --dist loadfile tests/mapy --ignore tests/mapy/web
	$(BIN)/pytest --numprocesses auto --dist loadfile

check: $(VENV)/dev.installed ## Lint, format, types and boundaries
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

offline: $(VENV)/dev.installed ## Run the tests of the pages where there is no network but the loopback (Linux)
	unshare --map-root-user --net bash -c 'ip link set lo up && exec $(BIN)/pytest tests/browser tests/mapy/web'

bench: $(VENV)/dev.installed $(VENV)/bench.installed ## Time MAPy beside its peers
	$(BIN)/python benchmarks/reading.py

bench-elqkit: $(VENV)/dev.installed ## Measure how fast and how surely ElqKit sends
	$(BIN)/python benchmarks/submitting.py

conformance: $(VENV)/dev.installed ## Measure MAPy against ExifTool's values (needs the corpus)
	$(BIN)/python benchmarks/conformance.py

mutations: $(VENV)/dev.installed ## Read damaged copies of real pictures (needs the corpus)
	$(BIN)/python benchmarks/mutations.py

cleaning: $(VENV)/dev.installed $(VENV)/bench.installed ## Clean real pictures and look for what is left (needs the corpus)
	$(BIN)/python benchmarks/cleaning.py

serving: $(VENV)/dev.installed ## Load a server with uploads (needs the corpus)
	$(BIN)/python benchmarks/serving.py

memory: $(VENV)/dev.installed ## Measure the memory that reading takes (needs the corpus)
	$(BIN)/python benchmarks/memory.py

compile: $(VENV)/build.installed ## Compile what reading takes its time for, as `run` and `test` do where it is not compiled
	$(BIN)/python tools/compile.py
	@touch $(VENV)/reader.compiled

pure: $(VENV)/build.installed ## Take away what was compiled, until it is compiled again
	SAFELIGHT_COMPILE=0 $(BIN)/python tools/compile.py
	rm -f $(VENV)/reader.compiled

SCAN_SECONDS ?= 120
scan-api: $(VENV)/dev.installed $(VENV)/scan.installed ## Hold a running server against the API's own document
	tools/scan-api $(SCAN_SECONDS)

ONLINE ?=
audit: $(VENV)/dev.installed $(VENV)/audit.made ## Have programs of others look at the repository; ONLINE=--online asks for known vulnerabilities
	$(VENV)-audit/bin/python tools/audit.py $(ONLINE)

# In an environment of its own: it must not change what the tests run.
$(VENV)/audit.made: requirements/audit.txt | $(VENV)/made
	$(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

sbom: $(VENV)/dev.installed ## Write what an installation consists of (CycloneDX)
	mkdir -p build
	$(BIN)/python tools/sbom.py > build/safelight.cdx.json
	$(BIN)/python tools/licences.py requirements/server.txt

wheel: ## Build the wheel of pure Python, for every machine, twice, and compare
compiled-wheel: ## Build the wheel for this machine and this Python, the reader compiled, twice, and compare
wheel: INTO = build
wheel: export SAFELIGHT_COMPILE = 0
compiled-wheel: INTO = build/compiled
wheel compiled-wheel: $(VENV)/build.installed
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/hatchling build -t wheel -d $(INTO)
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/hatchling build -t wheel -d $(INTO)/again
	cmp $(INTO)/*.whl $(INTO)/again/*.whl
	rm -r $(INTO)/again

FUZZ_SECONDS ?= 60
fuzz: $(VENV)/dev.installed $(VENV)/fuzz.installed ## Fuzz each format, block and maker's note, a minute each
	tools/in-pure-python tools/fuzz $(FUZZ_SECONDS)

CLUSTER_ROUNDS ?= 10
cluster: $(VENV)/dev.installed ## Kill the processes of a whole installation, round after round
	tools/test-programs
	for round in $$(seq $(CLUSTER_ROUNDS)); do $(BIN)/pytest --quiet tests/cluster || exit; done

lock: $(VENV)/dev.installed ## Pin every dependency again
	tools/lock

.PHONY: help run test check offline bench bench-elqkit conformance mutations cleaning serving memory compile pure scan-api audit sbom wheel compiled-wheel fuzz lock cluster
