# For ./dev up: the three services, started in order, watched, stopped in order.

service_pids=()
declare -A service_name=()
claimed_ports=' '

# next_free_port VARIABLE FIRST: FIRST or the next port nobody listens on.
next_free_port() {
  local port="$2"
  while [[ "$claimed_ports" == *" $port "* ]] || (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    port=$((port + 1))
    ((port <= 65535)) || die "no free port from $2 on"
  done
  claimed_ports+="$port "
  printf -v "$1" '%s' "$port"
}

# service_died PID CODE: ends everything with the last the service said.
service_died() {
  local name="${service_name[$1]}"
  warn "./dev: $name ended unexpectedly (exit code $2); the end of var/log/$name.log:"
  tail -n 15 "$LOG_DIR/$name.log" >&2
  exit 1
}

# start_service NAME HEALTH_ADDRESS COMMAND…: returns once it serves.
start_service() {
  local name="$1" address="$2" pid finished waiter code=0
  shift 2
  "$@" >"$LOG_DIR/$name.log" 2>&1 </dev/null &
  pid=$!
  service_pids+=("$pid")
  service_name[$pid]="$name"
  "$BIN/jixiao" ping --server "$address" --timeout 30 >/dev/null &
  waiter=$!
  wait -n -p finished "$waiter" "$pid" || code=$?
  if [[ "$finished" == "$pid" ]]; then
    kill "$waiter" 2>/dev/null || true
    service_died "$pid" "$code"
  fi
  ((code == 0)) || die "$name did not serve within 30 s; see var/log/$name.log"
}

# as PERSON COMMAND…: with this development identity, `budget` for the budget
# system.
as() {
  local JIXIAO_TOKEN_FILE="var/identity/$1.token"
  export JIXIAO_TOKEN_FILE
  shift
  "$@"
}

# tls_of SERVICE: its flags.
tls_of() {
  printf -- '--tls_cert=var/identity/%s.pem --tls_key=var/identity/%s.key --client_ca=var/identity/ca.pem' "$1" "$1"
}

# start_services BIN FIRST_PAGE_PORT: sets intake_address and page_base.
start_services() {
  local bin="$1" intake scoring publish pages intake_metrics scoring_metrics publish_metrics
  next_free_port intake 50051
  next_free_port scoring 50052
  next_free_port publish 50053
  next_free_port pages "$2"
  next_free_port intake_metrics 9101
  next_free_port scoring_metrics 9102
  next_free_port publish_metrics 9103
  mkdir -p var/intake var/publish
  tools/dev/make_identities.sh var/identity "$ROOT/$bin/jixiao" || die "could not make identities in var/identity"
  export JIXIAO_CA="$ROOT/var/identity/ca.pem"
  # Nobody balances load here, so a stopping service need not wait to be noticed.
  local common=(--drain_pause=0s)
  start_service scoring "127.0.0.1:$scoring" "$bin/jixiao-scoring" "${common[@]}" $(tls_of scoring) \
    --listen="127.0.0.1:$scoring" --metrics_listen="127.0.0.1:$scoring_metrics" --rulesets=rulesets
  start_service publish "127.0.0.1:$publish" "$bin/jixiao-publish" "${common[@]}" $(tls_of publish) \
    --listen="127.0.0.1:$publish" --metrics_listen="127.0.0.1:$publish_metrics" \
    --http_listen="127.0.0.1:$pages" --public_url="http://127.0.0.1:$pages" --store=sqlite:var/publish/publish.db
  start_service intake "127.0.0.1:$intake" "$bin/jixiao-intake" "${common[@]}" $(tls_of intake) \
    --peer_ca=var/identity/ca.pem --client_cert=var/identity/intake.pem --client_key=var/identity/intake.key \
    --identities=var/identity/identities.textproto --jwks=var/identity/jwks.json \
    --listen="127.0.0.1:$intake" --metrics_listen="127.0.0.1:$intake_metrics" \
    --seasons=optional --store=sqlite:var/intake/intake.db --scoring="127.0.0.1:$scoring" --publish="127.0.0.1:$publish"
  intake_address="127.0.0.1:$intake"
  page_base="http://127.0.0.1:$pages"
  say "Services: intake $intake_address, scoring 127.0.0.1:$scoring, publish 127.0.0.1:$publish, pages $page_base"
}

# Stops in the order of the flow, each after it has finished its calls. Fails
# unless all of them end with exit code 0.
stop_services() {
  local i pid code result=0
  for ((i = ${#service_pids[@]} - 1; i >= 0; i--)); do
    pid="${service_pids[i]}"
    code=0
    kill -TERM "$pid" 2>/dev/null || continue
    wait "$pid" || code=$?
    if ((code != 0)); then
      warn "./dev: ${service_name[$pid]} ended with exit code $code; see var/log/${service_name[$pid]}.log"
      result=1
    fi
  done
  service_pids=()
  return "$result"
}
