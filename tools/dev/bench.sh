# ./dev bench: runs benchmarks built as they are deployed.
set -euo pipefail
source tools/dev/lib.sh

usage="usage: ./dev bench [NAME] [BENCHMARK FLAGS…]

Runs build/release/bin/bench_NAME, or all of them. Flags go to the benchmark,
for example --benchmark_filter=Score."

case "${1:-}" in
  -h | --help)
    say "$usage"
    exit 0
    ;;
esac
name=''
if (($#)) && [[ "$1" != -* ]]; then
  name="$1"
  shift
fi

install_packages
build release
shopt -s nullglob
programs=(build/release/bin/bench_*)
known="${programs[*]##*/bench_}"
((${#programs[@]})) || die "there is no benchmark yet"
if [[ -n "$name" ]]; then
  [[ -x "build/release/bin/bench_$name" ]] || die "there is no benchmark \"$name\"; known: $known"
  programs=("build/release/bin/bench_$name")
fi
for program in "${programs[@]}"; do
  say "== ${program##*/bench_}"
  "$program" "$@"
done
