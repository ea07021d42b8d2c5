# Everything a developer or CI does. `make help` lists it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help setup demo test serve fix check unit openapi lock image clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.installed ## Make .venv with the `onrecord` command in it

demo: setup ## Index the samples, start the service, check some claims over HTTP
	$(BIN)/python samples/demo.py

serve: setup ## Start the service on the embedded store (.onrecord)
	$(BIN)/onrecord serve

test: $(VENV)/.tested-with check unit ## Run every test, lint and type check

check: $(VENV)/.tested-with
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(VENV)/.tested-with
	tests/system-packages.sh
	$(BIN)/pytest

fix: $(VENV)/.tested-with ## Format the code and mend what the linter can
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

openapi: $(VENV)/.tested-with ## Write openapi/openapi.json and the recorded answers anew
	$(BIN)/python -m tests.api.examples
	$(BIN)/python -m service.api

lock: $(VENV)/.tested-with ## Pin the newest dependencies, with hashes and without an index
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras \
	  --no-emit-index-url --no-emit-options --no-header -o requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --unsafe-package torch \
	  --no-emit-index-url --no-emit-options --no-header -o requirements-dev.txt requirements-dev.in
	printf '%s\n' 'hatchling>=1.27' 'editables>=0.5' | $(BIN)/pip-compile --quiet --upgrade \
	  --generate-hashes --strip-extras --no-emit-index-url --no-emit-options --no-header \
	  -o image/build-requirements.txt -
	echo 'cyclonedx-bom>=7.5' | $(BIN)/pip-compile --quiet --upgrade \
	  --generate-hashes --strip-extras --no-emit-index-url --no-emit-options --no-header \
	  --constraint requirements-dev.txt -o image/sbom-requirements.txt -
	grep '^opentelemetry' requirements-dev.in | $(BIN)/pip-compile --quiet --upgrade \
	  --generate-hashes --strip-extras --no-emit-index-url --no-emit-options --no-header \
	  --constraint requirements-dev.txt --constraint requirements.txt \
	  -o image/telemetry-requirements.txt -
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras \
	  --no-emit-index-url --no-emit-options --no-header \
	  -o tests/clients/requirements.txt tests/clients/requirements.in

image: ## Build the container image and use it for real (buildah, root)
	image/check.sh

clean: ## Remove what make made; the store stays
	rm -rf $(VENV) .image .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(VENV)/.installed: requirements.txt image/build-requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.txt
	$(PIP) --require-hashes -r image/build-requirements.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

# torch is pinned by its version alone: which build of it suits a machine is the machine's matter.
$(VENV)/.tested-with: $(VENV)/.installed requirements-dev.txt
	$(PIP) $$(grep '^torch==' requirements-dev.in)
	$(PIP) --no-deps --require-hashes -r requirements-dev.txt
	touch $@
