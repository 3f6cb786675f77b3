# Two commands are the whole set-up: `make chat` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

EVAL := $(BIN)/mbc-chat --home $(VENV)/eval-home

.PHONY: chat test check format gate eval eval-full bench bench-full wheel lock clean

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
	$(BIN)/python -m eval.set_copies

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The development cases alone: the test split is read to report, not at every change.
gate: $(VENV)/.installed-dev
	@$(EVAL) index build --precision fp32
	$(EVAL) eval run --gate eval/gates.toml

eval: $(VENV)/.installed-dev
	@mkdir -p reports
	@$(EVAL) index build --precision fp32
	$(EVAL) eval run --split test --json reports/test.json --html reports/test.html
	$(EVAL) eval run --gate eval/gates.toml --json reports/dev.json --html reports/dev.html

# Adds what typing noise costs, what each stage is worth, and public questions and texts where they are at hand.
eval-full: eval
	$(EVAL) eval noise --json reports/noise.json
	$(EVAL) eval ablate --with-rebuild $(VENV)/eval-ablation --json reports/ablation.json
	$(BIN)/python -m eval.retrieval.public
	$(BIN)/python -m eval.public_safety --home $(VENV)/eval-home

bench: $(VENV)/.installed-dev
	@$(BIN)/mbc-chat --home $(VENV)/eval-home index build
	$(BIN)/python -m eval.bench --home $(VENV)/eval-home --json reports/bench.json

bench-full: $(VENV)/.installed-dev
	@$(BIN)/mbc-chat --home $(VENV)/eval-home index build
	$(BIN)/python -m eval.bench --home $(VENV)/eval-home --json reports/bench-full.json --full

wheel: $(VENV)/.installed-dev
	$(BIN)/python -m hatchling build

# Locks what is installed, so run it where the tests have passed; needs the network.
lock: $(VENV)/.installed-dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/python docs/make_lock.py
	$(BIN)/python docs/make_licences.py

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
