# Every target works on a bare checkout: what it needs is installed first.
# `make run PORT=9100 DEVSTACK_DIR=.devstack-2` runs a second stack beside the first.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The first Python that is new enough; PYTHON=... names another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
ROOT := $(CURDIR)
INSTALL := backend/devstack/install.py
BIN := $(ROOT)/.venv/bin
DEVSTACK := cd backend && $(BIN)/python -m devstack
TEMPORARY := $(DEVSTACK) exec --temporary

export PORT ?= 9000
export DEVSTACK_DIR ?= .devstack

.PHONY: help
help: ## This list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-15s %s\n", $$1, $$2 }'

.PHONY: python
python:
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is needed and none is on PATH.' >&2; exit 1; }

# --- Running it ---------------------------------------------------------------------

.PHONY: run
run: python ## The whole application on http://localhost:9000, until Ctrl-C
	@$(PYTHON) $(INSTALL) stack spa
	@$(DEVSTACK) run

.PHONY: dev
dev: python ## The same with hot reload of pages and Python
	@$(PYTHON) $(INSTALL) stack node
	@$(DEVSTACK) run --dev

.PHONY: demo
demo: python ## A demo account with a few hundred tasks
	@$(PYTHON) $(INSTALL) stack
	@$(DEVSTACK) exec -- bash -c '$(BIN)/python manage.py migrate --noinput -v0 && $(BIN)/python manage.py seed_demo'

.PHONY: admin
admin: python ## An administrator (asks, or takes DJANGO_SUPERUSER_* variables)
	@$(PYTHON) $(INSTALL) stack
	@$(DEVSTACK) exec -- bash -c '$(BIN)/python manage.py migrate --noinput -v0 && \
		$(BIN)/python manage.py createsuperuser $${DJANGO_SUPERUSER_PASSWORD:+--noinput}'

.PHONY: backup
backup: ## A backup into ./backups or BACKUP_DIR (COMPOSE=1: of the compose installation)
ifdef COMPOSE
	@deploy/backup.sh compose
else
	@test -n '$(PYTHON)' && $(PYTHON) $(INSTALL) stack
	@$(DEVSTACK) exec -- $(ROOT)/deploy/backup.sh
endif

.PHONY: restore
restore: ## Put a backup back: FILE=backups/… (YES=1 asks nothing; COMPOSE=1 as above)
	@test -n '$(FILE)' || { echo 'Which one? make restore FILE=backups/…' >&2; exit 1; }
ifdef COMPOSE
	@deploy/restore.sh '$(abspath $(FILE))' compose
else
	@test -n '$(PYTHON)' && $(PYTHON) $(INSTALL) stack
	@$(DEVSTACK) exec --alone -- env PYTHON=$(BIN)/python $(ROOT)/deploy/restore.sh '$(abspath $(FILE))'
endif

.PHONY: services
services: python ## PostgreSQL and Valkey alone, for a program you start yourself
	@$(PYTHON) $(INSTALL) stack
	@$(DEVSTACK) services

.PHONY: measure
measure: python ## Start-up times and idle memory on this machine
	@$(PYTHON) $(INSTALL) stack spa
	@$(DEVSTACK) measure

.PHONY: bench
bench: tools ## Speed beside other APIs (ARGS="list --rounds 9", ARGS="profile list")
	@cd backend && $(BIN)/python -m benchmarks $(ARGS)

# --- Checking it --------------------------------------------------------------------

.PHONY: test
test: lint schema-check test-backend test-frontend test-browser ## Everything CI runs

.PHONY: tools
tools: python
	@$(PYTHON) $(INSTALL) dev node

