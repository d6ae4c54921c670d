# SQLite's amalgamation and Dear ImGui, from the source packages of the suite after Debian 12.
#
# Sourced by scripts/setup after steps.sh. apt runs here as the calling user with a configuration,
# lists and a cache of its own under build/deps/apt, so neither the machine's apt settings nor its
# package lists are touched. Only upstream's own tarball is used (Debian's patches, which fit a system
# library, are left out), and only with the hash below: the distribution's own revision may move.

newer_suite=trixie

# source package | upstream version | SHA-256 of the upstream tarball as Debian carries it
sqlite3_pin='3.46.1 d0cdd2ece271b29e7ce18095745d892517ee26d0f270065b3a25c2e9eb11639c'
imgui_pin='1.90.1 ecce377df0f90b292f15dcbd83d438bddc162b2388c881132bde18c787572a1c'

apt_folder() { echo "$deps_dir/apt"; }

# private_apt PROGRAM ARGUMENT…: apt-get or apt-cache with the configuration, lists and cache made below.
private_apt() {
  APT_CONFIG=$(apt_folder)/apt.conf LC_ALL=C.UTF-8 "$@"
}

# The machine's way to the network (proxies and the like) is kept, everything else is apt's default:
# hooks of the machine's configuration would otherwise run on every refresh.
prepare_private_apt() {
  local apt machine_settings
  apt=$(apt_folder)
  rm -rf "$apt"
  mkdir -p "$apt"/{empty,lists/partial,cache/archives/partial,state,log}
  : >"$apt/state/status"
  python3 "$root/scripts/archive_sources.py" --suite "$newer_suite" >"$apt/list.sources" ||
    because "The machine's apt sources name no mirror of Debian 12's main archive, so there is nowhere to fetch SQLite and Dear ImGui from: add one, or run 'scripts/setup --no-apt …' and let CMake fetch them from their own projects."
  machine_settings=$(apt-config dump | grep '^Acquire::' | grep -v '^Acquire::IndexTargets' || true)
  cat >"$apt/apt.conf" <<EOF
$machine_settings
Dir::Etc::main "/dev/null";
Dir::Etc::parts "$apt/empty";
Dir::Etc::sourcelist "$apt/list.sources";
Dir::Etc::sourceparts "$apt/empty";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "$apt/empty";
Dir::State "$apt/state";
Dir::State::lists "$apt/lists";
Dir::State::status "$apt/state/status";
Dir::Cache "$apt/cache";
Dir::Log "$apt/log";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::http::Timeout "30";
Acquire::https::Timeout "30";
EOF
}

refresh_source_index() {
  prepare_private_apt
  private_apt apt-get -q --error-on=any update
  touch "$(apt_folder)/refreshed"
}

# revision_of PACKAGE UPSTREAM: the newest Debian revision that carries exactly this upstream version.
revision_of() {
  private_apt apt-cache showsrc --only-source "$1" |
    awk -v package="$1" -v wanted="$2" '
      /^Package:/ { name = $2 }
      /^Version:/ && name == package {
        upstream = $2
        sub(/^[0-9]+:/, "", upstream)
        sub(/-[^-]*$/, "", upstream)
        sub(/\+(ds|dfsg)[0-9.]*$/, "", upstream)
        if (upstream == wanted) print $2
      }' | sort -V | tail -n 1
}

# fetch_upstream PACKAGE UPSTREAM SHA256 FOLDER: the verified upstream sources, unpacked in FOLDER.
fetch_upstream() {
  local package=$1 upstream=$2 expected=$3 folder=$4 revision tarball actual
  [[ -e $(apt_folder)/refreshed ]] || refresh_source_index
  revision=$(revision_of "$package" "$upstream")
  if [[ -z $revision ]]; then
    because "The Debian mirror has no source package $package $upstream in $newer_suite, which this project pins: use another mirror, or run 'scripts/setup --no-apt …' and let CMake fetch it from its own project."
    return 1
  fi
  mkdir "$folder/download"
  (cd "$folder/download" && private_apt apt-get -q source --download-only "$package=$revision")
  tarball=$(find "$folder/download" -name "${package}_*.orig.tar.*" ! -name '*.asc' | head -n 1)
  actual=$(sha256sum "$tarball" | cut -d ' ' -f 1)
  if [[ $actual != "$expected" ]]; then
    because "The upstream tarball ${tarball##*/} has SHA-256 $actual, but $expected is pinned in scripts/lib/sources.sh: it was damaged on the way or replaced at its source. Nothing of it was used; try again or use another mirror."
    return 1
  fi
  mkdir "$folder/upstream"
  tar -C "$folder/upstream" --strip-components=1 --no-same-owner -xf "$tarball"
}

# SQLite's makefile fails in a path with blanks, so it runs in /tmp when this tree has one.
make_sqlite() {
  local work home=$deps_dir/tmp
  [[ $home != *[[:space:]]* ]] || home=/tmp
  work=$(mktemp -d "$home/sqlite3.XXXXXX")
  # shellcheck disable=SC2064  # the value of now
  trap "rm -rf '$work'" EXIT
  # shellcheck disable=SC2086  # two words
  fetch_upstream sqlite3 $sqlite3_pin "$work"
  (cd "$work/upstream" && ./configure --disable-tcl && make sqlite3.c)
  mkdir "$work/sqlite3"
  cp "$work"/upstream/sqlite3.[ch] "$work/sqlite3/"
  move_in "$work/sqlite3" "$deps_dir/src/sqlite3"
}

make_imgui() {
  local work
  work=$(mktemp -d "$deps_dir/tmp/imgui.XXXXXX")
  # shellcheck disable=SC2086
  fetch_upstream imgui $imgui_pin "$work"
  rm -rf "$work/upstream/examples"
  move_in "$work/upstream" "$deps_dir/src/imgui"
}
