# Dua perintah: `make publish` menyiapkan segalanya dan menerbitkan kota peragaan; `make test` memeriksa semuanya.
# Two commands: `make publish` sets everything up and publishes the demo cities; `make test` checks everything.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: publish test lint types check-tests leak-hunt mutations serve vendor lock server worker schedule clean

publish: $(READY)
	@$(BIN)/python -m samples.demo

test: lint types check-tests

lint: $(READY)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy

check-tests: $(READY)
	@$(BIN)/pytest -n 2 --dist loadfile

# 10.000 nilai tertutup lewat semua sumber dan kegagalan; gagal jika satu pun ditemukan di luar tempatnya.
leak-hunt: $(READY)
	@$(BIN)/python -m tests.laws.hunt

# 20.000 berkas dan kontrak yang dirusak: setiap satu terbaca, atau ditolak dengan pesan yang jelas.
mutations: $(READY)
	@$(BIN)/python -m tests.laws.mutated

serve: $(READY)
	@$(BIN)/palu serve

# Prefect: `make server` in one window, `make worker` in another, `make schedule` once. See README.
server: $(READY)
	@$(BIN)/palu prefect server start

worker: $(READY)
	@$(BIN)/palu prefect worker start --pool kota --type process

schedule: $(READY)
	@$(BIN)/palu prefect work-pool create kota --type process --overwrite
	@$(BIN)/palu prefect --no-prompt deploy --all

$(READY): requirements.lock bootstrap.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 atau lebih baru diperlukan / Python 3.11 or newer is needed")'
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bootstrap.lock
	@$(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode --python $(BIN)/python requirements.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@touch $@

lock:
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11 --group dev pyproject.toml -o requirements.lock
	@echo uv | $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11 - -o bootstrap.lock

# Pustaka skrip halaman, dibangun ulang dari versi yang terkunci (perlu Node; hanya untuk pengembang).
vendor:
	@cd catalog/site/scripts/vendor && npm ci --silent --ignore-scripts --no-audit --no-fund && npm run --silent build

clean:
	rm -rf .venv public var samples/inbox
