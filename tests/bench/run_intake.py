#!/usr/bin/env python3
"""./dev bench intake: what a durable SubmitReport costs, beside the bare database.

Reports of 42 KB, each of another unit, filed with the real service over plaintext
gRPC with a token; the load generator shares the machine. Beside it, in turn, the
bare database with the same bytes (bench-bare-store). Ratios are medians over
neighbouring runs with their spread: on a machine that others use, only they mean
anything. Nothing is scored meanwhile (--outbox_in_flight=0) but in the part that
says so.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from figures import spread, start, table

BIN = os.path.abspath(sys.argv[1])
PARTS = sys.argv[2:] or ["load", "ratio", "slow_sync", "half_load", "scored", "memory", "rows"]
PAIRS = 5
WINDOW = float(os.environ.get("JIXIAO_BENCH_WINDOW", "4"))  # seconds of one run
IDENTITY = """identities {
  subject: "system/budget"
  title: "load"
  grants { role: ROLE_BUDGET_SYSTEM subtree: "430000" }
}
"""


class Talker:
    """A program that answers each line with a line of JSON."""

    def __init__(self, *words):
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.process.args[0]} ended: {self.process.wait()}")
        return json.loads(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Postgres:
    """A server of one's own, durable as it is by default."""

    def __init__(self, folder, **environment):
        self.data, self.port = f"{folder}/pg", free_port()
        found = [d for d in sorted(os.listdir("/usr/lib/postgresql"))]
        self.bin = f"/usr/lib/postgresql/{found[-1]}/bin"
        os.makedirs(self.data)
        self.owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.owner:
            shutil.chown(self.data, "postgres")
        subprocess.run([*self.owner, f"{self.bin}/initdb", "-D", self.data, "-U", "bench", "-A", "trust", "-E", "UTF8",
                        "--no-locale"], check=True, stdout=subprocess.DEVNULL)
        self.log = open(f"{folder}/pg.log", "wb")
        self.process = subprocess.Popen(
            [*self.owner, "env", *[f"{k}={v}" for k, v in environment.items()], f"{self.bin}/postgres", "-D", self.data,
             "-p", str(self.port), "-k", self.data, "-c", "listen_addresses=", "-c", "shared_buffers=512MB",
             "-c", "max_wal_size=4GB"], stdout=self.log, stderr=self.log, cwd="/")
        for _ in range(200):
            if subprocess.run([f"{self.bin}/pg_isready", "-q", "-h", self.data, "-p", str(self.port)]).returncode == 0:
                return
            time.sleep(0.05)
        raise SystemExit("PostgreSQL does not start")

    def database(self, name):
        subprocess.run([f"{self.bin}/psql", "-q", "-h", self.data, "-p", str(self.port), "-U", "bench", "postgres",
                        "-c", f"CREATE DATABASE {name} TEMPLATE template0"], check=True)
        return f"postgresql://bench@/{name}?host={self.data}&port={self.port}"

    def close(self):
        # At once: nothing in it is needed any more.
        with open(f"{self.data}/postmaster.pid", encoding="utf-8") as lines:
            os.kill(int(lines.readline()), signal.SIGQUIT)
        self.process.wait(timeout=60)


class Bench:
    """Folders, identities, and intakes with a load generator each."""

    def __init__(self, stack, folder):
        self.stack, self.folder, self.runs = stack, folder, 0
        key = f"{folder}/token.key"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ED25519", "-out", key], check=True,
                       stderr=subprocess.DEVNULL)
        with open(f"{folder}/jwks.json", "wb") as out:
            subprocess.run([f"{BIN}/jixiao", "token", "keys", "--signing-key", key], check=True, stdout=out)
        with open(f"{folder}/identities.textproto", "w", encoding="utf-8") as out:
            out.write(IDENTITY)
        self.token = f"{folder}/token"
        with open(self.token, "wb") as out:
            subprocess.run([f"{BIN}/jixiao", "token", "sign", "--signing-key", key, "system/budget",
                            "--minutes", "720"], check=True, stdout=out)

    def new_folder(self):
        self.runs += 1
        path = f"{self.folder}/{self.runs}"
        os.mkdir(path)
        return path

    def intake(self, store, *flags, preload=()):
        """A running intake and who loads it with reports of 42 KB."""
        folder = self.new_folder()
        words = [f"{BIN}/jixiao-intake", f"--store={store}", "--plaintext", "--listen=127.0.0.1:0",
                 "--metrics_listen=none", "--seasons=optional", "--drain_pause=0s", "--outbox_in_flight=0",
                 f"--identities={self.folder}/identities.textproto", f"--jwks={self.folder}/jwks.json",
                 "--system_submits_per_minute=1000000", "--system_submits_burst=1000000", *flags]
        if preload:
            words = ["env", *preload, *words]
        process, port = start(folder, *words)
        self.stack.callback(stop, process)
        process.port = port
        return process, self.load(process, "full")

    def load(self, process, size):
        self.runs += 1
        talker = Talker(f"{BIN}/bench-filing-load", f"127.0.0.1:{process.port}", str(process.pid), self.token,
                        str(self.runs), size)
        self.stack.callback(talker.close)
        return talker

    def bare(self, kind, where):
        talker = Talker(f"{BIN}/bench-bare-store", kind, where)
        self.stack.callback(talker.close)
        return talker


