# One verb per thing you do. `make` alone lists them.
SHELL := /bin/sh
UV := .tools/bin/uv
ACS := .venv/bin/acs
# Rooms whose tests start no process that is timed: two files at once. The others come after them, one by one.
PURE := acs channels desk house law letters

.DEFAULT_GOAL := help
.PHONY: help install run test chaos check security format talk phone text train eval law lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(UV): scripts/uv.txt
	@sh scripts/bring-uv

.venv/.locked: requirements.txt pyproject.toml | $(UV)
	@[ -x .venv/bin/python ] || $(UV) venv -q .venv --python "$$(sh scripts/find-python '>=3.11')"
	@echo "Installing the line's own environment (.venv) ..."
	@$(UV) pip sync --python .venv/bin/python --require-hashes requirements.txt
	@$(UV) pip install -q --python .venv/bin/python --no-deps --no-build-isolation -e .
	@touch $@

bot/.venv/.locked: bot/requirements.txt bot/weights.txt | $(UV)
	@[ -x bot/.venv/bin/python ] || $(UV) venv -q bot/.venv --python "$$(sh scripts/find-python 3.10)"
	@echo "Installing the dialogue engine's environment (bot/.venv, Python 3.10; about 2.8 GB, some minutes the first time) ..."
	@$(UV) pip sync --python bot/.venv/bin/python --require-hashes bot/requirements.txt bot/weights.txt
	@touch $@

install: .venv/.locked bot/.venv/.locked

run: install ## the whole line, with demo cases, chat page, console and pretend phone
	@exec $(ACS) run

test: install ## the whole test suite, the trained model and the browser included
	@sh scripts/bring-chromium
	@$(ACS) train
	@failed=0; \
	.venv/bin/python -m pytest -n 2 --dist loadfile $(addprefix tests/,$(PURE)) || failed=1; \
	.venv/bin/python -m pytest tests $(addprefix --ignore=tests/,$(PURE)) || failed=1; \
	exit $$failed

chaos: .venv/.locked ## break it on purpose: make chaos WHAT=D1 KILLS=1000 (LONG=1, SEED=, WITHOUT=guard, WRITE=1)
	@.venv/bin/python -m chaos $(WHAT) $(if $(LONG),--long) $(if $(KILLS),--kills $(KILLS)) $(if $(SCALE),--scale $(SCALE)) $(if $(SEED),--seed $(SEED)) $(if $(WITHOUT),--without $(WITHOUT)) $(if $(WRITE),--write)

security: install ## the privacy and security goals: make security LONG=1 for the full numbers, WITHOUT=guard to see one fail
	@SECURITY_SCALE=$(if $(LONG),long) SECURITY_WITHOUT="$(WITHOUT)" SECURITY_WRITE="$(WRITE)" .venv/bin/python -m pytest tests/security

check: install ## format, lint, types, arrows between rooms
	@.venv/bin/ruff format --check . && .venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

format: .venv/.locked ## put the code in shape
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix .

talk: install ## chat in the terminal with a running line
	@exec $(ACS) talk

phone: install ## a pretend phone in the terminal with a running line
	@exec $(ACS) phone

text: install ## a pretend text: make text SAY="I got a CP504"
	@exec $(ACS) text "$(SAY)"

train: install ## the dialogue model
	@$(ACS) train

eval: install ## how well the dialogue model understands, on sentences it never saw (PAGE=--page writes docs/understanding.md)
	@$(ACS) train
	@PYTHONPATH=. bot/.venv/bin/python -m bot.evaluate $(PAGE)

law: .venv/.locked ## the figures in force: make law ON=2026-11-22
	@$(ACS) law --on "$(ON)"

lock: $(UV) ## new locked requirements, after a change of pyproject.toml or bot/requirements.in
	@sh scripts/lock

clean: ## everything that was made here, the two environments too
	rm -rf .venv bot/.venv bot/models bot/weights var .rasa
