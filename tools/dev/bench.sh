# ./dev bench: runs benchmarks built as they are deployed.
set -euo pipefail
source tools/dev/lib.sh

usage="usage: ./dev bench [NAME] [BENCHMARK FLAGS…]

  scoring  what scoring costs, and beside what: steps, rules against zen-engine,
           the ScoreReport call against handlers that only parse; some 2 minutes.
           tests/bench/README.md says how to read it
  intake   what a durable SubmitReport costs on both stores, beside the bare
           databases: under load, on a slow disk, at half load, with scoring,
           in memory, at a million rows. Parts by name: load ratio slow_sync
           half_load scored memory rows
  NAME     build/release/bin/bench_NAME, a Google Benchmark; flags go to it, for
           example --benchmark_filter=Score

Without a name: all of them."

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

bench_scoring() {
  install_node_modules
  JIXIAO_SOURCE_DIR="$ROOT" python3 tests/bench/run_scoring.py build/release/bin
}

bench_intake() {
  JIXIAO_SOURCE_DIR="$ROOT" python3 tests/bench/run_intake.py build/release/bin "$@"
}

install_packages test
if [[ "$name" == intake ]]; then
  build release bench-bare-store bench-filing-load faulty-disk jixiao jixiao-intake jixiao-scoring
  bench_intake "$@"
  exit
fi
if [[ "$name" == scoring ]]; then
  build release bench-score-times bench-rules bench-rpc-load bench-rpc-peer jixiao-scoring
  bench_scoring
  exit
fi
build release
shopt -s nullglob
programs=(build/release/bin/bench_*)
known="scoring intake ${programs[*]##*/bench_}"
if [[ -n "$name" ]]; then
  [[ -x "build/release/bin/bench_$name" ]] || die "there is no benchmark \"$name\"; known: $known"
  programs=("build/release/bin/bench_$name")
fi
for program in "${programs[@]}"; do
  say "== ${program##*/bench_}"
  "$program" "$@"
done
[[ -n "$name" ]] || bench_scoring
