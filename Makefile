# Two commands are the whole set-up: `make chat` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: chat test check format eval bench bench-full clean

chat: $(VENV)/.installed
	@$(BIN)/mbc-chat chat

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/mbc-chat corpus check

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

eval: $(VENV)/.installed-dev
	@$(BIN)/mbc-chat --home $(VENV)/eval-home index build
	$(BIN)/mbc-chat --home $(VENV)/eval-home eval run

bench: $(VENV)/.installed-dev
	@$(BIN)/mbc-chat --home $(VENV)/eval-home index build
	$(BIN)/python -m eval.bench --home $(VENV)/eval-home --json reports/bench.json

bench-full: $(VENV)/.installed-dev
	@$(BIN)/mbc-chat --home $(VENV)/eval-home index build
	$(BIN)/python -m eval.bench --home $(VENV)/eval-home --json reports/bench-full.json --full

clean:
	rm -rf $(VENV) dist build

$(VENV)/.installed: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing; the first time this downloads several hundred MB and takes some minutes."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,check]'
	@touch $@
