# ./dev up: the whole platform on this machine, with reports filed and published.
set -euo pipefail
source tools/dev/lib.sh
source tools/dev/services.sh

usage="usage: ./dev up [FILE…] [--exit] [--port N] [--unit CODE] [--division CODE]

Builds, starts scoring, publish and intake with their data under var/, files the
reports of tests/testdata/samples (or the FILEs given), approves and publishes
them, and serves the pages until Ctrl-C. A second run files nothing twice.

  --exit           stop the services when all is done; exit code 0 only if every
                   report was published
  --port N         first port to try for the pages (default 8080)
  --unit CODE      unit code of the FILEs; default: intake gives one
  --division CODE  division of the FILEs (GB/T 2260); default: as the text says

The services speak TLS with identities made under var/identity: a clerk, a
county, a city and a province reviewer, a season manager, an auditor, a budget
system. What to set to act as one of them is printed at the end.

Everything listens on 127.0.0.1 only. Logs: var/log. Start anew: ./dev clean"

exit_when_done=0
page_port=8080
unit=''
division=''
files=()
while (($#)); do
  case "$1" in
    --exit) exit_when_done=1 ;;
    --port | --unit | --division)
      (($# >= 2)) || die "$1 needs a value; see ./dev up --help"
      case "$1" in
        --port) page_port="$2" ;;
        --unit) unit="$2" ;;
        --division) division="$2" ;;
      esac
      shift
      ;;
    -h | --help)
      say "$usage"
      exit 0
      ;;
    -*) bad_usage "$1" "$usage" ;;
    *)
      [[ -r "$1" && -f "$1" ]] || die "cannot read the file \"$1\""
      files+=("$1")
      ;;
  esac
  shift
done
[[ "$page_port" =~ ^[0-9]+$ ]] && ((page_port >= 1 && page_port <= 65535)) || die "--port: \"$page_port\" is no port"

readonly BIN=build/release/bin
readonly REASON='演示环境：为展示检查结果，连同未解决、未说明的问题一并公开'
published=0
failed=0

# with_services COMMAND…: runs it, but ends at once if a service dies meanwhile.
with_services() {
  local finished code=0
  "$@" &
  local worker=$!
  wait -n -p finished "$worker" "${service_pids[@]}" || code=$?
  [[ "$finished" == "$worker" ]] || service_died "$finished" "$code"
  return "$code"
}

jixiao() { with_services "$BIN/jixiao" "$@" --server "$intake_address" --timeout 60; }

# file_report FILE UNIT DIVISION REQUEST_ID: files, waits for the score, approves,
# waits for the page.
file_report() {
  local file="$1" answer="$ROOT/var/answer.json" name state reason=() options=()
  [[ -z "$2" ]] || options+=(--unit "$2")
  [[ -z "$3" ]] || options+=(--division "$3")
  if ! as budget jixiao submit "$file" "${options[@]}" --request-id "$4" --wait --format json >"$answer"; then
    # The failure once more, in words.
    as budget jixiao submit "$file" "${options[@]}" --request-id "$4" || true
    failed=$((failed + 1))
    return 0
  fi
  name="$(jq -r '.submission.name' "$answer")"
  state="$(jq -r '.submission.state' "$answer")"
  if [[ "$state" == STATE_SCORED || "$state" == STATE_APPROVED ]]; then
    (($(jq -r '(.submission.findingCounts | (.blocks // 0) + (.unexplained // 0))' "$answer") == 0)) ||
      reason=(--reason "$REASON")
    as province jixiao approve "$name" --version "$(jq -r '.submission.currentVersion' "$answer")" "${reason[@]}" \
      --request-id "approve-$(jq -r '.submission.reportDigest' "$answer" | cut -d: -f2 | cut -c1-40)" --wait >/dev/null || true
  fi
  as province jixiao status "$name" --format json >"$answer"
  as province jixiao status "$name" --page-base "$page_base"
  say
  if [[ "$(jq -r '.state' "$answer")" == STATE_PUBLISHED ]] &&
    curl -fsS --max-time 10 -o /dev/null "$page_base$(jq -r '.pagePath' "$answer")"; then
    published=$((published + 1))
  else
    warn "./dev: not published: $file"
    failed=$((failed + 1))
  fi
}

# expect_samples: the samples' units on the roster and a season that is open, so
# that progress shows something. Again on the next day: nothing changes.
expect_samples() {
  local roster=tests/testdata/samples/roster.csv season=seasons/430000.2024.department
  as manager jixiao roster import "$roster" --request-id "up-$(sha256sum <"$roster" | cut -c1-40)" >/dev/null
  as manager jixiao season get "$season" >/dev/null 2>&1 ||
    as manager jixiao season set "$season" --rule-set rulesets/hunan-2024 \
      --opens "$(date -d '-30 days' +%F)" --deadline "$(date -d '+60 days' +%F)" >/dev/null
}

file_all() {
  local file unit_code division_code request_id
  if ((${#files[@]})); then
    for file in "${files[@]}"; do
      file_report "$file" "$unit" "$division" "up-$({ cat "$file"; printf '%s' "|$unit|$division"; } | sha256sum | cut -c1-40)"
    done
    return
  fi
  while IFS=$'\t' read -r file unit_code division_code request_id; do
    [[ -z "$file" || "$file" == \#* ]] && continue
    file_report "tests/testdata/samples/$file" "$unit_code" "$division_code" "$request_id"
  done <tests/testdata/samples/manifest.tsv
}

install_packages build
exec 9>"$ROOT/var/up.lock"
flock -n 9 || die "another ./dev up is running here, or left services behind; stop it first"
build release jixiao-scoring jixiao-intake jixiao-publish jixiao

trap stop_services EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
start_services "$BIN" "$page_port"

started=$SECONDS
((${#files[@]})) || expect_samples
file_all
((${#files[@]})) || as province jixiao progress 430000 2024
say "$published of $((published + failed)) reports are public ($((SECONDS - started)) s): $page_base/"

if ((!exit_when_done)); then
  say "Serving until Ctrl-C. Logs: var/log"
  say "To act in another terminal:"
  say "  export JIXIAO_SERVER=$intake_address JIXIAO_CA=$ROOT/var/identity/ca.pem"
  say "  export JIXIAO_TOKEN_FILE=$ROOT/var/identity/clerk.token   # or county, city, province, manager, auditor, budget"
  say "  $BIN/jixiao status"
  say "Rights: var/identity/identities.textproto (read again within seconds)"
  trap 'say; say "Stopping"; serving_ended=1' INT TERM
  serving_ended=0
  died='' code=0
  wait -n -p died "${service_pids[@]}" || code=$?
  ((serving_ended)) || service_died "$died" "$code"
fi
trap - EXIT
stop_services || exit 1
((failed == 0)) || exit 1
