# Two commands do everything, set-up included: `make book` and `make test`.
PYTHON ?= python3
VENV := .venv
# Windows keeps the programs of an environment elsewhere
BIN := $(if $(filter Windows_NT,$(OS)),$(VENV)/Scripts,$(VENV)/bin)
STAMP := $(VENV)/.installed

.PHONY: book test check rerun bench requirements clean help
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

book: $(STAMP) ## build the book into _build/site
	$(BIN)/python -m analysis build

test: $(STAMP) ## style, types, unit tests, examples, notebooks (nbval), the built book
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q --doctest-modules src/analysis
	$(BIN)/python -m pytest -n 2 --dist loadfile --nbval book tests

check: $(STAMP) ## read the data and print every fault
	$(BIN)/python -m analysis check

rerun: $(STAMP) ## execute the notebooks in place
	$(BIN)/python -m analysis rerun

bench: $(STAMP) ## measure speed and weight, as ratios
	$(BIN)/python tests/bench.py

requirements: $(STAMP) ## pin anew what pyproject.toml allows
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra test --universal --generate-hashes --python-version 3.11 \
	  --upgrade --no-header --no-annotate --quiet --output-file requirements.txt

clean: ## remove what was built, but not the environment
	rm -rf _build

# an environment leads to the sources of the folder that it was made in: copied or moved with it, it is made anew
ifneq "$(shell cat $(STAMP) 2>/dev/null)" "$(CURDIR)"
.PHONY: $(STAMP)
endif

# the environment follows the pins: exactly these files, by hash
$(STAMP): requirements.txt pyproject.toml
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	echo "$(CURDIR)" > $(STAMP)
