# Each target is the real commands; Windows users find the same lines in the README.
PYTHON ?= python3
BIN := .venv/bin
SETUP := .venv/.complete
NOTEBOOKS ?= notebooks

.PHONY: setup report test test-fast lint browser lab tidy bench faults fuzz soak lock clean

setup: $(SETUP)

$(SETUP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Slackwater needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -c 'import matplotlib.font_manager'
	@touch $@

report: $(SETUP)
	$(BIN)/slackwater report seeds

# Side by side: the fast tests one by one, those that start kernels, clusters and browsers file by file.
test: lint test-fast
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile -m "slow or browser"

test-fast: $(SETUP)
	$(BIN)/python -m pytest -n auto --maxprocesses 8 --dist worksteal -m "not slow and not browser"

lint: $(SETUP)
	$(BIN)/ruff check .
	$(BIN)/mypy

# What the browser tests need: Chromium from the system's packages, axe-core from npm.
browser:
	@command -v chromium >/dev/null || apt-get install -y --no-install-recommends chromium || sudo apt-get install -y --no-install-recommends chromium
	@command -v npm >/dev/null || apt-get install -y --no-install-recommends nodejs npm || sudo apt-get install -y --no-install-recommends nodejs npm
	npm install --no-audit --no-fund --silent

lab: $(SETUP)
	$(BIN)/jupyter lab $(NOTEBOOKS)

tidy: $(SETUP)
	$(BIN)/slackwater tidy notebooks

bench: $(SETUP)
	$(BIN)/python -m benchmarks

faults: $(SETUP)
	$(BIN)/python -m benchmarks.faults

fuzz: $(SETUP)
	HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest -q tests/test_fuzz.py

soak: $(SETUP)
	$(BIN)/python -m benchmarks.soak

# The lock names no index and no address; environment.yml carries the same pins for conda.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --all-extras pyproject.toml -o requirements.lock
	{ printf '%s\n' 'name: slackwater' 'channels: [conda-forge]' 'dependencies:' '  - python >=3.11,<3.15' '  - pip' '  - pip:'; \
	  sed -nE 's/^([A-Za-z0-9._-]+==[^\\]*[^\\ ]) *\\?$$/      - "\1"/p' requirements.lock; printf '%s\n' '      - -e .'; } > environment.yml

clean:
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis
