# `make check PYTHON=…` uses another interpreter than that of .venv.
PYTHON ?= $(if $(wildcard .venv/bin/python),.venv/bin/python,python3)

.PHONY: check lint types pages test fmt bench table phases agreement agreement-signal reasons fuzz

check: lint types pages test

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:
	$(PYTHON) -m mypy --strict -p initlint
	$(PYTHON) -m mypy --strict -p benchmarks

# The indexes of the rules are made from the list of rules, the table of the configuration's keys and their schema from
# the list of keys; this says whether they are up to date.
pages:
	$(PYTHON) -m initlint.rules_index --check
	$(PYTHON) -m initlint.config.pages --check

test:
	$(PYTHON) -m pytest -q

fmt:
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .
	$(PYTHON) -m initlint.rules_index
	$(PYTHON) -m initlint.config.pages

# initlint beside other linters, on timm: many minutes, and downloads at the first time.
bench:
	$(PYTHON) -m benchmarks.peers

# What daily use costs: one changed file, nothing changed, cores, growth.
table:
	$(PYTHON) -m benchmarks.table --growth 2

# Where the time goes: `make phases DIR="one two"`.
phases:
	$(PYTHON) -m benchmarks.phases $(DIR)

# How far the classes of folders are read, and what stands in the way: `make reasons DIR="one two"`.
DIR ?= tests/models tests/cases
reasons:
	$(PYTHON) -m benchmarks.reasons $(DIR)

# Mutated files, whatever they hold: `make fuzz DIR=folder COUNT=100000`.
COUNT ?= 1000
fuzz:
	$(PYTHON) -m tests.fuzz $(DIR) --count $(COUNT)

# The static models of timm, torchvision and transformers beside live ones, in JOBS processes of up to 7 GB. What is done
# is kept in agreement.jsonl, with which the next call goes on; delete it to begin anew. It needs
# pip install -c constraints.txt -e ".[dev,agreement]"
JOBS ?= 2
agreement:
	$(PYTHON) -m tests.agreement.real -n $(JOBS) --results agreement.jsonl --write docs/agreement.md

# Predicted beside measured signal at every weight layer of many models: some minutes; see docs/agreement-signal.md.
agreement-signal:
	$(PYTHON) -m tests.agreement.signal --write docs/agreement-signal.md --plot docs/agreement-signal.png
