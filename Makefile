# Everything a person does with this folder. `make` alone lists it.
PYTHON ?= python3
BIN    := .venv/bin
ARGS   ?=
ADDRESS ?= 127.0.0.1:8000

.DEFAULT_GOAL := help
.PHONY: help run dev test walk check bench module clean set-up set-up-dev format lock

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: set-up ## Build the demonstration authority and open it at http://localhost:8000
	@$(BIN)/throughline demo --serve $(ARGS)

dev: set-up-dev ## Serve what is being worked on, reloading at every change
	@THROUGHLINE_DEBUG=1 $(BIN)/throughline setup
	@THROUGHLINE_DEBUG=1 DJANGO_SETTINGS_MODULE=throughline.project.settings $(BIN)/python -m django runserver $(ADDRESS) $(ARGS)

test: set-up-dev ## Run every test on SQLite, then those that use the database on PostgreSQL
	@$(BIN)/python -m pytest --numprocesses auto $(ARGS)
	@THROUGHLINE_TEST_DATABASE=postgresql $(BIN)/python -m pytest --numprocesses auto $(ARGS)

walk: set-up-dev ## Walk the six journeys of a child's record in a browser, in a whole demonstration
	@THROUGHLINE_WALK=whole $(BIN)/python -m pytest tests/journeys/walk_in_the_demonstration.py $(ARGS)

check: set-up-dev ## Check style, types, who imports whom, security and migrations
	@$(BIN)/python tools/check.py $(ARGS)

bench: set-up-dev ## Measure, as ratios against a peer or a floor
	@$(BIN)/python -m bench $(ARGS)

module: set-up-dev ## Start a new area of work: make module NAME=school_transport
	@$(BIN)/python tools/new_module.py "$(NAME)"

format: set-up-dev ## Put the code in the house style
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

lock: set-up-dev ## Choose the newest versions that pyproject.toml allows
	@$(BIN)/uv pip compile requirements/uv.in --upgrade --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 -o requirements/uv.txt
	@$(BIN)/uv pip compile pyproject.toml --upgrade --quiet --extra postgresql --universal --generate-hashes --no-emit-index-url --python-version 3.11 -o requirements/run.txt
	@$(BIN)/uv pip compile pyproject.toml --upgrade --quiet --extra postgresql --extra fast --group dev --universal --generate-hashes --no-emit-index-url --python-version 3.11 -o requirements/dev.txt

clean: ## Remove what was built; keeps the records in var/
	@rm -rf .venv node_modules build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +

set-up:
	@$(PYTHON) tools/set_up.py run

set-up-dev:
	@$(PYTHON) tools/set_up.py dev
