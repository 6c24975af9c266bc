# For the scripts beside it: messages, installation, building. Sourced with the
# repository as working directory.

readonly ROOT="$PWD"
readonly LOG_DIR="$ROOT/var/log"
mkdir -p "$LOG_DIR"
# ccache and npm need a home, which some CI runners do not set.
export HOME="${HOME:-$ROOT/var/home}"

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
die() {
  warn "./dev: $*"
  exit 1
}

# bad_usage WORD USAGE: for a word the command does not know.
bad_usage() {
  warn "./dev: unknown word \"$1\""
  warn "$2"
  exit 2
}

# run_quietly NAME COMMAND…: output goes to var/log/NAME.log and is shown only if
# the command fails.
run_quietly() {
  local name="$1" log="$LOG_DIR/$1.log"
  shift
  if ! "$@" >"$log" 2>&1 </dev/null; then
    warn "./dev: $name failed; the end of ${log#"$ROOT"/}:"
    tail -n 40 "$log" >&2
    return 1
  fi
}

# missing_packages LEVEL: of packages.txt, up to this level (build, test, check).
missing_packages() {
  local wanted installed package satisfying_command level
  case "$1" in
    build) wanted=build ;;
    test) wanted='build test' ;;
    check) wanted='build test check' ;;
    *) die "install_packages: no level \"$1\"" ;;
  esac
  installed="$(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' 2>/dev/null | awk '$1 == "ii" {print $2}')"
  while read -r package satisfying_command level _; do
    [[ -z "$package" || "$package" == \#* || " $wanted " != *" $level "* ]] && continue
    [[ "$satisfying_command" != - ]] && command -v "$satisfying_command" >/dev/null && continue
    grep -qxF -- "$package" <<<"$installed" || printf '%s\n' "$package"
  done <tools/dev/packages.txt
}

as_root() {
  if [[ "$(id -u)" == 0 ]]; then
    "$@"
  elif [[ -t 0 ]]; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

# install_packages LEVEL: installs what is missing of packages.txt up to LEVEL.
install_packages() {
  command -v dpkg-query >/dev/null || die "needs Debian 12: there is no dpkg-query here"
  local missing
  mapfile -t missing < <(missing_packages "$1")
  ((${#missing[@]})) || return 0
  if [[ "$(id -u)" != 0 ]] && ! command -v sudo >/dev/null; then
    die "packages are missing and neither root nor sudo is at hand. As root: apt-get install ${missing[*]}"
  fi
  say "Installing ${#missing[@]} packages: ${missing[*]}"
  local apt=(timeout 1200 env DEBIAN_FRONTEND=noninteractive apt-get -y -q
    -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3 -o Acquire::http::Timeout=30)
  # The package lists may be fresh enough; refreshing them costs time and may fail.
  if ! as_root "${apt[@]}" install --no-install-recommends "${missing[@]}" \
    >"$LOG_DIR/apt.log" 2>&1 </dev/null; then
    run_quietly apt-update as_root "${apt[@]}" update || die "apt cannot refresh its lists; is the network there?"
    run_quietly apt as_root "${apt[@]}" install --no-install-recommends "${missing[@]}" ||
      die "apt could not install: ${missing[*]}"
  fi
}

# Installs the tools of package-lock.json; only `test e2e` and `check` need them.
install_node_modules() {
  local wanted have
  wanted="$(sha256sum package-lock.json | cut -d' ' -f1)"
  have="$(cat node_modules/.installed-lock 2>/dev/null || true)"
  [[ "$wanted" == "$have" ]] && return 0
  say "Installing the tools of package-lock.json with npm"
  run_quietly npm timeout 600 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error ||
    die "npm could not install the tools of package-lock.json"
  printf '%s\n' "$wanted" >node_modules/.installed-lock
}

# build PRESET [TARGET…]: configures once, then builds. On a terminal ninja shows
# its own progress line.
build() {
  local preset="$1" started=$SECONDS
  shift
  if [[ ! -f "build/$preset/build.ninja" ]]; then
    run_quietly "configure-$preset" cmake --preset "$preset" || die "cmake could not configure the $preset preset"
  fi
  say "Building ($preset)"
  if [[ -t 1 ]]; then
    ninja -C "build/$preset" "$@" || die "the $preset build failed"
  else
    run_quietly "build-$preset" ninja -C "build/$preset" "$@" || die "the $preset build failed"
  fi
  say "Built in $((SECONDS - started)) s"
}
