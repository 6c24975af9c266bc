#!/usr/bin/env python3
"""./dev bench scoring: what scoring costs, and beside what.

Three parts, each printed as a table: steps of scoring one report; rules as data
against @gorules/zen-engine on equal work; the ScoreReport call against handlers
that only parse and acknowledge. Comparisons run in turn, A B A B, and are given
as the median of the ratios of neighbouring runs with their spread: on a machine
that others use, only such ratios mean anything. CPU figures are CPU time of the
process and suffer less from neighbours.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time

from figures import spread, start, table

BIN = sys.argv[1]
ROUNDS = 5
WINDOW = "0.8"  # seconds of one handler in one round


def run(*words):
    """Lines of JSON that a program prints."""
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, timeout=180)
    return [json.loads(line) for line in done.stdout.splitlines()]


def ours(program, *words):
    return run(f"{BIN}/{program}", *words)


def steps():
    rows = [(s["step"], s["reports"], f"{s['p50_us']:.1f}", f"{s['p99_us']:.1f}", f"{s['max_us']:.1f}")
            for s in ours("bench-score-times")]
    table("Steps of scoring one report, CPU time in µs", ("step", "reports", "p50", "p99", "max"), rows)


def rules():
    zen = [os.path.join(os.path.dirname(os.path.abspath(__file__)), "zen_rules.mjs")]
    with tempfile.TemporaryDirectory() as folder:
        cases, outputs = f"{folder}/cases.jsonl", f"{folder}/outputs.jsonl"
        subprocess.run([f"{BIN}/bench-rules", "cases", cases], check=True)
        subprocess.run([f"{BIN}/bench-rules", "outputs", outputs], check=True)
        equal = run("node", *zen, "check", cases, outputs)[0]
        runs = {name: [] for name in ("scores", "by name", "trace", "expression", "table", "zen trace")}
        for _ in range(ROUNDS):
            runs["scores"] += ours("bench-rules", "time", "scores", "0.6")
            runs["by name"] += ours("bench-rules", "time", "by_name", "0.4")
            runs["expression"] += run("node", *zen, "time", cases, "expression", "0.8")
            runs["table"] += run("node", *zen, "time", cases, "table", "0.8")
            runs["trace"] += ours("bench-rules", "time", "trace", "0.6")
            runs["zen trace"] += run("node", *zen, "time", cases, "trace", "0.8")
    rows = [(name, spread([r["per_second"] for r in runs[key]], 0), spread([r["cpu_us"] for r in runs[key]], 1),
             spread([r["own_clock_us"] for r in runs[key]], 0) if "own_clock_us" in runs[key][0] else "")
            for name, key in (("ours, scores only, 1 thread", "scores"),
                              ("ours, scores only, facts looked up by name", "by name"),
                              ("ours, full trace, 1 thread", "trace"),
                              ("zen, expression node, 64 in flight", "expression"),
                              ("zen, decision table, 64 in flight", "table"),
                              ("zen, expression node with trace, 64 in flight", "zen trace"))]
    table(f"Rules as data, {equal['cases']} reports of 60 rows and 30 equalities; all {equal['rows_compared']} rows of "
          "both zen decisions equal ours", ("engine", "evaluations/s", "CPU µs", "own clock µs"), rows)

    def ratio(key, other, figure):
        pairs = zip(runs[key], runs[other])
        return spread([a[figure] / b[figure] if figure == "per_second" else b[figure] / a[figure] for a, b in pairs], 0)

    rows = [(name, ratio(key, other, "per_second"), ratio(key, other, "cpu_us"))
            for name, key, other in (("scores only / zen expression node", "scores", "expression"),
                                     ("scores by name / zen expression node", "by name", "expression"),
                                     ("scores only / zen decision table", "scores", "table"),
                                     ("full trace / zen with trace", "trace", "zen trace"),
                                     ("full trace / zen expression node without", "trace", "expression"))]
    table(f"Ratios of {ROUNDS} neighbouring pairs (aims: 150 for scores, 50 with trace)",
          ("pair", "evaluations/s", "per CPU second"), rows)


def calls():
    with tempfile.TemporaryDirectory() as folder:
        scoring, scoring_port = start(folder, f"{BIN}/jixiao-scoring", "--plaintext", "--listen=127.0.0.1:0", "--metrics_listen=none",
                                      "--cache=none", "--rulesets=rulesets", "--drain_pause=0s")
        peer, peer_port = start(folder, f"{BIN}/bench-rpc-peer")
        try:
            lines = ours("bench-rpc-load", str(ROUNDS + 1), WINDOW, f"127.0.0.1:{scoring_port}", str(scoring.pid),
                         f"127.0.0.1:{peer_port}", str(peer.pid))
        finally:
            for process in (scoring, peer):
                process.send_signal(signal.SIGTERM)
            for process in (scoring, peer):
                process.wait(timeout=20)
    size = lines[0]
    targets = len({line["target"] for line in lines[1:]})
    windows = lines[1 + targets:]  # the first round warms up
    failed = sum(window["failed"] for window in windows)
    if failed:
        raise SystemExit(f"{failed} calls failed")
    names = list(dict.fromkeys(window["target"] for window in windows))
    of = {name: [w for w in windows if w["target"] == name] for name in names}
    rows = [(name, spread([w["per_second"] for w in of[name]], 0), spread([w["p50_ms"] for w in of[name]]),
             spread([w["p99_ms"] for w in of[name]]), spread([w["server_cpu_us"] for w in of[name]], 0),
             round(of[name][0]["response_bytes"])) for name in names]
    table(f"Calls, {size['requests']} reports of {size['mean_bytes']} bytes in turn, 64 in flight, no cache",
          ("handler", "calls/s", "p50 ms", "p99 ms", "server CPU µs", "bytes back"), rows)
    rows = []
    for name in [n for n in names if n.startswith("score")]:
        for other in [n for n in names if not n.startswith("score")]:
            pairs = list(zip(of[name], of[other]))
            rows.append((f"{name} / {other}", spread([a["per_second"] / b["per_second"] for a, b in pairs]),
                         spread([b["server_cpu_us"] / a["server_cpu_us"] for a, b in pairs])))
    table(f"Ratios of {ROUNDS} neighbouring pairs (aim: 1.8 against the typed handler)",
          ("pair", "calls/s", "per server CPU second"), rows)


def main():
    started = time.monotonic()
    for part in (steps, rules, calls):
        part()
    print(f"\n{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
