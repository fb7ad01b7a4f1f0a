# Two commands do all the set-up on a fresh machine: `make run` and `make test`.
PORT ?= 8000
VENV := .venv
PYTHON := $(VENV)/bin/python

.PHONY: help setup run test check fix lock bench check-facts facts

help:
	@echo "make run    the app with demo data on http://localhost:$(PORT)/"
	@echo "make test   everything: lint, types, tests on SQLite and PostgreSQL, browser"
	@echo "make check  the fast part of it"
	@echo "make fix    lint and format, mending what can be mended"
	@echo "make lock   pin the requirements anew"
	@echo "make bench  the benchmarks"
	@echo "make check-facts FILE=fixtures/my-topic.yaml   tell every mistake in a file of facts"
	@echo "make facts FILE=fixtures/my-topic.yaml         load it and make its questions"

setup:
	@sh .ci/setup.sh

run: setup
	@DEBUG=1 $(PYTHON) manage.py run_demo --port $(PORT)

test: setup
	@sh .ci/test.sh

check: setup
	@sh .ci/check.sh

fix: setup
	@$(VENV)/bin/ruff check --fix .
	@$(VENV)/bin/ruff format .

lock: setup
	@sh .ci/lock.sh

bench: setup
	@$(PYTHON) -m tests.benchmarks

check-facts: setup
	@test -n "$(FILE)" || { echo "Which file? make $@ FILE=fixtures/my-topic.yaml" >&2; exit 1; }
	@DEBUG=1 $(PYTHON) manage.py migrate --verbosity 0
	@DEBUG=1 $(PYTHON) manage.py check_facts "$(FILE)"

facts: check-facts
	@DEBUG=1 $(PYTHON) manage.py loaddata "$(FILE)"
	@DEBUG=1 $(PYTHON) manage.py generate_questions
