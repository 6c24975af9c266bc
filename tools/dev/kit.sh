# ./dev kit: how good the checks are, on generated reports.
set -euo pipefail
source tools/dev/lib.sh

usage="usage: ./dev kit [--seed N] [--count N]

Generates clean reports and reports with planted mistakes for every rule set,
checks them and prints detection, causes, repairs and false alarms. Exit code 1
if an aim is missed. Without --seed it takes 20261121."

case "${1:-}" in
  -h | --help)
    say "$usage"
    exit 0
    ;;
esac
arguments=("$@")
[[ " $* " == *" --seed"* ]] || arguments+=(--seed 20261121)

install_packages build
build dev jixiao
exec build/dev/bin/jixiao kit run --rulesets rulesets "${arguments[@]}"
