# The two commands that matter are `make run` and `make test`; `make help` lists the others.

.DEFAULT_GOAL := help
.PHONY: help run test check static soak bench clean environment

PYTHON := scripts/python.sh
BIN := .venv/bin
# Test processes at a time.
WORKERS ?= 2

help: ## Say what each command does
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: ## Serve the dashboard on http://127.0.0.1:8050 (HOST, PORT and DATABASE_URL are honoured)
	@$(PYTHON) -m scripts.run

test: static ## Prove that it works: install what tests need, then run every test that gates a change
	@$(BIN)/python -m scripts.prerequisites
	@$(BIN)/pytest --numprocesses $(WORKERS) -m "not soak" </dev/null

check: static ## The quick part of `make test`: style, types, layers, definitions, quick tests
	@$(BIN)/pytest --quiet -m "not browser and not postgres and not slow and not soak" </dev/null

static: environment
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m metrics check

soak: environment ## The long campaigns, which gate nothing
	@$(BIN)/python -m scripts.prerequisites
	@HYPOTHESIS_PROFILE=soak $(BIN)/pytest -m soak </dev/null
	@STORE=postgresql $(BIN)/pytest --numprocesses $(WORKERS) -m "shipped and not soak" </dev/null

bench: environment ## Measure every figure that the project states about itself
	@$(BIN)/python -m scripts.prerequisites
	@$(BIN)/python -m tests.bench </dev/null

clean: ## Remove the virtual environment, the store and every cache
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@$(PYTHON) -m scripts.environment requirements-dev.txt
