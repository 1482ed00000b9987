# make setup | run | test | check | bench | docs | package | wheel | sbom. Needs Python 3.11+ and make, nothing else.
PYTHON ?= python3
BIN := .venv/bin
CAN_RUN := .venv/.can-run
CAN_TEST := .venv/.can-test

.PHONY: setup run test check bench docs package wheel sbom soak clean

setup: $(CAN_TEST)

# What running needs, and no more; and what tests, checks and the documentation need besides.
$(CAN_RUN): WHAT = .
$(CAN_TEST): WHAT = .[dev]
$(CAN_RUN) $(CAN_TEST): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("foedus needs Python 3.11 or newer, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "installing into .venv what this needs, once"
	@# bytes are compiled when a module is first imported, not all of them now: half of the installer's time
	@$(BIN)/python -m pip install -qq --no-compile --disable-pip-version-check --constraint constraints.txt --editable '$(WHAT)'
	@touch $@

run: $(CAN_RUN)
	@echo "comparing the Ukraine library; the first time, the game is compiled for this machine, about half a minute of both cores"
	$(BIN)/foedus compare ukraine --baseline no_guarantee --out out

test: setup
	$(BIN)/python -m pytest -n auto --dist loadfile --hypothesis-profile=ci

check: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup
	$(BIN)/python -m bench

soak: setup
	FOEDUS_SOAK=5000 $(BIN)/python -m pytest tests/checks/test_engines.py
	FOEDUS_SOAK=200 $(BIN)/python -m pytest tests/exercise/log/test_crash.py
	$(BIN)/python -m bench.exercise.room --clients 60 --p99 50
	$(BIN)/python -m bench.exercise.room --clients 200 --p99 200
	$(BIN)/python -m bench.exercise.browsers
	$(BIN)/python -m bench.judges.mutations
	$(BIN)/python -m bench.judges.slips
	$(BIN)/python -m bench.soak
	$(BIN)/python -m bench.web.crowd

docs: setup
	$(BIN)/python -m sphinx --fail-on-warning --keep-going --quiet --builder html --doctree-dir out/site/.doctrees docs out/site
	@echo "the site: out/site/index.html"

package: setup
	$(BIN)/python -m bench.packaging.stranger

wheel: setup
	$(BIN)/python -m bench.packaging.with_code --out dist

sbom: setup
	@mkdir -p out
	$(BIN)/python -m bench.packaging.materials --out out/sbom.json
	$(BIN)/python -m bench.packaging.audit

clean:
	rm -rf .venv out