def stop(process):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def closed(load, in_flight, seconds=None):
    figures = load.ask(f"closed {in_flight} {seconds or WINDOW}")
    return checked(figures)


def checked(figures):
    if figures["failed"]:
        raise SystemExit(f"{figures['failed']} of {figures['count']} calls failed: {figures['first_failure']}")
    return figures


def slow(folder, micros=2000):
    """What preloads the disk whose every flush takes longer."""
    return (f"LD_PRELOAD={BIN}/libfaulty-disk.so", f"FAULTY_DISK_DIR={folder}", f"FAULTY_DISK_SYNC_US={micros}")


class Stores:
    """Both stores with their bare counterpart, each on files of its own."""

    def __init__(self, bench):
        self.bench = bench
        self.postgres = Postgres(bench.new_folder())
        bench.stack.callback(self.postgres.close)

    def new(self, kind, *flags, **more):
        if kind == "SQLite":
            return self.bench.intake(f"sqlite:{self.bench.new_folder()}/intake.db", *flags, **more)
        uri = self.postgres.database(f"intake{self.bench.runs}")
        subprocess.run([f"{BIN}/jixiao-intake", f"--store={uri}", "--migrate", "--plaintext",
                        f"--identities={self.bench.folder}/identities.textproto"], check=True,
                       stderr=subprocess.DEVNULL)
        return self.bench.intake(uri, *flags, **more)

    def new_bare(self, kind):
        if kind == "SQLite":
            return self.bench.bare("sqlite", f"{self.bench.new_folder()}/bare.db")
        return self.bench.bare("postgresql", self.postgres.database(f"bare{self.bench.runs}"))


KINDS = ("SQLite", "PostgreSQL")


def load_table(stores):
    rows = []
    for kind in KINDS:
        _, load = stores.new(kind)
        closed(load, 64, 1)
        for in_flight in (1, 16, 64, 256):
            runs = [closed(load, in_flight) for _ in range(3)]
            rows.append((kind, in_flight, *figures_of(runs)))
    table("SubmitReport, durable, 42 KB, medians of 3",
          ("store", "in flight", "reports/s", "p50 ms", "p99 ms", "intake CPU µs"), rows)


def figures_of(runs):
    return (spread([r["per_second"] for r in runs], 0), spread([r["p50_ms"] for r in runs], 1),
            spread([r["p99_ms"] for r in runs], 1), spread([r["server_cpu_us"] for r in runs], 0))


def ratio(stores):
    rows = []
    for kind, aim in zip(KINDS, ("0.75", "0.85")):
        _, load = stores.new(kind)
        bare = stores.new_bare(kind)
        closed(load, 64, 1), bare.ask("1")
        for in_flight in (64, 256):
            pairs = [(closed(load, in_flight), bare.ask(str(WINDOW))) for _ in range(PAIRS)]
            rows.append((kind, in_flight, spread([b["per_second"] for _, b in pairs], 0),
                         *figures_of([a for a, _ in pairs]),
                         spread([a["per_second"] / b["per_second"] for a, b in pairs]), aim))
    table(f"Beside the bare database, {PAIRS} neighbouring pairs",
          ("store", "in flight", "bare rows/s", "reports/s", "p50 ms", "p99 ms", "intake CPU µs", "ratio", "aim"), rows)


def slow_sync(stores):
    bench = stores.bench
    fast_folder, slow_folder = bench.new_folder(), bench.new_folder()
    _, fast = bench.intake(f"sqlite:{fast_folder}/intake.db")
    _, slowed = bench.intake(f"sqlite:{slow_folder}/intake.db", preload=slow(slow_folder))
    closed(fast, 64, 1), closed(slowed, 256, 1)
    rounds = [(closed(fast, 64), closed(fast, 256), closed(slowed, 64), closed(slowed, 256)) for _ in range(PAIRS)]
    rows = [(name, spread([r[i]["per_second"] for r in rounds], 0), spread([r[i]["p99_ms"] for r in rounds], 1),
             spread([r[i]["per_second"] / r[base]["per_second"] for r in rounds]))
            for i, (name, base) in enumerate((("64 in flight", 0), ("256 in flight", 1),
                                              ("64 in flight, each flush 2 ms slower", 0),
                                              ("256 in flight, each flush 2 ms slower", 1)))]
    rows.append(("256 slowed / 64 not slowed", "", "",
                 spread([r[3]["per_second"] / r[0]["per_second"] for r in rounds])))
    table("SQLite on a slow disk (aim: 0.95 of itself)", ("", "reports/s", "p99 ms", "ratio"), rows)


