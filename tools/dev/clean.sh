# ./dev clean: removes what can be made again.
set -euo pipefail
source tools/dev/lib.sh

usage="usage: ./dev clean

Removes build/, node_modules/ and var/ (the local services' data and logs)."

case "${1:-}" in
  '') ;;
  -h | --help)
    say "$usage"
    exit 0
    ;;
  *) bad_usage "$1" "$usage" ;;
esac
exec 9>var/up.lock
flock -n 9 || die "./dev up is running; stop it first (Ctrl-C)"
rm -rf build node_modules var
