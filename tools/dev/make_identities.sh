#!/usr/bin/env bash
# Makes identities for development: an authority, certificates of the services
# and of a budget system, an issuer of tokens, a registry, and a token for each
# person. Everything but the tokens is made once and kept.
set -euo pipefail

usage="usage: tools/dev/make_identities.sh FOLDER JIXIAO [HOST…]

  FOLDER  where to; readable by its owner alone
  JIXIAO  the command-line client, which signs the tokens
  HOST    names in the services' certificates besides localhost and 127.0.0.1"
(($# >= 2)) || {
  printf '%s\n' "$usage" >&2
  exit 2
}
folder="$1" jixiao="$2"
shift 2
umask 077
mkdir -p "$folder"
cd "$folder"

quietly() { "$@" 2>openssl.log || {
  cat openssl.log >&2
  exit 1
}; }

new_key() { quietly openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }

# certificate SUBJECT [HOST…]: NAME.pem with the certificate and NAME.key for
# `service/NAME` or `system/NAME`.
certificate() {
  local subject="$1" name="${1#*/}" host names
  shift
  names="URI:spiffe://jixiao.local/$subject,DNS:localhost,IP:127.0.0.1"
  for host in "$@"; do names+=",DNS:$host"; done
  new_key "$name.key"
  quietly openssl req -new -key "$name.key" -subj "/CN=$name" -out "$name.csr"
  quietly openssl x509 -req -in "$name.csr" -CA ca.pem -CAkey ca.key -set_serial "0x$(openssl rand -hex 15)" -days 90 \
    -extfile <(printf 'subjectAltName=%s\n' "$names") -out "$name.pem"
  rm "$name.csr"
}

# A day before they run out they are made anew, the authority with them.
if [[ ! -s intake.pem || ! -s edge.pem ]] || ! openssl x509 -checkend 86400 -noout -in intake.pem >/dev/null; then
  new_key ca.key
  quietly openssl req -x509 -new -key ca.key -subj "/CN=Jixiao development authority" -days 91 -out ca.pem
  for service in intake scoring publish edge; do certificate "service/$service" "$service" "$@"; done
  certificate system/budget
fi
[[ -s token.key ]] || quietly openssl genpkey -algorithm ED25519 -out token.key
"$jixiao" token keys --signing-key token.key >jwks.json.new
mv jwks.json.new jwks.json

# Edit it as you like; it is read again within seconds.
[[ -s identities.textproto ]] || cat >identities.textproto <<'REGISTRY'
# Who may call intake on this machine, for development.
identities {
  subject: "system/budget"
  title: "预算管理一体化系统"
  grants { role: ROLE_BUDGET_SYSTEM subtree: "430000" }
  grants { role: ROLE_BUDGET_SYSTEM subtree: "410000" }
}
identities {
  subject: "person/clerk"
  title: "君山区某单位填报员"
  grants { role: ROLE_CLERK unit: "divisions/430611/units/NC0002" }
  grants { role: ROLE_CLERK unit: "divisions/430611/units/NC0004" }
}
identities {
  subject: "person/clerk2"
  title: "其他样例单位填报员"
  grants { role: ROLE_CLERK unit: "divisions/430406/units/NC0001" }
  grants { role: ROLE_CLERK unit: "divisions/430203/units/NC0003" }
  grants { role: ROLE_CLERK unit: "divisions/410106/units/NC0005" }
}
identities {
  subject: "person/county"
  title: "君山区财政局审核员"
  grants { role: ROLE_REVIEWER subtree: "430611" }
}
identities {
  subject: "person/city"
  title: "岳阳市财政局审核员"
  grants { role: ROLE_REVIEWER subtree: "430600" }
}
identities {
  subject: "person/province"
  title: "省财政厅审核员"
  grants { role: ROLE_REVIEWER subtree: "430000" }
  grants { role: ROLE_REVIEWER subtree: "410000" }
}
identities {
  subject: "person/manager"
  title: "报送期与单位名录管理员"
  grants { role: ROLE_SEASON_MANAGER subtree: "430000" }
  grants { role: ROLE_SEASON_MANAGER subtree: "410000" }
}
identities {
  subject: "person/auditor"
  title: "审计员"
  grants { role: ROLE_AUDITOR subtree: "430000" }
  grants { role: ROLE_AUDITOR subtree: "410000" }
}
REGISTRY

for subject in person/{clerk,clerk2,county,city,province,manager,auditor} system/budget; do
  "$jixiao" token sign "$subject" --signing-key token.key --minutes 1440 >"${subject#*/}.token"
done
rm -f openssl.log
