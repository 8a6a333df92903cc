#!/usr/bin/env python3
"""Runs the study of relu.md, or continues it, writes relu.svg and prints its tables.

    docs/studies/relu.py FOLDER   # JSON files go to FOLDER; about ten minutes on one core; needs Python 3.8, nothing else
"""
import argparse
import json
import os
import statistics
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM = HERE.parent.parent / "collapse4j"
DATA = {"balanced": ["--epochs", "40"], "long-tailed": ["--epochs", "80", "--long-tail", "139:10"]}
DIGITS = (10, 20, 80)
MODELS = {"equal": ["--classes=10", "--per-class=50"], "unequal": ["--classes=10", "--long-tail=139:10"]}
COLOURS = {"free": "#4477aa", "nonnegative": "#cc6677"}
NAMES = {"free": "free features", "nonnegative": "after a ReLU"}


def run(file, *arguments):
    """The JSON of a command; results already in the folder are not recomputed."""
    if not file.exists():
        subprocess.run([PROGRAM, *arguments, "--json", file], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "JAVA_OPTS": "-XX:ActiveProcessorCount=1"})
    return json.loads(file.read_text("utf-8"))


def networks(folder):
    """Yields (data, features, d, the last figures of each seed)."""
    for data, options in DATA.items():
        for features in NAMES:
            result = run(folder / f"{data}-{features}.json", "train", "--features", features, "--dims",
                         ",".join(map(str, DIGITS)), "--heads", "learned", "--seeds", "0,1,2", "--no-bias", *options)
            for d in DIGITS:
                yield data, features, d, [n["final"] for n in result["networks"] if n["featureDimension"] == d]


def hunts(folder):
    """Yields (counts, d, starts, minima)."""
    for counts, options in MODELS.items():
        for d in DIGITS:
            result = run(folder / f"hunt-{counts}-{d}.json", "landscape", "--features", "nonnegative", *options, "--loss", "ce",
                         "--no-bias", "--dim", f"{d}:{d}", "--starts", "100")
            yield counts, d, result["models"][0]["starts"], result["models"][0]["minima"]


def percents(values):
    return f"{100 * min(values):.1f}–{100 * max(values):.1f} %"


def network_row(data, features, d, finals):
    def all_of(name):
        return [final[name] for final in finals]

    dead = sum(final.get("deadClasses", 0) for final in finals)
    free = percents(all_of("relativeGapWithoutReLU")) if features == "nonnegative" else "–"
    return [data, NAMES[features], d, f"{100 * statistics.mean(all_of('testAccuracy')):.1f} %",
            f"{min(all_of('nc1')):.2g}–{max(all_of('nc1')):.2g}", percents(all_of("relativeGap")), free, dead]


def hunt_row(counts, d, starts, minima):
    def share(wanted):
        return f"{100 * sum(m['starts'] for m in minima if wanted(m)) / starts:.0f} %"

    return [counts, d, share(lambda m: m["verdict"] == "GlobalMinimum"), share(lambda m: m["deadClasses"]),
            share(lambda m: m["verdict"] == "SpuriousLocalMinimum" and not m["deadClasses"]), len(minima)]


def svg(rows):
    """The certified gap of every network: one panel per data, a dot per seed."""
    width, height, left, top = 640, 300, 52, 34
    panel = (width - left - 20) / 2
    largest = max(final["relativeGap"] for _, _, _, finals in rows for final in finals) * 1.08
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
           f'<rect width="{width}" height="{height}" fill="#fff"/>']
    bottom = height - 66

    def y(gap):
        return bottom - (bottom - top) * gap / largest

    for percent in range(0, int(100 * largest) + 1, 10):
        out.append(f'<path d="M{left} {y(percent / 100):.1f}H{width - 10}" stroke="#ddd"/>')
        out.append(f'<text x="{left - 6}" y="{y(percent / 100) + 4:.1f}" text-anchor="end">{percent} %</text>')
    for i, data in enumerate(DATA):
        x0 = left + i * (panel + 10)
        out.append(f'<text x="{x0 + panel / 2:.1f}" y="20" text-anchor="middle" font-weight="bold">{data} digits</text>')
        for j, d in enumerate(DIGITS):
            x = x0 + panel * (j + 0.5) / len(DIGITS)
            out.append(f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">d = {d // 10 if d > 10 else ""}K</text>')
            for of, features, width_of, finals in rows:
                if of == data and width_of == d:
                    shift = -14 if features == "free" else 14
                    for seed, final in enumerate(finals):
                        out.append(f'<circle cx="{x + shift + 5 * (seed - 1):.1f}" cy="{y(final["relativeGap"]):.1f}" r="4"'
                                   f' fill="{COLOURS[features]}"><title>d = {d}, {NAMES[features]}, seed {seed}:'
                                   f' {100 * final["relativeGap"]:.1f} %</title></circle>')
    for i, features in enumerate(NAMES):
        out.append(f'<circle cx="{left + 8 + 130 * i}" cy="{height - 18}" r="5" fill="{COLOURS[features]}"/>')
        out.append(f'<text x="{left + 18 + 130 * i}" y="{height - 14}">{NAMES[features]}</text>')
    out.append(f'<text x="{width - 10}" y="{height - 14}" text-anchor="end">certified gap to what such features can attain</text>')
    return "\n".join(out) + "\n</svg>\n"


def table(head, rows):
    print("| " + " | ".join(head) + " |\n" + "|---" * len(head) + "|")
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |", flush=True)


def main():
    parser = argparse.ArgumentParser(description="Runs the study of relu.md, or continues it, and prints its tables.")
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="where JSON files go")
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    rows = list(networks(folder))
    (HERE / "relu.svg").write_text(svg(rows), encoding="utf-8")
    table(["digits", "features", "d", "test accuracy", "NC1", "certified gap", "gap without a ReLU", "dead classes"],
          [network_row(*row) for row in rows])
    print()
    table(["counts", "d", "global minimum", "dead classes", "other spurious minima", "values"],
          [hunt_row(*row) for row in hunts(folder)])


if __name__ == "__main__":
    main()
