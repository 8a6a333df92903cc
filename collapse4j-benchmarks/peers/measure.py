#!/usr/bin/env python3
"""Runs a command several times: reports seconds, peak memory, and the load by other processes.

    python3 measure.py [-n RUNS] [--quiet SHARE] [--patience SECONDS] -- COMMAND...

`others` is the share of all cores that processes outside the command used while it ran (with what a hypervisor
withheld). A run counts only if that is at most SHARE; others are repeated, and shown, until PATIENCE is used up.
Linux only.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

TICK = os.sysconf("SC_CLK_TCK")
CORES = os.cpu_count()


def busy_seconds():
    """CPU seconds of the whole machine that were neither idle nor waiting, and those stolen by the hypervisor."""
    with open("/proc/stat") as stat:
        fields = [int(x) for x in stat.readline().split()[1:]]
    user, nice, system, _, _, irq, softirq, steal = fields[:8]
    return (user + nice + system + irq + softirq + steal) / TICK


def wait_until_quiet(share, deadline, window=1.0):
    """Returns once the machine has been quiet for a window, or at the deadline."""
    while time.monotonic() < deadline:
        before = busy_seconds()
        time.sleep(window)
        if busy_seconds() - before <= share * CORES * window:
            return


def run(command, output=subprocess.DEVNULL, environment=None):
    """Runs a command once: (wall seconds, CPU seconds, peak MiB, share of the cores that others used)."""
    before = busy_seconds()
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=output, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} ended with code {process.returncode}")
    cpu = usage.ru_utime + usage.ru_stime
    others = max(0.0, busy_seconds() - before - cpu) / (CORES * wall)
    return wall, cpu, usage.ru_maxrss / 1024, others


def run_quietly(command, share, patience, environment=None):
    """Runs a command until one run was quiet or the patience is used up: the quietest run, and what it printed."""
    deadline = time.monotonic() + patience
    best, printed = None, b""
    while best is None or (best[3] > share and time.monotonic() < deadline):
        wait_until_quiet(share, deadline)
        with tempfile.TemporaryFile() as written:
            found = run(command, written, environment)
            if best is None or found[3] < best[3]:
                written.seek(0)
                best, printed = found, written.read()
    return best, printed.decode()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=5)
    parser.add_argument("--quiet", type=float, default=0.1)
    parser.add_argument("--patience", type=float, default=600)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    command = arguments.command[1:] if arguments.command[:1] == ["--"] else arguments.command
    deadline = time.monotonic() + arguments.patience
    good = []
    while len(good) < arguments.n and time.monotonic() < deadline:
        wait_until_quiet(arguments.quiet, deadline)
        wall, cpu, peak, others = run(command)
        counts = others <= arguments.quiet
        print(f"{wall:8.2f} s  {cpu:8.2f} s CPU  {peak:7.0f} MiB  others {others:4.0%}"
              + ("" if counts else "  (too busy)"), flush=True)
        if counts:
            good.append((wall, peak))
    if not good:
        sys.exit("no quiet run")
    walls = [wall for wall, _ in good]
    print(f"min {min(walls):.2f}  median {statistics.median(walls):.2f}  max {max(walls):.2f} s of {len(walls)} runs, "
          f"peak {max(peak for _, peak in good):.0f} MiB")


if __name__ == "__main__":
    main()
