"""What the benchmark scripts share: services started and waited for, figures printed."""

import json
import os
import statistics
import subprocess
import time


def spread(values, digits=2):
    return f"{statistics.median(values):.{digits}f} [{min(values):.{digits}f}–{max(values):.{digits}f}]"


def table(title, head, rows):
    print(f"\n{title}\n")
    widths = [max(len(str(row[i])) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows]:
        cells = [str(cell).ljust(w) if i == 0 else str(cell).rjust(w) for i, (cell, w) in enumerate(zip(row, widths))]
        print("  " + "  ".join(cells).rstrip())


def start(folder, *words):
    """A service; its output goes to a file, because nobody reads a pipe while it is under load."""
    output = f"{folder}/{os.path.basename(words[0])}.log"
    with open(output, "wb") as out:
        process = subprocess.Popen(words, stdout=out, stderr=subprocess.STDOUT)
    for _ in range(200):
        with open(output, encoding="utf-8") as lines:
            for line in lines:
                if line.endswith("\n") and '"event":"serving"' in line:
                    return process, json.loads(line)["port"]
        if process.poll() is not None:
            break
        time.sleep(0.1)
    process.kill()
    with open(output, encoding="utf-8", errors="replace") as text:
        raise SystemExit(f"{words[0]} does not serve: {text.read()[-2000:]}")
