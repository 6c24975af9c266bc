# All images from one Debian 12 base, then the whole system from compose.yaml.
# Needs root; takes about 20 minutes on two cores, most of it compiling.
set -euo pipefail

# Some machines (hybrid cgroups, low hard limits) need this; harmless elsewhere.
export CONTAINERS_CONF="${CONTAINERS_CONF:-$PWD/deploy/check/containers.conf}"
readonly BASE="${BASE:-debian:bookworm-slim}"
readonly COMPOSE=(podman-compose -p jixiao-check -f deploy/compose.yaml)
work="$(mktemp -d)"
clean_up() {
  "${COMPOSE[@]}" down -v >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap clean_up EXIT
fail() {
  printf '   FAILED: %s\n' "$*" >&2
  "${COMPOSE[@]}" logs 2>&1 | tail -n 30 >&2 || true
  exit 1
}

# Without a registry at hand the base is made from Debian's own archive.
if ! podman image exists "$BASE"; then
  mmdebstrap --variant=minbase --quiet bookworm "$work/base.tar"
  podman import -q "$work/base.tar" "docker.io/library/$BASE" >/dev/null
  rm "$work/base.tar"
fi

# host: a build container on a bridge has no way out on some machines.
build=(podman build -q --network=host --build-arg "BASE=$BASE" --build-arg "JOBS=${JOBS:-2}")
# Objects compiled before, where ccache keeps them.
[[ -z "${JIXIAO_CCACHE:-}" ]] || build+=(-v "$JIXIAO_CCACHE:/root/.cache/ccache")
for target in redis prometheus edge; do
  "${build[@]}" -f deploy/Containerfile.peers --target "$target" -t "localhost/jixiao-$target" . >/dev/null
done
for target in scoring publish intake; do
  "${build[@]}" -f deploy/Containerfile --target "$target" -t "localhost/jixiao-$target" . >/dev/null
  user="$(podman image inspect --format '{{.User}}' "localhost/jixiao-$target")"
  [[ "$user" == 10001:10001 ]] || fail "image $target runs as '$user'"
  printf '   image %s: %s MB\n' "$target" \
    "$(($(podman image inspect --format '{{.Size}}' "localhost/jixiao-$target") / 1000000))"
done

# Keys for this check alone, in the tree's git-ignored folder that compose mounts.
tools/dev/make_identities.sh deploy/identity "$(realpath "${JIXIAO_BIN_DIR:-build/dev/bin}/jixiao")" intake scoring publish
chmod -R a+rX deploy/identity
"${COMPOSE[@]}" up -d --no-build >"$work/up.log" 2>&1 || { cat "$work/up.log" >&2; fail 'compose up'; }

# inside PERSON COMMAND…
inside() {
  local person="$1"
  shift
  podman exec -i -e "JIXIAO_TOKEN_FILE=/run/identity/$person.token" jixiao-check_intake_1 "$@"
}
deadline=$((SECONDS + 60))
until inside budget /usr/bin/jixiao ping --ca /run/identity/ca.pem --server intake:50051 --timeout 2 >/dev/null 2>&1; do
  ((SECONDS < deadline)) || fail 'intake does not answer through the edge'
  sleep 0.5
done
inside budget /usr/bin/jixiao submit - --ca /run/identity/ca.pem --server intake:50051 --unit NC0004 --division 430611 --wait \
  <tests/testdata/samples/sample3_liaison_centre.txt || fail 'filing from inside'
printf '   filed and scored over TLS\n'
name=submissions/430611.NC0004.2024.department
inside province /usr/bin/jixiao approve "$name" --ca /run/identity/ca.pem --server intake:50051 --version 1 --reason '镜像检查' --wait || fail 'approving'
page="$(curl -s http://127.0.0.1:8000/)"
[[ "$page" == *君山区* ]] || fail 'the page index through the edge does not name the report'
printf '   published; the index is served through the edge on the host\n'
deadline=$((SECONDS + 60))
until [[ "$(curl -s 'http://127.0.0.1:9090/api/v1/query?query=sum(up)' || true)" == *'"3"'* ]]; do
  ((SECONDS < deadline)) || fail 'Prometheus does not scrape three services'
  sleep 1
done
printf '   Prometheus scrapes three services\n'

for target in intake publish scoring; do
  podman stop -t 30 "jixiao-check_${target}_1" >/dev/null
  code="$(podman inspect --format '{{.State.ExitCode}}' "jixiao-check_${target}_1")"
  [[ "$code" == 0 ]] || fail "$target ended with exit code $code after SIGTERM"
done
printf '   all three drain on SIGTERM and end with exit code 0\n'
