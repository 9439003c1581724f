# Each target sets .venv up by itself, once (and again when the dependencies change).
PYTHON ?= python3
BIN := .venv/bin

# Until the built-in encoder lands, a prototype beside the checkout serves where it is there.
PROTOTYPE := $(wildcard ../shared/pocket-proto)
ifneq ($(PROTOTYPE),)
export PHOTOSEARCH_ENCODERS ?= $(abspath $(PROTOTYPE))
endif

.PHONY: demo run test lint bench soak clean

demo: .venv/ready
	$(BIN)/photosearch demo

run: .venv/ready
	$(BIN)/photosearch --help

test: .venv/ready
	$(BIN)/python -m pytest

lint: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/ready
	$(BIN)/python -m bench

soak: .venv/ready
	PHOTOSEARCH_TEST_KILLS=100 $(BIN)/python -m pytest tests/flows/test_kill.py

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "PhotoSearch needs Python 3.11 or newer")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e '.[demo,dev]'
	touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis bench.json
