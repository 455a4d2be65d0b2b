#!/usr/bin/env python3
"""What grows: CPU seconds and memory of the program at n, 2n and 4n of one thing, as rows of a table.

    tests/growth/measure.py PROGRAM [--only NAME,NAME] [--limit SECONDS] [--command check]

The last column is the power of n by which CPU time grew in the last doubling, once it is more than a moment: 1 is linear. "told" is a
fault that the program tells, a bound among them. Nothing is judged here: a clock is no test. What must hold is counted in steps, in `tests/suite/growth.rs`.
"""

import argparse
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile

from cases import CASES

# What starting the program and building a small dossier takes: no growth is read out of less.
MOMENT = 0.25


def run(program, folder, words, limit):
    """CPU seconds, MiB, and how it ended."""
    command = [program, words[0], *words[1:], "--root", folder]
    bounds = lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
    with open(os.path.join(folder, ".log"), "wb") as log:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=bounds)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    end = {0: "", 1: " told"}.get(child.returncode, f" ended by signal {-child.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, end


def measure(program, make, first, limit, command):
    found = []
    for factor in (1, 2, 4):
        folder = tempfile.mkdtemp(prefix="growth-")
        try:
            words = make(folder, first * factor) or [command]
            found.append(run(program, folder, words, limit))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if "signal" in found[-1][2]:
            break
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--only", default="")
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--command", default="build")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    print("| what grows | n | CPU s at n, 2n, 4n | MiB at n, 2n, 4n | power |\n|---|---|---|---|---|")
    for name, first, unit, make in CASES:
        if options.only and name not in options.only.split(","):
            continue
        found = measure(program, make, first, options.limit, options.command)
        seconds = ", ".join(f"{s:.2f}{end}" for s, _, end in found)
        mebibytes = ", ".join(f"{m:.0f}" for _, m, _ in found)
        grown = len(found) == 3 and found[2][0] > MOMENT
        power = f"{math.log2(found[2][0] / max(found[1][0], 0.01)):.1f}" if grown else ""
        print(f"| {name} | {first} {unit} | {seconds} | {mebibytes} | {power} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
