#!/usr/bin/env python3
"""Proves the spurious minima of landscape-minima.csv, or continues, and writes landscape-proofs.csv.

    docs/studies/landscape-proofs.py FOLDER      # proof files, journals and JSON files go to FOLDER; needs Python 3.8 and nothing else

Repeats the hunts of landscape.py for cross-entropy with --prove, one after the other; those already in FOLDER are not repeated, and a
killed one resumes from its journal. Each minimum of the catalogue is then listed as proved, with the numbers of its theorem, or with the
reason why it is not.
"""
import argparse
import csv
import json
import subprocess
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM = HERE.parent.parent / "collapse4j"
OPTIONS = {"10 each": ["--per-class", "10"], "50 to 5": ["--long-tail", "50:5"]}
SAME = 5e-10  # relative distance of values; minima of the catalogue are at least twice as far apart
NUMBERS = ["distanceAtMost", "eigenvaluesAtLeast", "valueAtLeast", "marginAtLeast"]
COLUMNS = ["classes", "counts", "d", "mu", "objective", "proved", *NUMBERS, "reason"]


def minima(folder, classes, counts):
    """The local minima of one hunt, in the form of the JSON of `landscape`."""
    name = "-".join([classes, *counts.split()])
    result = folder / f"{name}.json"
    if not result.exists():
        command = ["landscape", "--loss", "ce", "--classes", classes, *OPTIONS[counts], "--dim", f"2:{int(classes) + 2}", "--starts",
                   "70", "--seed", "1", "--resume", folder / f"{name}.journal", "--prove", folder / name, "--json", result]
        subprocess.run([PROGRAM, *command], check=True, stdout=subprocess.DEVNULL)
    # Decimals, as bounds that are rounded again may no longer hold.
    return json.loads(result.read_text(), parse_float=Decimal)["models"][0]["hunt"]["localMinima"]


def match(row, found):
    """The minimum of a row of the catalogue, or None."""
    distance = lambda m: abs(float(m["objective"]) - float(row["objective"]))
    near = [m for m in found if m["d"] == int(row["d"]) and abs(float(m["lambda"]) / float(row["mu"]) - 1) < 1e-9]
    best = min(near, key=distance, default=None)
    return best if best and distance(best) <= SAME * float(row["objective"]) else None


def line(row, minimum):
    result = {key: row[key] for key in COLUMNS if key in row}
    if minimum is None:
        return {**result, "proved": "no", "reason": "not found again"}
    if "proof" not in minimum:
        return {**result, "proved": "no", "reason": minimum.get("notProved", "not attempted")}
    return {**result, "proved": "yes", **{key: f"{minimum['proof'][key]:g}" for key in NUMBERS}}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="where proofs, journals and JSON files go")
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with open(HERE / "landscape-minima.csv", newline="", encoding="utf-8") as file:
        catalogue = [row for row in csv.DictReader(file) if row["verdict"] == "SpuriousLocalMinimum"]
    lines = []
    for classes, counts in dict.fromkeys((row["classes"], row["counts"]) for row in catalogue):
        rows = [row for row in catalogue if (row["classes"], row["counts"]) == (classes, counts)]
        found = minima(folder, classes, counts)
        done = [line(row, match(row, found)) for row in rows]
        lines += done
        proved = sum(one["proved"] == "yes" for one in done)
        print(f"K = {classes}, {counts}: {proved} of {len(rows)} proved; in all {len(lines)} of {len(catalogue)} done", flush=True)
    with open(HERE / "landscape-proofs.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


if __name__ == "__main__":
    main()
