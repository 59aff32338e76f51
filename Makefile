# Thin names for commands anyone can type. `make run` and `make test` set themselves up.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
DATA ?= data
DEMO_PORT ?= 8801
# For instance --extra-index-url https://download.pytorch.org/whl/cpu, where the registry's torch would bring CUDA.
PIP_FLAGS ?=
# Where `make eval` finds XQuAD and ALQAC, which are not part of the project; without them it leaves them out.
PUBLIC ?= ../shared/data/retrieval
# How many tests run at once.
WORKERS ?= auto

BIN := .venv/bin
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --no-warn-script-location $(PIP_FLAGS) -c constraints.txt
# Configured package folders that do not hold every package make pip warn once a package; that is no news.
QUIET := 2> >(grep -v "is ignored: it is neither a file nor a directory" >&2)
CODE := crawler index assistant widget web demo evaluation benchmarks server.py examples tests

.PHONY: help run test check eval bench clean programs

help:
	@echo "make run     dựng kho mẫu và mở máy chủ (PORT=$(PORT) DATA=$(DATA) DEMO_PORT=$(DEMO_PORT))"
	@echo "make test    chạy các phép thử"
	@echo "make check   ruff, mypy --strict và các phép thử"
	@echo "make eval    đo trả lời và tìm kiếm, so với sàn"
	@echo "make bench   đo tốc độ và bộ nhớ"
	@echo "make clean   xóa .venv, mô hình đã dựng và bộ đệm; giữ dữ liệu"

.venv/.runtime: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"Cần Python 3.11 trở lên, $(PYTHON) là {v.major}.{v.minor}. Chỉ ra bản khác: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv .venv || { echo "Không tạo được .venv; trên Debian, Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Đang cài thư viện vào .venv (lần đầu mất vài phút)…"
	@$(PIP) -e . $(QUIET)
	@touch $@

.venv/.dev: .venv/.runtime
	@$(PIP) -e '.[dev,llm,mcp,redis]' $(QUIET)
	@touch $@

run: .venv/.runtime
	@exec $(BIN)/python -m demo run --port $(PORT) --data $(DATA) --demo-port $(DEMO_PORT)

# Programs that tests (and, for scans, the crawler) drive. Without one its tests skip, and fail where CI=true.
programs:
	@missing=""; \
	command -v chromium chromium-browser google-chrome >/dev/null || missing="$$missing chromium"; \
	tesseract --list-langs 2>/dev/null | grep -qx vie || missing="$$missing tesseract-ocr tesseract-ocr-vie"; \
	command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing="$$missing nginx-light"; \
	command -v openssl >/dev/null || missing="$$missing openssl"; \
	command -v redis-server >/dev/null || missing="$$missing redis-server"; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Đang cài$$missing…"; \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; } \
	      >/dev/null 2>&1 || echo "Không cài được$$missing; các phép thử cần chúng sẽ được bỏ qua." >&2; \
	  else echo "Chưa có$$missing; các phép thử cần chúng sẽ được bỏ qua (sudo apt-get install$$missing)." >&2; fi; fi

# One worker a core: tests of one file stay together, for they share what is made once.
test: .venv/.dev programs
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

check: .venv/.dev programs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict --explicit-package-bases $(CODE)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

# All gates run, whatever the first says.
eval: .venv/.dev
	@short=0; \
	$(BIN)/python -m evaluation answers --near-misses 1200 --gate || short=1; \
	$(BIN)/python -m evaluation retrieval --set own --gate || short=1; \
	if [ -d "$(PUBLIC)" ]; then \
	  $(BIN)/python -m evaluation retrieval --set "xquad:$(PUBLIC)/xquad.vi.json" --ranking fused --gate || short=1; \
	  $(BIN)/python -m evaluation retrieval --ranking fused --gate \
	    --set "alqac:$(PUBLIC)/alqac23_all_articles_2023.json,$(PUBLIC)/alqac23_train.json" || short=1; \
	else echo "Không có $(PUBLIC): không đo XQuAD và ALQAC."; fi; \
	exit $$short

bench: .venv/.dev
	@$(BIN)/python -m benchmarks

clean:
	rm -rf .venv .models .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
