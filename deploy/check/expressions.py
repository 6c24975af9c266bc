"""Asks a running Prometheus for every expression that deploy/ ships.

usage: expressions.py PROMETHEUS_URL [SECONDS]

Every expression of the dashboard, of the recorded rules, and the measured side
of every alert must return at least one sample that is a number. An alert's own
expression is empty while all is well, so its comparison is taken off. Waits up
to SECONDS (default 60) for the first samples to come in.
"""

import glob
import json
import math
import os
import re
import sys
import time
import urllib.parse
import urllib.request

DEPLOY = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
COMPARISON = re.compile(r"\s(?:==|!=|>=|<=|>|<)\s*[0-9.e+-]+\s*$")


def dashboard_expressions():
    for path in sorted(glob.glob(os.path.join(DEPLOY, "grafana", "*.json"))):
        with open(path, encoding="utf-8") as file:
            board = json.load(file)
        for panel in board["panels"]:
            for target in panel.get("targets", []):
                # What Grafana would put in: at least four scrapes.
                yield f"{board['title']}: {panel['title']}", target["expr"].replace("$__rate_interval", "30s")
        for annotation in board["annotations"]["list"]:
            # Alerts that fire are rightly none; the expression must still parse.
            yield f"{board['title']}: {annotation['name']}", f"count({annotation['expr']}) or vector(0)"


def rules(prometheus):
    for group in get(prometheus, "rules")["groups"]:
        for rule in group["rules"]:
            if rule.get("health") == "err":
                raise SystemExit(f"rule {rule['name']} fails: {rule['lastError']}")
            query = rule["query"]
            if rule["type"] == "alerting":
                query, cuts = COMPARISON.subn("", query)
                if cuts != 1:
                    raise SystemExit(f"alert {rule['name']}: no comparison with a number at the end of {query}")
            yield f"{rule['type']} rule {rule['name']}", query


def get(prometheus, what, **arguments):
    url = f"{prometheus}/api/v1/{what}?{urllib.parse.urlencode(arguments)}"
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.load(answer)["data"]
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{url}: {error.read().decode('utf-8', 'replace')}") from error


def is_number(sample):
    return not math.isnan(float(sample["value"][1]))


def main():
    prometheus = sys.argv[1]
    deadline = time.monotonic() + float(sys.argv[2] if len(sys.argv) > 2 else 60)
    expressions = list(dashboard_expressions()) + list(rules(prometheus))
    waiting = expressions
    while waiting:
        waiting = [
            (name, query)
            for name, query in waiting
            if not any(is_number(sample) for sample in get(prometheus, "query", query=query)["result"])
        ]
        if not waiting or time.monotonic() > deadline:
            break
        time.sleep(0.5)
    print(f"   {len(expressions) - len(waiting)} of {len(expressions)} expressions return data")
    for name, query in waiting:
        print(f"   no data: {name}: {query}", file=sys.stderr)
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
