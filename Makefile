# One command for each thing; `make help` lists them.
PYTHON ?= python3
SUPERVISE = .venv/bin/python -m supervisor
LOCK = .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --quiet

.PHONY: help run test check mutants bench messages lock venv venv-dev
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile
	@echo
	@echo "  Settings, for example make run PORT=8001 DEMO=0: HOST PORT DEMO DATA_DIR DATABASE_URL REDIS_URL"
	@echo "  ALLOWED_HOSTS; for tests CHROMIUM=/path, BROWSER=0, COVERAGE=1, ARGS='tests/core -k clock'."

run: venv ## set up what is missing and run everything; Ctrl-C stops it
	@exec $(SUPERVISE) run

test: venv-dev ## install what the tests need and run all of them
	@exec $(SUPERVISE) test $(ARGS)

check: venv-dev ## format, lint, types, templates, scripts and styles, import contracts, migrations, deployment settings
	@exec $(SUPERVISE) check

mutants: venv-dev ## change the rules in ARGS (a file or folder under rules/) place by place; some test must notice each
	@DATA_DIR=.data/test UNSAFE_FAST=1 $(SUPERVISE) exec -- .venv/bin/python -m tests.mutants $(ARGS)

bench: venv-dev ## measure the budgets
	@exec $(SUPERVISE) bench $(ARGS)

messages: venv ## bring the English catalogue up to the sentences in the code
	@exec $(SUPERVISE) exec -- .venv/bin/python manage.py make_messages

lock: venv-dev ## write the lock files anew from pyproject.toml
	@$(LOCK) $(ARGS) -o requirements.lock
	@$(LOCK) $(ARGS) --group dev -o requirements-dev.lock

venv: .python
	@$(PYTHON) -m supervisor.bootstrap

venv-dev: .python
	@$(PYTHON) -m supervisor.bootstrap --dev

.PHONY: .python
.python:
	@command -v $(PYTHON) >/dev/null || { echo "Missing on this machine: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1)."; exit 1; }
