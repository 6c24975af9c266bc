# ./dev test: builds the dev preset and runs tests by kind.
set -euo pipefail
source tools/dev/lib.sh

usage="usage: ./dev test [unit|integration|e2e|all]

  unit         one class or room, milliseconds each
  integration  real service binaries, a real redis-server
  e2e          three services, the CLI and a real browser
  all          all of them (default)

Tests start the services they need themselves, on free ports of 127.0.0.1."

kind="${1:-all}"
(($# <= 1)) || bad_usage "$2" "$usage"
case "$kind" in
  unit | integration | e2e) labels=(-L "^$kind\$") ;;
  all) labels=() ;;
  -h | --help)
    say "$usage"
    exit 0
    ;;
  *) bad_usage "$kind" "$usage" ;;
esac

install_packages test
case "$kind" in e2e | all) install_node_modules ;; esac
build dev

# count_skipped: of the run just ended, from ctest's log: cases that said they could
# not run, by their reason. ctest calls a program passed if all its cases skip.
count_skipped() {
  awk '
    /: Skipped$/ {
      getline reason
      gsub(/[^ ]*shared\/seeds[^ :,]*/, "of ../shared/seeds", reason)
      gsub(/[^ ]*\/testdata\/[^ :,]*/, "of tests/testdata", reason)
      count[reason]++
      total++
    }
    END {
      printf "%d cases not run%s\n", total, total ? ":" : ""
      for (reason in count) printf "  %4d  %s\n", count[reason], reason
    }' build/dev/Testing/Temporary/LastTest.log
}

code=0
ctest --test-dir build/dev "${labels[@]}" -j2 --output-on-failure --no-tests=error || code=$?
count_skipped
exit "$code"
