#!/usr/bin/env python3
"""Runs the study of training.md, or continues it, and prints its table.

    docs/studies/training.py DATA FOLDER   # DATA as for train --data; JSON files go to FOLDER; needs Python 3.8, nothing else
"""
import argparse
import json
import os
import statistics
import subprocess
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent.parent / "collapse4j"
LOSSES = {"ce": [], "mse": ["--optimizer", "adam", "--rate", "0.003"]}
COLUMNS = ["loss", "d", "head", "test accuracy", "train accuracy", "NC1", "NC2", "NC3", "σ_max/μ", "certified gap",
           "trained in the head", "peak memory", "ms per step"]


def networks(data, folder):
    """Yields (loss, d, head, trainings) in order; results already in the folder are not recomputed."""
    for loss, options in LOSSES.items():
        for d in (9, 10, 64, 512):
            for head in ("learned", "etf"):
                result = folder / f"{loss}-{d}-{head}.json"
                if not result.exists():
                    subprocess.run(
                        [PROGRAM, "train", "--data", data, "--dims", str(d), "--heads", head, "--loss", loss, "--seeds", "0,1,2",
                         "--epochs", "30", "--json", result, *options],
                        check=True, stdout=subprocess.DEVNULL, env={**os.environ, "JAVA_OPTS": "-XX:ActiveProcessorCount=1"})
                yield loss, d, head, json.loads(result.read_text())["networks"]


def row(loss, d, head, trained):
    """Means ± deviations of accuracies, medians of the rest, the fastest step, the peak of the first."""
    def last(name):
        return [network["final"][name] for network in trained]

    def median(name):
        return f"{statistics.median(last(name)):.2g}"

    test = [100 * accuracy for accuracy in last("testAccuracy")]
    costs = [network["costs"] for network in trained]
    return [loss, d, head, f"{statistics.mean(test):.2f} ± {statistics.stdev(test):.2f} %",
            f"{100 * statistics.mean(last('accuracy')):.2f} %", median("nc1"), median("nc2"), median("nc3"),
            median("sigmaOverMu"), f"{100 * statistics.median(last('relativeGap')):.2f} %", costs[0]["headTrained"],
            f"{costs[0]['peakBytes'] / 2 ** 20:.0f} MiB", f"{min(c['millisPerStep'] for c in costs):.1f}"]


def arguments():
    parser = argparse.ArgumentParser(description="Runs the study of training.md, or continues it, and prints its table.")
    parser.add_argument("data", metavar="DATA", help="as for train --data")
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="where JSON files go")
    return parser.parse_args()


def main():
    given = arguments()
    folder = given.folder
    folder.mkdir(parents=True, exist_ok=True)
    print("| " + " | ".join(COLUMNS) + " |\n" + "|---" * len(COLUMNS) + "|")
    for entry in networks(given.data, folder):
        print("| " + " | ".join(map(str, row(*entry))) + " |", flush=True)


if __name__ == "__main__":
    main()
