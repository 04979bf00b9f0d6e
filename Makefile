# The targets for people; `make` alone lists them. What they do stands in setup/ and checks/.
.DEFAULT_GOAL := help
.PHONY: help run test check demo-reset shots bench lock ready env front catalogues browser
PYTHON ?= python3
export PYTHONDONTWRITEBYTECODE :=  # without compiled files on the disk every start compiles them anew
SETUP := PYTHON="$(PYTHON)" sh setup/with-python -m setup

help:
	@awk -F '## ' '/^[a-z-]+:.*## / { split($$1, t, ":"); printf "  make %-11s %s\n", t[1], $$2 }' Makefile

run: ready  ## set up what is missing, plant the demo park if there is none, and serve it
	@exec .venv/bin/campapp demo $(ARGS)

test: ready browser  ## every test; says what was skipped (ARGS="tests/pool -k draft" for some)
	@exec .venv/bin/python -m pytest -p tests.skips -n $(or $(JOBS),auto) --dist loadgroup $(ARGS)

check: ready  ## ruff, mypy, import-linter, djlint, the house rules, and the sizes
	@exec .venv/bin/python -m checks $(ARGS)

demo-reset: ready  ## throw the demo park away, plant it anew, and serve it
	@exec .venv/bin/campapp demo --reset $(ARGS)

shots: ready browser  ## pictures of every page: three widths, two languages, light, dark and print
	@exec .venv/bin/python -m tests.browser.shots $(ARGS)

bench: ready  ## every benchmark, one after the other (NAME=match for one)
	@for name in $(or $(NAME),$(basename $(notdir $(wildcard benchmarks/[a-z]*.py)))); do .venv/bin/campapp bench $$name || exit; done

lock: env  ## renew the locks (needs uv)
	@$(SETUP) lock

ready:
	@$(SETUP) everything catalogues
env:
	@$(SETUP) environment
front:
	@$(SETUP) front-end
catalogues: env
	@$(SETUP) catalogues
browser:
	@$(SETUP) browser
