# Each target sets .venv up by itself, once (and again when the dependencies change).
PYTHON ?= python3
BIN := .venv/bin

# The data that the built-in encoder is trained and judged on, and where its making may work.
DATA ?= ../shared/data
WORK ?= build/pocket
POCKET := resources/encoders/pocket-v2
# Where a new encoder is written; what it goes on from (empty: nothing but the teachers).
NEW ?= build/pocket-v3
START ?=
DEVICE ?= auto

# Tests and benches start the program hundreds of times: compiled, as it is where it is installed.
COMPILE := $(BIN)/python -m compileall -q photosearch tests bench

.PHONY: demo shared-demo run test test-gpu lint bench duplicates-eval pointing calibrate soak screenshots translations
.PHONY: pocket pocket-eval tags-fit tags-eval clean dist deb bundle release notice

demo: .venv/ready
	$(BIN)/photosearch demo

# A library on a PostgreSQL server that runs for this alone, indexed by two at once.
shared-demo: .venv/ready
	rm -rf build/shared-demo
	mkdir -p build/shared-demo
	PYTHONPATH=. $(BIN)/python packaging/shared_demo.py build/shared-demo

run: .venv/ready
	$(BIN)/photosearch

test: .venv/ready
	$(COMPILE)
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

# Skips all of it where there is no GPU that torch can use.
test-gpu: .venv/ready
	$(BIN)/python -m pytest tests/gpu

lint: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/ready
	$(COMPILE)
	$(BIN)/python -m bench

# A table of seeded copies of photos (DATA), and of bursts, beside other methods. Hours for all.
duplicates-eval: .venv/ready
	$(BIN)/python -m bench.duplicates --photos $(DATA)/photos
	$(BIN)/python -m bench.bursts --photos $(DATA)/photos

# Do heat maps lie where the things are? On the developers' photos.
pointing: .venv/ready
	$(BIN)/python -m bench.pointing $(DATA)

# What tells good matches from weak ones: the reference vectors of the encoder that ships, and the
# weights that all encoders share.
calibrate: .venv/ready
	PYTHONPATH=packaging $(BIN)/python -m calibration --data $(DATA) --encoder $(POCKET) \
		--weights resources/calibration.json

soak: .venv/ready
	$(COMPILE)
	PHOTOSEARCH_TEST_KILLS=100 PHOTOSEARCH_TEST_SOAK=1 PHOTOSEARCH_TEST_STRINGS=10000 \
		PHOTOSEARCH_TEST_SEQUENCES=300 PHOTOSEARCH_TEST_MONKEY_SECONDS=3600 \
		PHOTOSEARCH_TEST_CHANGES=500 \
		$(BIN)/python -m pytest tests/gui/test_monkey.py tests/flows/test_kill.py \
		tests/flows/test_tag_kill.py tests/flows/test_hostile.py tests/flows/test_photos.py \
		tests/flows/test_indexers.py \
		tests/search/test_any_text.py tests/duplicates/test_never_lost.py tests/indexing/test_watch.py

# Needs Xvfb (package `xvfb`): real windows on a screen that nobody sees.
screenshots: .venv/ready
	xvfb-run -a -s "-screen 0 1400x1000x24" $(BIN)/python packaging/screenshots.py docs/images
	QT_SCALE_FACTOR=2 xvfb-run -a -s "-screen 0 2800x2000x24" \
		$(BIN)/python packaging/screenshots.py docs/images

# Brings the texts of the window into resources/translations/*.ts, and these into *.qm.
translations: .venv/ready
	$(BIN)/python packaging/translations.py

# Read by glibc when a process starts: training is up to three times as fast (see children.py).
pocket pocket-eval calibrate: export MALLOC_MMAP_THRESHOLD_ = 4000000000
pocket pocket-eval calibrate: export MALLOC_TRIM_THRESHOLD_ = 8000000000

pocket: .venv/ready
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e '.[pocket]'
	PYTHONPATH=packaging $(BIN)/python -m pocket all --data $(DATA) --work $(WORK) --out $(NEW) \
		--device $(DEVICE) $(if $(START),--start $(START))

pocket-eval: .venv/ready
	PYTHONPATH=packaging $(BIN)/python -m pocket evaluate --data $(DATA) --out $(POCKET) \
		$(if $(wildcard $(DATA)/../pocket-proto),--beside $(DATA)/../pocket-proto)

# The tagger's calibration of an encoder, and its figures on the developers' photos.
TAGS_ENCODER ?= pocket-v2

tags-fit: .venv/ready
	PYTHONPATH=packaging $(BIN)/python -m tagger.fit --data $(DATA) --encoder $(TAGS_ENCODER)

tags-eval: .venv/ready
	mkdir -p build/tagger
	rm -rf build/tagger/library
	$(BIN)/photosearch --library build/tagger/library index $(DATA)/photos
	$(BIN)/photosearch --library build/tagger/library tag --json > build/tagger/tags.jsonl
	PYTHONPATH=packaging $(BIN)/python -m tagger.evaluate --data $(DATA) --tags build/tagger/tags.jsonl
	PYTHONPATH=packaging $(BIN)/python -m tagger.taught --data $(DATA) --library build/tagger/library

# Wheel and source archive, the same bytes wherever they are built.
dist: .venv/ready
	rm -rf dist
	$(BIN)/python -m hatchling build

# Needs dpkg-deb, gcc, binutils, and the Python of this Debian or Ubuntu, with venv (SYSTEM_PYTHON).
# PIP_ARGS go to pip; DEB=--cuda packs CUDA, too.
SYSTEM_PYTHON ?= /usr/bin/python3
deb: dist
	$(BIN)/python packaging/linux/deb.py --python $(SYSTEM_PYTHON) --wheel dist/*.whl $(DEB) $(PIP_ARGS)

# One folder that needs no Python, by PyInstaller: of the .deb's environment, which has no CUDA.
bundle: deb
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e '.[release]'
	sh packaging/pyinstaller/bundle.sh $(BIN)/python build/deb/opt/photosearch/bin/python

# After a change of the dependencies: NOTICE lists them all.
notice: .venv/ready
	PYTHONPATH=packaging $(BIN)/python -m release.licences notice NOTICE

# From a clean tree, with the changelog dated: tests, packages, SBOM, licences, checksums in dist/.
release: .venv/ready
	PYTHONPATH=packaging $(BIN)/python -m release check
	PYTHONPATH=packaging $(BIN)/python -m release.licences check
	$(MAKE) lint test
	$(MAKE) deb
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e '.[release]'
	PYTHONPATH=packaging $(BIN)/python -m release.licences collect dist/THIRD-PARTY-LICENCES.txt
	PYTHONPATH=packaging $(BIN)/python -m release complete

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "PhotoSearch needs Python 3.11 or newer")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis bench.json
