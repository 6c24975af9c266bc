# promtool on everything that Prometheus reads.
set -euo pipefail
promtool check config deploy/prometheus/prometheus.yml
promtool test rules deploy/prometheus/rules_test.yml

# Every alert has its paragraph, every paragraph its alert.
alerts="$(sed -n 's/^ *- alert: //p' deploy/prometheus/alert_rules.yml | sort)"
described="$(sed -n 's/^### \(Jixiao.*\)$/\1/p' deploy/README.md | sort)"
if [[ "$alerts" != "$described" ]]; then
  diff <(printf '%s\n' "$alerts") <(printf '%s\n' "$described") |
    sed 's/^</only in alert_rules.yml:/; s/^>/only in deploy\/README.md:/' >&2
  exit 1
fi
