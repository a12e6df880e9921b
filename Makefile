# The chores of Souvenir; `make help` lists them.

PYTHON_IN_ENVIRONMENT = .venv/bin/python
SOUVENIR = .venv/bin/souvenir
# A window that needs no screen, for tests and pictures.
HEADLESS = QT_QPA_PLATFORM=offscreen
# A process for each processor. The tests of a file stay in one: some share what takes long to make.
# One that crashes ends the run, which would else wait for it for ever.
SIDE_BY_SIDE = -n logical --maxprocesses 8 --dist loadfile --no-loadscope-reorder --max-worker-restart 0

PHOTOS =
MODELS =
VARIANT = cpu
DEMO = $(SOUVENIR) --library demo/library

.PHONY: help setup run demo test lint types imports quality bench screenshot translations package wheel

help: ## List the chores
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

setup: .venv/.ready ## Make the environment .venv, with souvenir in its bin

.venv/.ready: pyproject.toml packaging/setup.sh
	@sh packaging/setup.sh

run: setup ## Open the window; PHOTOS=folder watches that folder
	@$(PYTHON_IN_ENVIRONMENT) packaging/qt_system_packages.py
	@photos="$(PHOTOS)"; $(SOUVENIR) gui $${photos:+--photos "$$photos"}

demo: setup ## Index sample photographs, search them, take a picture of the window
	rm -rf demo
	$(PYTHON_IN_ENVIRONMENT) -m tests.helpers.sample_photos demo/photos
	$(DEMO) index demo/photos
	$(DEMO) search --top 3 "green grass"
	$(DEMO) search --top 3 "a red motorcycle"
	$(DEMO) search --top 3 "a woman smiling in front of a flag"
	$(DEMO) gui --screenshot demo/window.png --query "a red motorcycle"
	@echo "The window is in demo/window.png, the photographs are in demo/photos."

test: setup ## Run all tests, with no display
	$(HEADLESS) $(PYTHON_IN_ENVIRONMENT) -m pytest $(SIDE_BY_SIDE)

# ruff's cache does not see that an import became one of ours, which changes its place.
lint: setup ## Check style
	.venv/bin/ruff check --no-cache .
	.venv/bin/ruff format --check .

types: setup ## Check types
	.venv/bin/mypy
	.venv/bin/mypy packaging/*.py packaging/linux/*.py packaging/bundle/*.py

imports: setup ## Check who imports whom
	.venv/bin/lint-imports

quality: setup ## Measure how well models find photos and labels learn; MODELS="starter NAME…" compares several
	$(PYTHON_IN_ENVIRONMENT) -m benchmarks.quality $(foreach model,$(MODELS),--model $(model)) \
		--check --out build/quality
	$(PYTHON_IN_ENVIRONMENT) -m benchmarks.tagging $(foreach model,$(MODELS),--model $(model)) \
		--out build/quality
	@echo "Tables and charts are in build/quality."

bench: .venv/.ready-bench ## Measure speed, in one table
	$(PYTHON_IN_ENVIRONMENT) -m benchmarks

.venv/.ready-bench: .venv/.ready
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --editable '.[dev,bench]'
	.venv/bin/python -m venv build/peer
	build/peer/bin/python -m pip install --quiet --disable-pip-version-check --no-input rclip==3.3.0 \
		|| echo "rclip could not be installed: there will be no ratios to it."
	@touch $@

screenshot: setup ## Write the pictures in the README
	rm -rf demo
	$(PYTHON_IN_ENVIRONMENT) -m tests.helpers.sample_photos demo/photos
	$(DEMO) index demo/photos
	$(DEMO) gui --screenshot docs/screenshot.png --size 1280x800 --query "a red motorcycle" \
		--theme dark --language en
	$(DEMO) labels add motorcycle --prompt "a red motorcycle" "a motorcycle in a garage" \
		--against "a bicycle"
	$(DEMO) gui --screenshot docs/label.png --size 1280x800 --label motorcycle --theme dark \
		--language en
	$(DEMO) gui --screenshot docs/viewer.png --size 1280x800 --query "a red motorcycle" --open \
		--theme light --language zh_CN

translations: setup ## Bring the translations up to date with the texts of the window
	$(PYTHON_IN_ENVIRONMENT) packaging/translations.py

package: ## Build the installer of this platform into dist; VARIANT=gpu takes CUDA in
	@sh packaging/package.sh $(VARIANT)

wheel: setup ## Build a wheel and a source archive into dist
	$(PYTHON_IN_ENVIRONMENT) -m build