.PHONY: lint
lint: tools audit ## Style, types, import rules, deployment checks, migrations missing or unsafe
	cd backend && $(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports
	@$(TEMPORARY) -- bash -exc '$(BIN)/mypy .; \
		SITE_URL=https://tasks.example.org $(BIN)/python manage.py check --deploy --fail-level WARNING; \
		$(BIN)/python manage.py makemigrations --check --dry-run; \
		$(BIN)/python -m tests.contract.migrations'
	cd frontend && npm run --silent lint && npm run --silent typecheck

.PHONY: audit
audit: tools ## Security of code, scripts, images and workflows; secrets in files
	cd backend && $(BIN)/bandit --quiet --configfile pyproject.toml --recursive .
	$(BIN)/shellcheck -x -P SCRIPTDIR .ci/run $(wildcard nginx/*.sh deploy/*.sh deploy/*/*.sh)
	@$(if $(wildcard $(BIN)/hadolint),$(BIN)/hadolint $(wildcard */Dockerfile),echo 'No hadolint for this machine.')
	$(BIN)/zizmor --offline --quiet --persona=pedantic .github .pre-commit-config.yaml
	@# What looks like a secret and is none says so where it stands: `pragma: allowlist secret`.
	@git rev-parse --git-dir >/dev/null 2>&1 || { echo 'No secrets are looked for: this is no git checkout.'; exit 0; }; \
		git ls-files -z | xargs -0 $(BIN)/detect-secrets-hook --disable-plugin KeywordDetector \
			--exclude-files '(^|/)(package-lock\.json|requirements[^/]*\.txt|openapi\.yaml)$$' \
			--exclude-secrets '^(password|PASSWORD)$$' --exclude-lines 'docker-image://'

SBOM ?= $(ROOT)/sbom
.PHONY: sbom
sbom: tools ## What a release is made of, as CycloneDX: sbom/backend.json, sbom/frontend.json
	@mkdir -p '$(SBOM)'
	@# It warns that requirements do not say who needs whom, as they do not.
	@PYTHONWARNINGS=ignore $(BIN)/cyclonedx-py requirements backend/requirements.txt \
		--pyproject backend/pyproject.toml --output-reproducible --output-file '$(SBOM)/backend.json'
	@node frontend/scripts/sbom.mjs >'$(SBOM)/frontend.json'

.PHONY: format
format: tools ## Format everything
	cd backend && $(BIN)/ruff check --fix . && $(BIN)/ruff format .
	cd frontend && npm run --silent format

.PHONY: schema
schema: tools ## Write backend/openapi.yaml and the frontend's types anew
	@$(TEMPORARY) -- $(BIN)/python manage.py spectacular --file openapi.yaml --validate --fail-on-warn
	cd frontend && npm run --silent schema

.PHONY: schema-check
schema-check: tools ## Fail where the schema is not the code's, is poor, or breaks clients
	@$(TEMPORARY) -- bash -c 'file=$$(mktemp) && trap "rm -f $$file" EXIT && \
		$(BIN)/python manage.py spectacular --file $$file --validate --fail-on-warn && \
		diff -u openapi.yaml $$file || { echo "backend/openapi.yaml is out of date: make schema" >&2; exit 1; }'
	cd frontend && npm run --silent schema:check
	@cd backend && $(BIN)/python -m tests.contract.breaking
	@cd frontend && export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true && \
		said=$$(npm run --silent schema:lint 2>&1) || { echo "$$said" >&2; exit 1; }

.PHONY: schema-release
schema-release: tools ## At a release: hold later versions to the schema as it is now
	cd backend && $(BIN)/python -m tests.contract.breaking --release

.PHONY: lock
lock: tools ## Lock the Python packages anew, with hashes
	cd backend && for extra in "" "--extra=stack:-stack" "--extra=stack --extra=dev:-dev"; do \
		$(BIN)/uv pip compile pyproject.toml $${extra%%:*} -o requirements$${extra#*:}.txt \
			--universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet \
			--custom-compile-command 'make lock'; done

.PHONY: test-backend
test-backend: tools ## Backend tests on real PostgreSQL and Valkey (ARGS=... to pytest)
	@cd backend && $(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadgroup $(ARGS)

.PHONY: proofs
proofs: tools ## Many thousand cases where the tests take a few (ARGS=... to pytest)
	@cd backend && PROOFS=long $(BIN)/python -m pytest tests/proofs tests/stack/test_races.py \
		--timeout=0 -rP $(ARGS)

.PHONY: chaos
chaos: tools ## Kills, freezes and restarts under load, for a quarter of an hour (ARGS=... to pytest)
	@cd backend && PROOFS=long $(BIN)/python -m pytest tests/chaos -sv -p no:randomly \
		--timeout=0 -o faulthandler_timeout=0 $(ARGS)

.PHONY: compose-test
compose-test: tools ## The compose stack on Docker: confined, and nothing noticed of faults (ARGS=part-of-a-name)
	@chromium=$$($(PYTHON) $(INSTALL) chromium | tail -1) && cd backend && \
		CHROMIUM_PATH="$$chromium" $(BIN)/python -m tests.compose $(ARGS)

.PHONY: test-frontend
test-frontend: tools ## Frontend unit tests, production build and its budgets
	cd frontend && npm test
	cd frontend && npm run --silent build && npm run --silent budget

.PHONY: test-browser
test-browser: tools ## Browser tests in Chromium through nginx (ARGS=... to Playwright)
	@$(PYTHON) $(INSTALL) spa
	@chromium=$$($(PYTHON) $(INSTALL) chromium | tail -1) && \
		$(TEMPORARY) --full -- env CHROMIUM_PATH="$$chromium" npm --prefix ../frontend run --silent e2e -- $(ARGS)

.PHONY: screenshots
screenshots: tools ## The README's pictures anew, from the demo account
	@$(PYTHON) $(INSTALL) spa
	@chromium=$$($(PYTHON) $(INSTALL) chromium | tail -1) && \
		$(TEMPORARY) --full -- bash -c "$(BIN)/python manage.py seed_demo && \
			CHROMIUM_PATH=$$chromium node ../frontend/scripts/screenshots.mjs"

.PHONY: lighthouse
lighthouse: tools ## Lighthouse's mobile figures, on a machine left alone
	@$(PYTHON) $(INSTALL) spa
	@chromium=$$($(PYTHON) $(INSTALL) chromium | tail -1) && \
		$(TEMPORARY) --full -- bash -c "$(BIN)/python manage.py seed_demo && \
			CHROMIUM_PATH=$$chromium node ../frontend/scripts/lighthouse.mjs"

.PHONY: measure-app
measure-app: tools ## How soon the app answers a press, on a machine left alone
	@$(PYTHON) $(INSTALL) spa
	@chromium=$$($(PYTHON) $(INSTALL) chromium | tail -1) && \
		$(TEMPORARY) --full -- env CHROMIUM_PATH="$$chromium" npm --prefix ../frontend run --silent measure
