# Two commands do everything, set-up included: `make book` and `make test`.
PYTHON ?= python3
VENV := .venv
# Windows keeps the programs of an environment elsewhere
BIN := $(if $(filter Windows_NT,$(OS)),$(VENV)/Scripts,$(VENV)/bin)
# what stands in the environment: what the book needs, and beside it what the tests and what authors need
BOOK := $(VENV)/.book
TEST := $(VENV)/.test
LAB := $(VENV)/.lab
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 --upgrade \
  --no-header --no-annotate --quiet

# what `make lab` opens
CHAPTER ?= index

.PHONY: book test thorough lab serve check rerun bench profile mutation reproduce requirements clean help
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

book: $(BOOK) ## build the book into _build/site
	$(BIN)/python -m analysis build

test: $(TEST) ## style, types, unit tests, examples, notebooks (nbval), the built book
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q --doctest-modules src/analysis
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not thorough" --nbval book tests

thorough: $(TEST) ## what takes minutes: a hostile book, killed builds, a city from nothing, an analyst's year
	$(BIN)/python -m pytest -n 2 --dist loadfile -m thorough tests

lab: $(LAB) ## JupyterLab on the book's notebooks; make lab CHAPTER=one-board
	$(BIN)/python -m jupyterlab book/$(CHAPTER).ipynb --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate

serve: $(LAB) ## write with the page in view; make serve EDITION=zh
	$(BIN)/python -m analysis serve $(if $(EDITION),--edition $(EDITION))

check: $(BOOK) ## read the data and print every fault
	$(BIN)/python -m analysis check

rerun: $(BOOK) ## execute the notebooks in place
	$(BIN)/python -m analysis rerun

bench: $(TEST) ## measure speed and weight, as ratios
	$(BIN)/python tests/bench.py

profile: $(TEST) ## where the time of builds and tests goes, by phase (half an hour)
	$(BIN)/python tests/profiling.py

mutation: $(TEST) ## change figures and code one at a time: does a test notice? (an hour)
	$(BIN)/python tests/mutation.py

reproduce: $(TEST) ## two clean builds in two places: the same bytes?
	$(BIN)/python tests/reproduce.py

requirements: $(TEST) ## pin anew what pyproject.toml allows
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra test --constraint requirements.txt --output-file requirements-test.txt
	$(LOCK) --extra lab --constraint requirements-test.txt --output-file requirements-lab.txt

clean: ## remove what was built, but not the environment
	rm -rf _build

# an environment leads to the sources of the folder that it was made in: copied or moved with it, it is made anew
ifneq "$(shell cat $(BOOK) 2>/dev/null)" "$(CURDIR)"
.PHONY: $(BOOK)
endif

# the environment follows the pins: exactly these files, by hash
$(BOOK): requirements.txt pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null || \
	  { echo "Python 3.11 or newer is needed, and '$(PYTHON)' is none; name one: make PYTHON=python3.13" >&2; exit 1; }
	@PYTHON=$(PYTHON) tools/system-packages.sh book
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) --require-hashes -r requirements.txt
	$(PIP) --no-deps --no-build-isolation -e .
	echo "$(CURDIR)" > $(BOOK)

$(TEST): $(BOOK) requirements-test.txt
	@PYTHON=$(PYTHON) tools/system-packages.sh test
	$(PIP) --require-hashes -r requirements-test.txt
	touch $(TEST)

$(LAB): $(BOOK) requirements-lab.txt
	$(PIP) --require-hashes -r requirements-lab.txt
	touch $(LAB)
