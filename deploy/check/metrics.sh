# A real Prometheus scrapes running services; every expression must return data.
set -euo pipefail
source deploy/check/lib.sh

start_services
prometheus_port="$(free_port)"
cp -r deploy/prometheus "$work/prometheus"
sed -i 's/15s/1s/; s/scrape_timeout: 5s/scrape_timeout: 1s/' "$work"/prometheus/{prometheus,recording_rules}.yml
cat >"$work/prometheus/targets.yml" <<TARGETS
- targets: ["127.0.0.1:$intake_metrics"]
  labels: {service: intake}
- targets: ["127.0.0.1:$scoring_metrics"]
  labels: {service: scoring}
- targets: ["127.0.0.1:$publish_metrics"]
  labels: {service: publish}
TARGETS
start prometheus prometheus --config.file="$work/prometheus/prometheus.yml" --storage.tsdb.path="$work/tsdb" \
  --web.listen-address="127.0.0.1:$prometheus_port" --log.level=warn
wait_for 20 Prometheus port_answers "$prometheus_port"

for port in "$intake_metrics" "$scoring_metrics" "$publish_metrics"; do
  curl -s "http://127.0.0.1:$port/metrics" | promtool check metrics || fail "metrics of port $port"
done

# Something to measure, again and again: rates need samples before and after.
traffic() {
  while true; do
    while IFS=$'\t' read -r file unit division request; do
      [[ "$file" == \#* ]] && continue
      "$BIN/jixiao" submit "tests/testdata/samples/$file" --wait --server "127.0.0.1:$intake_port" \
        --unit "$unit" --division "$division" --token-file "$work/identity/budget.token" || true
      curl -s -o /dev/null "http://127.0.0.1:$pages_port/"
    done <tests/testdata/samples/manifest.tsv
    sleep 1
  done
}
start traffic traffic
python3 deploy/check/expressions.py "http://127.0.0.1:$prometheus_port" ${METRICS_WAIT:-90}
