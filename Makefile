# The two that matter: make extract, make test. Each makes its own virtual environment in .venv first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= normalized
SHARED ?= ../shared

# As it is given, whatever signs are in it; the command takes it from there, and no line that is shown has it.
export SHINCHOKU_PASSWORD := $(or $(value PASSWORD),$(value SHINCHOKU_PASSWORD))

# Bytecode is kept, whatever the environment says: else each process of the tests compiles everything anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help extract review test fleet quick check lint format score golden diff history notebook validate bench fuzz styles kills words columns docs pictures wheel clean page

help:  ## What there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

extract: $(VENV)/.run  ## Read every PDF in raw_pdfs/ into normalized/: make extract [ARGS="--quiet --log extract.log"] [PASSWORD=...]
	$(BIN)/shinchoku extract --out $(OUT) $(ARGS)

test: $(VENV)/.dev  ## Run the tests
	$(BIN)/python -m pytest -n auto --dist worksteal --ignore tests/fleet

fleet: $(VENV)/.fleet  ## Run the tests of `shinchoku fleet` on two simulated machines
	$(BIN)/python -m pytest tests/fleet

quick: $(VENV)/.dev  ## Run the tests that take no seconds
	$(BIN)/python -m pytest -n auto --dist worksteal --ignore tests/fleet -m "not slow"

check: lint validate test  ## What CI runs: ruff, mypy, frictionless, the tests

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev  ## Put the code in its usual form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

score: $(VENV)/.run  ## Hold what is extracted against the right answers, where ../shared is there
	$(BIN)/python -m bench.score $(SHARED)
	PYTHONPATH=tests $(BIN)/python -m bench.chains $(SHARED)
	$(BIN)/python -m bench.printed $(wildcard $(SHARED)/raw_pdfs/*.pdf $(SHARED)/variants/*.pdf $(SHARED)/real/*.pdf)

golden: $(VENV)/.run  ## Write the committed output anew: normalized/, its diff and its history; review it with git diff
	$(BIN)/shinchoku extract --no-cache
	-$(BIN)/shinchoku diff fy2019_progress fy2022_kpi_revision
	$(BIN)/shinchoku history

review: $(VENV)/.run  ## Compare pages with what was read, correct and sign, in the browser: make review [REPORT=...]
	$(BIN)/shinchoku review $(REPORT) --data $(OUT)

diff: $(VENV)/.run  ## Compare two reports: make diff OLD=fy2019_progress NEW=fy2022_kpi_revision
	@test -n "$(OLD)" -a -n "$(NEW)" || { echo "say which: make diff OLD=... NEW=..."; exit 2; }
	$(BIN)/shinchoku diff $(OLD) $(NEW) --data $(OUT) || test $$? -eq 1

history: $(VENV)/.run  ## Join the reports of each area over the years
	$(BIN)/shinchoku history --data $(OUT)

notebook: $(VENV)/.notebook  ## Run the notebooks on normalized/ and write build/analysis.html, build/history.html
	mkdir -p build
	$(BIN)/jupyter nbconvert --execute --to html --output-dir build notebooks/analysis.ipynb notebooks/history.ipynb

validate: $(VENV)/.dev  ## Check normalized/ against its own description
	$(BIN)/frictionless validate $(OUT)/datapackage.json

bench: $(VENV)/.dev  ## Measure speed and memory against bare pdfplumber
	$(BIN)/python -m compileall -q src  # else, where PYTHONDONTWRITEBYTECODE is set, each run compiles anew
	$(BIN)/python -m bench

page: $(VENV)/.run  ## Print one page's way through the rooms: make page PDF=raw_pdfs/x.pdf PAGE=17
	@test -n "$(PDF)" -a -n "$(PAGE)" || { echo "say which: make page PDF=... PAGE=..."; exit 2; }
	$(BIN)/python -m bench.page $(PDF) $(PAGE)

docs: $(VENV)/.dev  ## Build docs/ as a site in build/site
	$(BIN)/zensical build --clean --strict

pictures: $(VENV)/.dev  ## Make the pictures of README and docs anew; look at each
	SHINCHOKU_LANG=ja PYTHONPATH=tests $(BIN)/python -m make.committed.pictures

wheel:  ## Install a wheel in an environment of its own, away from here, and run every command
	.ci/wheel

words: $(VENV)/.dev  ## Write the catalogue of messages anew; translate what is empty in it
	$(BIN)/python tests/make/committed/catalogue.py

columns: $(VENV)/.dev  ## Write the tables of docs/columns*.md and docs/answer.schema.json anew
	PYTHONPATH=tests $(BIN)/python -m make.committed.columns

fuzz: $(VENV)/.dev  ## Feed damaged PDFs for SECONDS (600), the same ones where SEED is given
	$(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),600) $(if $(SEED),--seed $(SEED))

styles: $(VENV)/.dev  ## Read COUNT (60) reports in house styles drawn by chance; CUTS=1: page breaks cut rows
	$(BIN)/python -m tests.make.styles --count $(or $(COUNT),60) --seed $(or $(SEED),0) $(if $(CUTS),--cuts)

kills: $(VENV)/.dev  ## End runs by each signal at COUNT (100) moments and on full disks: no mixture may be left
	KILLS=$(or $(COUNT),100) $(BIN)/python -m pytest -q -s tests/dataset/output/test_dataset_kills.py tests/review/test_review_kills.py

clean:  ## Remove the virtual environment, caches and what tools leave behind
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist src/*.egg-info

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	$(BIN)/python -m compileall -q src
	touch $@

$(VENV)/.notebook: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[notebook]'
	touch $@

$(VENV)/.dev: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,notebook]'
	touch $@

$(VENV)/.fleet: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,ray,fleet-tests]'
	touch $@
