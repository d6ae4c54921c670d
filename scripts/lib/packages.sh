# Debian packages: which ones a group of the set-up needs, which are missing, how to install them.
#
# Sourced by scripts/setup after steps.sh. dpkg's own database is the only record of what is
# installed, so there is no stamp to go stale, and a machine that has everything is never asked to
# refresh its package lists.

os_release_file=${SQLENV_OS_RELEASE:-/etc/os-release}

# The first word of a line is the group, the rest are packages.
package_table='
build    g++ make cmake ninja-build patch tcl xz-utils ca-certificates
build    nlohmann-json3-dev libexpected-dev libcli11-dev libboost1.81-dev libpng-dev
build    libcurl4-openssl-dev
build    googletest libbenchmark-dev
build    fonts-inter fonts-jetbrains-mono python3 python3-venv
desktop  libglfw3-dev libgl-dev
display  xvfb xauth libgl1-mesa-dri
web      emscripten zopfli
browser  chromium
python   python3 python3-venv python3-dev faketime
scaling  haproxy
lm       python3 python3-venv python3-torch python3-numpy python3-yaml libopenblas0-pthread
torch    python3 python3-venv
model    python3 python3-venv
image    buildah debootstrap
fuzz     clang-14 libclang-rt-14-dev
tools    clang-format-14 clang-tidy-14
'

# packages_of GROUP…: the packages of these groups, one a line, each once.
packages_of() {
  {
    local group
    for group in "$@"; do
      awk -v group="$group" '$1 == group { for (i = 2; i <= NF; ++i) print $i }' <<<"$package_table"
      if [[ $group == browser || $group == web ]]; then node_packages; fi
    done
  } | sort -u
}

# Keeps an installed node of 18 or newer, wherever it comes from.
node_packages() {
  node_is_recent || echo nodejs
  command -v npm >/dev/null || echo npm
}

node_is_recent() {
  local version
  version=$(node --version 2>/dev/null) || return 1
  version=${version#v}
  ((${version%%.*} >= 18)) 2>/dev/null
}

# missing_packages PACKAGE…: those that dpkg does not know as installed, one a line.
missing_packages() {
  if ! command -v dpkg-query >/dev/null; then
    printf '%s\n' "$@"
    return
  fi
  comm -13 \
    <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
      awk '$2 == "installed" { print $1 }' | sort -u) \
    <(printf '%s\n' "$@" | sort -u)
}

is_debian_12() {
  local ID='' VERSION_ID=''
  # shellcheck disable=SC1090
  [[ -r $os_release_file ]] && . "$os_release_file"
  [[ $ID == debian && $VERSION_ID == 12 ]]
}

os_name() {
  local PRETTY_NAME=''
  # shellcheck disable=SC1090
  [[ -r $os_release_file ]] && . "$os_release_file"
  echo "${PRETTY_NAME:-an unknown system}"
}

# require_debian_12 PACKAGE…: ends the script on another system, saying what to install there.
require_debian_12() {
  is_debian_12 && return 0
  local advice="the equivalents of these Debian 12 packages with your own package manager"
  if command -v apt-get >/dev/null; then
    advice="these packages, under the names that your distribution gives them"
  fi
  say "Missing here: $*" | fold -s -w 100 >&2
  die "Packages can be installed by this script on Debian 12 only, and this is $(os_name): install $advice, then run 'scripts/setup --no-apt …' (with make: 'make SETUP=--no-apt …')."
}

# require_rights PACKAGE…: root, or sudo without a password, or sudo with one typed at this terminal.
require_rights() {
  local why
  ((EUID != 0)) || return 0
  if ! command -v sudo >/dev/null; then
    why="you are not root and sudo is not installed"
  elif sudo -n true 2>/dev/null; then
    return 0
  elif [[ -t 0 && -t 1 ]] && say "Installing packages needs sudo." && sudo -v; then
    return 0
  else
    why="you are not root and sudo asks for a password that cannot be typed here"
  fi
  say "As root, by hand: apt-get install --no-install-recommends $*" | fold -s -w 100 >&2
  die "No rights to install Debian packages: $why. Run this as root, or as a user who may use sudo, or install the packages above and run it again."
}

as_root() {
  if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi
}

install_packages() {
  local options=(-y -q --no-install-recommends
    -o Acquire::Retries=3 -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
  local settings=(DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8) name
  for name in http_proxy https_proxy no_proxy; do
    [[ -z ${!name:-} ]] || settings+=("$name=${!name}")
  done
  # A package list that cannot be refreshed may still be good enough, so only the install decides.
  as_root env "${settings[@]}" apt-get "${options[@]}" update || true
  as_root env "${settings[@]}" apt-get "${options[@]}" install "$@"
}
