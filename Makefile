# Pacesetter: `make run` and `make test` bring everything they need into .venv; nothing is installed by hand.

PYTHON ?= python3
VENV   := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run demo test lint docs bench setup setup-dev clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: setup ## start Pacesetter (PORT=8502 make run picks the port); Ctrl-C stops it
	@$(VENV) launch.py --with-parent

demo: setup ## load the demo company anew, its story ending today
	@$(VENV) manage.py demo load --fresh

test: setup-dev ## run every test on a real PostgreSQL
	@$(VENV) -m pytest -n auto $(TESTS)

lint: setup-dev ## check style, types, layers and generated documents
	@$(VENV) -m ruff check .
	@$(VENV) -m ruff format --check .
	@$(VENV) -m mypy
	@$(VENV) -c 'from importlinter.cli import lint_imports_command as lint; lint()'
	@$(VENV) manage.py docs --check

docs: setup ## write the generated documents again
	@$(VENV) manage.py docs

bench: setup-dev ## run every benchmark against its target, most of an hour (DATA=folder adds those of real exports)
	@$(VENV) -m benchmarks.all $(if $(DATA),--data $(DATA)) $(BENCH)

setup:
	@$(PYTHON) launcher/environment.py requirements.txt

setup-dev: # for test, lint and bench
	@$(PYTHON) launcher/environment.py requirements-dev.txt

clean: ## remove what the tools cached (never the data)
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis htmlcov .coverage .coverage.*
