# The edge as configured, with real services behind it.
set -euo pipefail
source deploy/check/lib.sh

# configure FOLDER: a copy of deploy/nginx on free ports, logs in the work folder.
configure() {
  local folder="$work/$1" name
  cp -r deploy/nginx "$folder"
  sed -i "s#/var/log/nginx#$folder#" "$folder"/*.conf
  sed -i "s#listen 127.0.0.1:50050#listen 127.0.0.1:$rpc_edge#; s#listen 127.0.0.1:8000#listen 127.0.0.1:$page_edge#
    s#listen 443 #listen 127.0.0.1:$page_tls #; s#listen 50443 #listen 127.0.0.1:$rpc_tls #
    s#listen 80;#listen 127.0.0.1:$page_redirect;#; /listen \[::\]/d" "$folder"/*.conf
  sed -i "s#127.0.0.1:50051#127.0.0.1:$intake_port#; s#127.0.0.1:8080#127.0.0.1:$pages_port#" "$folder/upstreams.conf"
  for name in client_body proxy fastcgi uwsgi scgi; do
    printf '%s_temp_path %s/%s;\n' "$name" "$folder" "$name" >>"$folder/limits.conf"
  done
}

run_nginx() {
  local folder="$work/$1" conf="$2"
  nginx -t -q -g "pid $folder/pid;" -c "$folder/$conf" || fail "nginx -t $conf"
  start "nginx-$1" nginx -g "daemon off; pid $folder/pid;" -c "$folder/$conf"
}

# grpc_status METHOD FILE: what a gRPC client sees.
# Debian's own python has its grpc module.
grpc_status() { /usr/bin/python3 deploy/check/grpc_status.py "$rpc_address" "$@"; }

expect() {
  local what="$1" wanted="$2" got="$3"
  [[ "$got" == "$wanted" ]] || fail "$what: wanted $wanted, got '$got'"
  printf '   %s\n' "$what"
}

for name in rpc_edge page_edge rpc_tls page_tls page_redirect; do
  printf -v "$name" '%s' "$(free_port)"
done
start_services
: >"$work/empty"
head -c 10000000 /dev/zero >"$work/large"
head -c 3000000 /dev/zero >"$work/document"

configure plain
run_nginx plain plain.conf
wait_for 10 'the edge' port_answers "$rpc_edge"
rpc_address="127.0.0.1:$rpc_edge"
health=grpc.health.v1.Health/Check
submit=jixiao.intake.v1.IntakeService/SubmitReport

"$BIN/jixiao" submit tests/testdata/samples/sample3_liaison_centre.txt --server "127.0.0.1:$rpc_edge" \
  --unit NC0004 --division 430611 --token-file "$work/identity/clerk.token" >"$work/submit.log" 2>&1 || fail 'filing through the edge'
printf '   a report is filed through the edge\n'
expect 'health is OK' OK "$(grpc_status $health "$work/empty")"
expect 'a filing by nobody reaches intake and is refused there (UNAUTHENTICATED)' UNAUTHENTICATED \
  "$(grpc_status $submit "$work/empty")"
expect 'a filing of 3 MB reaches intake' UNAUTHENTICATED "$(grpc_status $submit "$work/document")"
expect 'more than 9 MiB is RESOURCE_EXHAUSTED, not UNKNOWN' RESOURCE_EXHAUSTED "$(grpc_status $submit "$work/large")"
expect 'other calls have 2 MiB' RESOURCE_EXHAUSTED \
  "$(grpc_status jixiao.intake.v1.IntakeService/GetSubmission "$work/document")"
expect 'scoring cannot be called through the edge' UNIMPLEMENTED \
  "$(grpc_status jixiao.scoring.v1.ScoringService/ListRuleSets "$work/empty")"
expect 'publish cannot be called through the edge' UNIMPLEMENTED \
  "$(grpc_status jixiao.publish.v1.PublishService/ListDisclosures "$work/empty")"

page="http://127.0.0.1:$page_edge/"
expect 'pages are served' 200 "$(curl -s -o /dev/null -w '%{http_code}' "$page")"
expect 'pages cannot be written to' 403 "$(curl -s -o /dev/null -w '%{http_code}' -X POST -d x "$page")"
etag="$(curl -s -D - -o /dev/null -H 'accept-encoding: gzip' "$page" | tr -d '\r' | sed -n 's/^etag: //Ip')"
[[ -n "$etag" ]] || fail 'a page has no ETag'
expect 'a page that has not changed is not sent again, compressed or not' 304 \
  "$(curl -s -o /dev/null -w '%{http_code}' -H 'accept-encoding: gzip' -H "if-none-match: $etag" "$page")"

# One hostile connection; without the edge it costs a gigabyte.
python3 deploy/check/rapid_reset.py "$rpc_edge" 100000
expect 'after a rapid reset intake answers' OK "$(grpc_status $health "$work/empty")"
intake_rss="$(awk '/VmHWM/ {print int($2 / 1024)}' "/proc/${pid_of[intake]}/status")"
((intake_rss < 300)) || fail "intake took $intake_rss MiB"
streams="$(grep -c ListSubmissions "$work/plain/jixiao-edge.log" || true)"
((streams <= 1000)) || fail "the edge let $streams streams of one connection through"
printf '   of 100000 reset streams the edge let %s through; intake never took more than %s MiB\n' "$streams" "$intake_rss"

mkdir "$work/ca"
ca() { openssl "$@" 2>/dev/null; }
for name in authority edge client; do
  ca genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/ca/$name.key"
done
ca req -x509 -new -key "$work/ca/authority.key" -subj /CN=authority -days 2 -out "$work/ca/authority.pem"
printf 'subjectAltName=IP:127.0.0.1\n' >"$work/ca/san"
for name in edge client; do
  ca req -new -key "$work/ca/$name.key" -subj "/CN=$name" -out "$work/ca/$name.csr"
  ca x509 -req -in "$work/ca/$name.csr" -CA "$work/ca/authority.pem" -CAkey "$work/ca/authority.key" \
    -CAcreateserial -days 2 -extfile "$work/ca/san" -out "$work/ca/$name.pem"
done
configure tls
mkdir "$work/tls/tls"
cp "$work/ca/edge.pem" "$work/ca/edge.key" "$work/tls/tls/"
cp "$work/ca/authority.pem" "$work/tls/tls/clients.pem"
run_nginx tls tls.conf
wait_for 10 'the TLS edge' port_answers "$rpc_tls"
rpc_address="127.0.0.1:$rpc_tls"
authority="$work/ca/authority.pem"
client=("$authority" "$work/ca/client.pem" "$work/ca/client.key")
expect 'a client certificate is let in' OK "$(grpc_status $health "$work/empty" "${client[@]}")"
expect 'no client certificate is UNAUTHENTICATED' UNAUTHENTICATED "$(grpc_status $health "$work/empty" "$authority")"
expect 'too large is RESOURCE_EXHAUSTED here too' RESOURCE_EXHAUSTED \
  "$(grpc_status $submit "$work/large" "${client[@]}")"
curl -s -m 5 -o /dev/null --tls-max 1.1 --http2 --cacert "$authority" "https://127.0.0.1:$page_tls/" && fail 'TLS 1.1 is accepted'
expect 'pages come over HTTP/2 with HSTS' '2 max-age=31536000; includeSubDomains' \
  "$(curl -s -o /dev/null -D "$work/headers" -w '%{http_version}' --http2 --cacert "$authority" "https://127.0.0.1:$page_tls/") $(
    tr -d '\r' <"$work/headers" | sed -n 's/^strict-transport-security: //Ip')"
expect 'plain HTTP is sent to HTTPS' 308 "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$page_redirect/x")"

rpc_address="127.0.0.1:$rpc_edge"
kill "${pid_of[intake]}" && wait "${pid_of[intake]}" || true
expect 'without intake a call is UNAVAILABLE' UNAVAILABLE "$(grpc_status $health "$work/empty")"
