# Shared by the scripts of the folder above, which source it: installs what is missing and builds.
# shellcheck shell=bash

truce_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
truce_build=$truce_root/build

# Debian's and Ubuntu's names of all that building, testing and drawing need.
truce_packages=(
  # the program
  g++ cmake ninja-build git libyaml-cpp-dev libhdf5-dev libeigen3-dev libboost-dev libfmt-dev
  libcli11-dev nlohmann-json3-dev librandom123-dev libdeflate-dev
  # the same on many machines
  libopenmpi-dev openmpi-bin
  # the Python module
  pybind11-dev python3-dev
  # the packages
  dpkg-dev
  # the tests
  catch2 hdf5-tools netcdf-bin valgrind python3 python3-jsonschema python3-yaml python3-scipy graphviz
  clang-format
  # the figures and the readers whose view of the results is tested
  python3-h5py python3-xarray python3-netcdf4 python3-pandas python3-matplotlib
)

say() { printf '== %s\n' "$*" >&2; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# Those of the packages named that are not installed, one per line.
missing_packages() {
  local installed
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true)
  local package
  for package in "$@"; do
    grep -qxF -- "$package installed" <<<"$installed" || printf '%s\n' "$package"
  done
}

# install_packages [PACKAGE...], by default all of the above. Silent where nothing is missing.
install_packages() {
  local wanted=("$@")
  (($#)) || wanted=("${truce_packages[@]}")
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "no apt here, so nothing was installed; truce needs what Debian calls:"
    printf '%s\n' "   ${wanted[*]}" >&2
    local tool
    for tool in cmake c++ python3; do
      command -v "$tool" >/dev/null || fail "$tool is not installed"
    done
    return
  fi
  local missing
  mapfile -t missing < <(missing_packages "${wanted[@]}")
  ((${#missing[@]})) || return 0
  local as_root=()
  if [[ $(id -u) != 0 ]]; then
    command -v sudo >/dev/null ||
      fail "packages are missing and there is no sudo; as root: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing with apt-get${as_root:+ (sudo)}: ${missing[*]}"
  # A machine that has just started may still be updating itself: wait for that.
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive
    apt-get -q -o DPkg::Lock::Timeout=300)
  {
    "${apt[@]}" update &&
      "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
  } >&2 || fail "apt-get could not install ${missing[*]}"
}

# build_in FOLDER OPTIONS -- TARGET... : OPTIONS are those of cmake, in one word
build_in() {
  local folder=$1
  local -a options
  read -ra options <<<"$2"
  shift 3
  # The generator of an existing build folder cannot be changed.
  if [[ ! -f $folder/CMakeCache.txt ]] && command -v ninja >/dev/null; then
    options+=(-G Ninja)
  fi
  if command -v ccache >/dev/null; then
    options+=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  fi
  # Headers are read once for some twenty files: half of the time of a build from nothing.
  options+=(-DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=24)
  say "configuring and building in $folder"
  cmake -S "$truce_root" -B "$folder" "${options[@]}" >&2 || fail "cmake did not succeed"
  cmake --build "$folder" --parallel "$(nproc)" --target "$@" >&2 ||
    fail "the build did not succeed"
}

# build_truce TARGET... (the target `all` is everything)
build_truce() { build_in "$truce_build" "-DCMAKE_BUILD_TYPE=Release ${truce_options:-}" -- "$@"; }