def half_load(stores):
    rows = []
    for kind in KINDS:
        _, load = stores.new(kind)
        closed(load, 64, 1)
        full = [closed(load, 64)["per_second"] for _ in range(3)]
        half = sorted(full)[1] / 2
        runs = [checked(load.ask(f"open {half:.0f} {3 * WINDOW}")) for _ in range(3)]
        rows.append((kind, f"{half:.0f}", *figures_of(runs), spread([r["max_ms"] for r in runs], 1)))
    table("At half load, arrivals evenly spread, whatever waits (aim: p99 under 50 ms)",
          ("store", "offered/s", "reports/s", "p50 ms", "p99 ms", "intake CPU µs", "slowest ms"), rows)


def scored(stores):
    """With scoring on the same machine."""
    scoring, port = start(stores.bench.new_folder(), f"{BIN}/jixiao-scoring", "--plaintext", "--listen=127.0.0.1:0",
                          "--metrics_listen=none", "--cache=none", "--rulesets=rulesets", "--drain_pause=0s")
    stores.bench.stack.callback(stop, scoring)
    rows = []
    for kind in KINDS:
        _, load = stores.new(kind, "--outbox_in_flight=16", f"--scoring=127.0.0.1:{port}")
        closed(load, 64, 1)
        rows.append((kind, *figures_of([closed(load, 64) for _ in range(PAIRS)])))
    table("Scored meanwhile by a scoring service on the same machine, 64 in flight",
          ("store", "reports/s", "p50 ms", "p99 ms", "intake CPU µs"), rows)


def resident_mb(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    return 0


def memory(stores):
    rows = []
    for kind in KINDS:
        process, load = stores.new(kind)
        filed, marks = 0, []
        while filed < 200_000:
            filed += closed(load, 64, 2)["count"]
            marks.append((filed, resident_mb(process.pid)))
        at = [next(mb for count, mb in marks if count >= wanted) for wanted in (20_000, 50_000, 100_000, 200_000)]
        rows.append((kind, *[f"{mb:.0f}" for mb in at]))
        stop(process)
    table("Resident memory of intake in MB after so many reports of 42 KB",
          ("store", "20,000", "50,000", "100,000", "200,000"), rows)


def fill(bench, process, wanted):
    """Small reports, 50,000 a year, so that a million fit on the disk; each leaves as many rows as a large one."""
    load = bench.load(process, "small")
    filed = 0
    while filed < wanted:
        filed += closed(load, 256, 1 if wanted < 100_000 else 10)["count"]


def rows_stored(stores):
    rows = []
    for kind in KINDS:
        process, many = stores.new(kind)
        fill(stores.bench, process, 1_000_000)
        pairs = []
        for _ in range(PAIRS):
            other, few = stores.new(kind)
            fill(stores.bench, other, 10_000)
            pairs.append((closed(many, 64, 2), closed(few, 64, 2)))
            stop(other)
        rows.append((kind, spread([b["per_second"] for _, b in pairs], 0), spread([a["per_second"] for a, _ in pairs], 0),
                     spread([b["per_second"] / a["per_second"] for a, b in pairs]),
                     spread([a["server_cpu_us"] / b["server_cpu_us"] for a, b in pairs])))
        stop(process)
    table(f"Reports of 42 KB into a store that holds twenty years, 64 in flight, {PAIRS} pairs (aim: cost within 1.10)",
          ("store", "reports/s at 10,000", "at 1,000,000", "time, ratio", "intake CPU, ratio"), rows)


def main():
    started = time.monotonic()
    parts = {"load": load_table, "ratio": ratio, "slow_sync": slow_sync, "half_load": half_load, "scored": scored,
             "memory": memory, "rows": rows_stored}
    for name in PARTS:
        # Each on services and files of its own, which go before the next begins.
        with tempfile.TemporaryDirectory(dir=os.environ.get("JIXIAO_BENCH_DIR")) as folder:
            os.chmod(folder, 0o755)  # the database's user has to reach its folder
            with contextlib.ExitStack() as stack:
                parts[name](Stores(Bench(stack, folder)))
        sys.stdout.flush()
    print(f"\n{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
