#!/usr/bin/env bash
# Checks what deploy/ ships, as far as one machine can. Loopback only.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

readonly ALL=(units prometheus edge metrics)

usage() {
  cat <<'TEXT'
usage: deploy/check.sh [CHECK…]

  units        systemd-analyze verify and security on the unit files
  prometheus   promtool: config, rules, rule tests
  edge         nginx -t, then real nginx before real services: filing, pages,
               limits, gRPC statuses, client certificates
  metrics      real Prometheus on running services: every expression of the
               dashboard, the rules and the alerts returns data
  images       builds all images with podman and runs compose.yaml (20 min, root;
               not among the checks that run without an argument)

Without an argument: units, prometheus, edge, metrics. The services are taken
from $JIXIAO_BIN_DIR, else build/dev/bin; ./dev test builds them.
Packages: nginx prometheus redis-server curl openssl python3-grpcio; for images also
podman podman-compose buildah runc netavark aardvark-dns mmdebstrap iptables.
TEXT
}

for word in "$@"; do
  case "$word" in
    units | prometheus | edge | metrics | images) ;;
    -h | --help) usage; exit 0 ;;
    *) printf 'deploy/check.sh: there is no check "%s"\n\n' "$word" >&2; usage >&2; exit 2 ;;
  esac
done

failed=()
checks=("$@")
((${#checks[@]})) || checks=("${ALL[@]}")
for check in "${checks[@]}"; do
  printf '== %s\n' "$check"
  if bash "deploy/check/$check.sh"; then
    printf '   ok\n'
  else
    failed+=("$check")
  fi
done
if ((${#failed[@]})); then
  printf 'deploy/check.sh: failed: %s\n' "${failed[*]}" >&2
  exit 1
fi
