# ./dev test: builds the dev preset and runs tests by kind.
set -euo pipefail
source tools/dev/lib.sh

usage="usage: ./dev test [unit|integration|e2e|all] [--times N]

  unit         one class or room, milliseconds each
  integration  real service binaries, a real redis-server
  e2e          three services, the CLI and a real browser
  all          all of them (default)
  --times N    N rounds of it; says which tests failed in which round

Tests start the services they need themselves, on free ports of 127.0.0.1."

kind=all
times=1
labels=()
while (($#)); do
  case "$1" in
    unit | integration | e2e) kind="$1" labels=(-L "^$1\$") ;;
    all) ;;
    --times)
      [[ "${2:-}" =~ ^[1-9][0-9]{0,3}$ ]] || die "--times needs a number from 1 on"
      times="$2"
      shift
      ;;
    -h | --help)
      say "$usage"
      exit 0
      ;;
    *) bad_usage "$1" "$usage" ;;
  esac
  shift
done

install_packages test
case "$kind" in e2e | all) install_node_modules ;; esac
build dev

# count_skipped: of the last round, from ctest's log: cases that said they could
# not run, by their reason. ctest calls a program passed if all its cases skip.
count_skipped() {
  awk '
    /: Skipped$/ {
      getline reason
      gsub(/[^ ]+shared\/seeds\/[^ :,]+/, "of ../shared/seeds", reason)
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
failures=()
for ((round = 1; round <= times; ++round)); do
  rm -f build/dev/Testing/Temporary/LastTestsFailed.log
  ctest --test-dir build/dev "${labels[@]}" -j2 --output-on-failure --no-tests=error && continue
  code=1
  failures+=("round $round failed: $(sed 's/^[0-9]*://' build/dev/Testing/Temporary/LastTestsFailed.log 2>/dev/null | paste -sd' ')")
done
count_skipped
((times == 1)) || say "$((times - ${#failures[@]})) of $times rounds passed"
((${#failures[@]} == 0)) || printf '%s\n' "${failures[@]}"
exit "$code"
