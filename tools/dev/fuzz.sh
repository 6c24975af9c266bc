# ./dev fuzz: looks for inputs that break the reader, the check of filed reports,
# the value parser, the rule set loader or scoring.
set -euo pipefail
source tools/dev/lib.sh

usage="usage: ./dev fuzz [NAME…] [--seconds N]

Builds the fuzz preset (clang, AddressSanitizer, UBSan, libFuzzer) and runs
every target, or those named, for N seconds each (default 120):

  filed_report reports on the wire, taken by intake as a parser reads them
  notation     cells of indicator rows, read and judged
  rule_set     rule sets as text, loaded, linted and used
  score        reports on the wire, checked and scored by every rule set
  text_reader  documents, read and scored
  token        signed tokens and key sets

Starts from tests/fuzz/corpus and the samples; what it learns stays in var/fuzz.
An input that breaks something is left there, too; run it again with
  build/fuzz/bin/fuzz-NAME FILE"

known=(filed_report notation rule_set score text_reader token)
seconds=120
chosen=()
while (($#)); do
  case "$1" in
    --seconds)
      [[ "${2:-}" =~ ^[0-9]+$ ]] || bad_usage "${2:-}" "$usage"
      seconds="$2"
      shift
      ;;
    -h | --help)
      say "$usage"
      exit 0
      ;;
    *)
      [[ " ${known[*]} " == *" $1 "* ]] || bad_usage "$1" "$usage"
      chosen+=("$1")
      ;;
  esac
  shift
done
((${#chosen[@]})) || chosen=("${known[@]}")

# words.txt with every byte as libFuzzer wants it; only printable ASCII may stand
# as it is.
write_dictionary() {
  python3 - "$1" <<'PYTHON'
import sys
with open("tests/fuzz/words.txt", encoding="utf-8") as words, open(sys.argv[1], "w", encoding="ascii") as out:
    for word in words.read().splitlines():
        if word and not word.startswith("#"):
            out.write('"' + "".join(f"\\x{byte:02X}" for byte in word.encode()) + '"\n')
PYTHON
}

install_packages check
build fuzz "${chosen[@]/#/fuzz-}"
mkdir -p var/fuzz
write_dictionary var/fuzz/words.dict
export JIXIAO_SOURCE_DIR="$ROOT"
# Debian's libprotobuf is not instrumented, so containers that cross the border
# look overflown.
export ASAN_OPTIONS=detect_container_overflow=0:allocator_may_return_null=1
export UBSAN_OPTIONS=print_stacktrace=1

failed=()
for target in "${chosen[@]}"; do
  mkdir -p "var/fuzz/$target"
  seeds=()
  [[ ! -d "tests/fuzz/corpus/$target" ]] || seeds+=("tests/fuzz/corpus/$target")
  [[ "$target" != text_reader ]] || seeds+=(tests/testdata/samples)
  log="$LOG_DIR/fuzz-$target.log"
  if "build/fuzz/bin/fuzz-$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 -max_len=65536 \
    -dict=var/fuzz/words.dict -artifact_prefix="var/fuzz/$target-" -print_final_stats=1 \
    "var/fuzz/$target" "${seeds[@]}" >"$log" 2>&1; then
    say "ok      $target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs, $(find "var/fuzz/$target" -type f | wc -l) kept, $seconds s"
  else
    say "FAILED  $target; the end of ${log#"$ROOT"/}:"
    tail -n 40 "$log" | sed 's/^/        /'
    failed+=("$target")
  fi
done
((${#failed[@]} == 0)) || die "found: ${failed[*]}"
