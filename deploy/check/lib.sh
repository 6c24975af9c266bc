# For the checks that need running services: starts redis and the three services
# on free loopback ports, and stops them when the check ends. Sourced.

readonly BIN="${JIXIAO_BIN_DIR:-build/dev/bin}"
work="$(mktemp -d)"
chmod 711 "$work"  # nginx's workers run as another user
pids=()
declare -A pid_of

clean_up() {
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
    kill "${pids[i]}" 2>/dev/null && wait "${pids[i]}" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap clean_up EXIT

fail() {
  printf '   FAILED: %s\n' "$*" >&2
  for log in "$work"/*.log; do
    [[ -s "$log" ]] && printf -- '-- end of %s\n' "${log##*/}" >&2 && tail -n 5 "$log" >&2
  done
  exit 1
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# start NAME COMMAND…: in the background, output to NAME.log.
start() {
  local name="$1"
  shift
  "$@" >"$work/$name.log" 2>&1 </dev/null &
  pids+=("$!")
  pid_of[$name]="$!"
}

# wait_for SECONDS WHAT COMMAND…: until the command succeeds.
wait_for() {
  local deadline=$((SECONDS + $1)) what="$2"
  shift 2
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || fail "$what did not come within the time"
    sleep 0.1
  done
}

port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Sets intake_port, scoring_port, publish_port, pages_port, redis_port and, for
# metrics, intake_metrics, scoring_metrics, publish_metrics.
start_services() {
  local name
  for name in intake scoring publish; do
    [[ -x "$BIN/jixiao-$name" ]] || fail "there is no $BIN/jixiao-$name; build first"
  done
  for name in intake_port scoring_port publish_port pages_port redis_port \
    intake_metrics scoring_metrics publish_metrics; do
    printf -v "$name" '%s' "$(free_port)"
  done
  mkdir -p "$work/intake" "$work/publish"
  tools/dev/make_identities.sh "$work/identity" "$(realpath "$BIN/jixiao")" || fail 'identities'
  start redis redis-server --bind 127.0.0.1 --port "$redis_port" --save '' --appendonly no --dir "$work"
  start scoring "$BIN/jixiao-scoring" --plaintext --listen="127.0.0.1:$scoring_port" \
    --metrics_listen="127.0.0.1:$scoring_metrics" --rulesets=rulesets \
    --cache="redis://127.0.0.1:$redis_port" --drain_pause=0s
  start publish "$BIN/jixiao-publish" --plaintext --listen="127.0.0.1:$publish_port" \
    --metrics_listen="127.0.0.1:$publish_metrics" --http_listen="127.0.0.1:$pages_port" \
    --store="sqlite:$work/publish/publish.db" --drain_pause=0s
  start intake "$BIN/jixiao-intake" --plaintext --listen="127.0.0.1:$intake_port" \
    --identities="$work/identity/identities.textproto" --jwks="$work/identity/jwks.json" \
    --metrics_listen="127.0.0.1:$intake_metrics" --store="sqlite:$work/intake/intake.db" \
    --scoring="127.0.0.1:$scoring_port" --publish="127.0.0.1:$publish_port" --seasons=optional --drain_pause=0s
  for name in redis_port scoring_port publish_port pages_port intake_port; do
    wait_for 20 "$name" port_answers "${!name}"
  done
}
