# Every target sets up what it needs first: Python packages, Node, the built web app. See scripts/bootstrap.py.
PYTHON ?= python3
SETUP = @$(PYTHON) scripts/bootstrap.py
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run dev test test-slow check bench bench-gateway bench-node web api-client

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 18

run:  ## start Gitu and print the address to open (ARGS="--port 9000")
	$(SETUP) --web -- gitu serve $(ARGS)

dev:  ## the same with reload on change, and the web app's own development server
	$(SETUP) --dev --node -- python scripts/dev.py

test:  ## the test suite but for the slow part (ARGS="tests/kernel -k money", or --coverage)
	$(SETUP) --dev --web -- python scripts/run_tests.py $(ARGS)

test-slow:  ## long fault walks, load and soak
	$(SETUP) --dev --web -- python scripts/run_tests.py --slow $(ARGS)

check:  ## style, types, architecture, generated files, documentation
	$(SETUP) --dev --node -- python scripts/check.py $(ARGS)

bench:  ## measure, and write docs/benchmarks.md
	$(SETUP) --dev --web -- python -m bench $(ARGS)

bench-gateway:  ## measure the models' gateway beside others, and write docs/benchmarks-gateway.md
	$(SETUP) --dev --web -- python -m bench.gateway $(ARGS)

bench-node:  ## measure the inference node, and write docs/benchmarks-node.md
	$(SETUP) --dev -- python -m bench.node $(ARGS)

web:  ## build the web app
	$(SETUP) --web

api-client:  ## write the web app's API client and the command line's catalogue anew
	$(SETUP) --dev --node -- python scripts/generate.py
