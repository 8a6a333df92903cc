#!/usr/bin/env python3
"""Prints the table of docs/benchmarks.md for this machine, in ten minutes: whole processes, floors, and the peer.

    python3 collapse4j-benchmarks/peers/table.py [--package DIR] [--runs 3] [--scaling FILE.svg] [--record] [DATA]

DATA (default: target/benchmark-data, 3.5 GB) gets the generated features; --package is the folder of the Python package
neural_collapse, without which its column stays empty. Ratios of seconds to floor are compared with baseline.json, which
--record rewrites. --scaling draws time against N, d, K and threads. Linux only; needs NumPy, and PyTorch for the peer.
"""
import argparse
import json
import os
import re
import statistics
import subprocess
import sys

from measure import run

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BASELINE = os.path.join(ROOT, "collapse4j-benchmarks", "baseline.json")
JAR = os.path.join(ROOT, "collapse4j-benchmarks", "target", "benchmarks.jar")
LAYER = os.path.join(ROOT, "collapse4j-cli/src/test/resources/fixtures/mnist10k-ce-d64")
THREADS = len(os.sched_getaffinity(0))
BATCHES = "4096,16384,65536"
# Slows every OpenBLAS where it is set, the peer's and ours.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "OPENBLAS_CORETYPE"}

# name, N, d, K, spread within classes, first count over last, commands
DATA = [
    ("200,000 × 512, K = 100", 200_000, 512, 100, 0.5, 1, ("measure", "certify")),
    ("the same, spread 1.5", 200_000, 512, 100, 1.5, 1, ("measure",)),
    ("500,000 × 512, K = 10", 500_000, 512, 10, 0.5, 1, ("measure",)),
    ("50,000 × 2048, K = 1000", 50_000, 2048, 1000, 0.5, 1, ("measure", "certify")),
    ("200,000 × 512, K = 100, spread 3", 200_000, 512, 100, 3, 1, ("measure",)),
    ("the same, collapsed (spread 0.001)", 200_000, 512, 100, 0.001, 1, ("measure",)),
    ("the same, long-tailed 100 : 1, spread 1", 200_000, 512, 100, 1, 100, ("measure",)),
]
OTHERS = [
    ("solve, K = 1000, 1280:5, gap 1e-8", "solve --classes 1000 --long-tail 1280:5 --lambda-w 5e-4 --lambda-h 1e-7"
     " --lambda-b 0.01 --gap 1e-8"),
    ("measure, real features, 8000 × 64, K = 10", f"measure {LAYER}/epoch150/features.npy {LAYER}/labels.npy"
     f" --weights {LAYER}/epoch150/weights.npy --bias {LAYER}/epoch150/bias.npy"),
    ("certify, the same", f"certify {LAYER}/epoch150/features.npy {LAYER}/labels.npy"
     f" --weights {LAYER}/epoch150/weights.npy --bias {LAYER}/epoch150/bias.npy"),
    ("certify, the bundled layer", "certify"),
    ("--version", "--version"),
]


def generate(data, n, d, classes, spread, tail=1):
    """Returns the folder, written unless it is there."""
    folder = f"{data}/{n}x{d}-{classes}-{spread}" + (f"-{tail}" if tail > 1 else "")
    if not os.path.exists(folder + "/bias.npy"):
        from neural_collapse_measure import generate as write
        print(f"generating {folder} …", file=sys.stderr, flush=True)
        write(folder, n, d, classes, spread, tail)
    for name in ("features", "labels"):  # into the page cache
        with open(f"{folder}/{name}.npy", "rb") as file:
            while file.read(1 << 24):
                pass
    return folder


def arguments_of(command, folder):
    return [command, f"{folder}/features.npy", f"{folder}/labels.npy", "--weights", f"{folder}/weights.npy",
            "--bias", f"{folder}/bias.npy", "--json", "-"]


def seconds_of(arguments, runs):
    """Median of the wall seconds, peak MiB, and the largest share of the cores that others used."""
    found = [run([ROOT + "/collapse4j"] + arguments, environment=ENVIRONMENT) for _ in range(runs)]
    return statistics.median(f[0] for f in found), max(f[2] for f in found), max(f[3] for f in found)


def peaks(file, shapes):
    """GB/s of reading, and GFLOP/s in double and single precision for each shape."""
    printed = subprocess.run(
        ["java", "-XX:+UseSerialGC", f"-Djava.util.concurrent.ForkJoinPool.common.parallelism={THREADS}", "-cp", JAR,
         "io.github.collapse4j.benchmarks.Floors", file, str(THREADS)] + shapes,
        check=True, capture_output=True, text=True, env=ENVIRONMENT).stdout
    return {line.split()[0]: [float(x) for x in line.split()[1:]] for line in printed.splitlines()}


def shape(d, classes):
    return f"{classes},{d},128"


def floor(command, n, d, classes, spread, peak):
    """Reading the features and the products that cannot be avoided, at the peak of their precision."""
    double, single = (1e9 * x for x in peak[shape(d, classes)])
    passes = 1 if command == "certify" else 2
    reading = passes * 4 * n * d / (1e9 * peak["read"][0])
    if command == "certify":  # logits, gradient by W; its Gram matrix, what the head sees
        return reading + (2 * 2 * n * d * classes + 3 * n * classes ** 2) / double
    scores = 2 * n * d * 2 * classes / single if spread > 0.5 else 0
    return reading + 2 * n * d * (classes - 1) / double + scores


def peer(package, folder):
    printed = subprocess.run(
        [sys.executable, os.path.join(os.path.dirname(__file__), "neural_collapse_measure.py"), "--package", package,
         "--threads", str(THREADS), "--batches", BATCHES, folder],
        check=True, capture_output=True, text=True, env=ENVIRONMENT).stdout
    best, batch = re.search(r"best ([0-9.]+) s with batches of ([0-9]+)", printed).groups()
    process = run([sys.executable, os.path.join(os.path.dirname(__file__), "neural_collapse_measure.py"), "--package", package,
                   "--threads", str(THREADS), "--batches", batch, "--svd", folder], environment=ENVIRONMENT)[0]
    return float(best), process


def warm(folder):
    """The best of five repetitions inside one JVM, from the first batch to the last metric."""
    printed = subprocess.run(
        ["java", "-XX:+UseSerialGC", "-cp", JAR, "io.github.collapse4j.benchmarks.MeasureFiles", folder, str(THREADS), "5"],
        check=True, capture_output=True, text=True, env=ENVIRONMENT).stdout
    return min(float(line.split()[0]) for line in printed.splitlines())


def table(data, package, runs, record):
    baseline = json.load(open(BASELINE)) if os.path.exists(BASELINE) else {}
    ratios, rows = {}, []
    folders = [generate(data, *case[1:6]) for case in DATA]
    peak = peaks(folders[0] + "/features.npy", sorted({shape(d, k) for _, _, d, k, *_ in DATA}))
    print("reading %.1f GB/s; products (GFLOP/s in double, single): " % peak["read"][0]
          + "; ".join(f"{k} columns of {v} {peak[shape(v, k)][0]:.0f}, {peak[shape(v, k)][1]:.0f}"
                      for v, k in sorted({(d, k) for _, _, d, k, *_ in DATA})) + "\n")
    print("| what | seconds | floor | seconds/floor | baseline | peer's process | warm | peer, best batch | peer/warm | peak MiB | others |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for (name, n, d, classes, spread, _, commands), folder in zip(DATA, folders):
        for command in commands:
            least = floor(command, n, d, classes, spread, peak)
            seconds, memory, others = seconds_of(arguments_of(command, folder), runs)
            inside = warm(folder) if command == "measure" else None
            theirs = peer(package, folder) if package and inside else None
            rows.append(row(f"{command}, {name}", seconds, least, baseline, inside, theirs, memory, others, ratios))
    if package:
        took = statistics.median(run([sys.executable, "-c", "import torch"], environment=ENVIRONMENT)[0] for _ in range(2 * runs))
        print(f"| the peer's start: import torch | {took:.2f} | | | | | | | | | |")
    start = seconds_of(["--version"], 2 * runs)[0]
    for name, arguments in OTHERS:
        seconds, memory, others = seconds_of(arguments.split(), runs)
        rows.append(row(name, seconds, start, baseline, None, None, memory, others, ratios))
    worse = [f"{name}: {ratio:.1f} times the floor, {baseline[name]:.1f} in the baseline"
             for name, ratio in ratios.items() if name in baseline and ratio > 1.3 * baseline[name]]
    print("\nThe floor of the last rows is --version. " + ("Slower than the baseline: " + "; ".join(worse) if worse
                                                            else "Nothing is slower than the baseline."))
    if record:
        with open(BASELINE, "w") as file:
            json.dump({k: round(v, 2) for k, v in ratios.items()}, file, indent=1, ensure_ascii=False)
            file.write("\n")


def row(name, seconds, least, baseline, inside, theirs, memory, others, ratios):
    ratios[name] = seconds / least
    was = f"{baseline[name]:.1f}" if name in baseline else "–"
    process = f"{theirs[1]:.2f}" if theirs else "–"
    print(f"| {name} | {seconds:.2f} | {least:.2f} | {seconds / least:.1f} | {was} | {process} | "
          + (f"{inside:.2f}" if inside else "–") + " | "
          + (f"{theirs[0]:.2f} | {theirs[0] / inside:.1f}" if theirs else "– | –") + f" | {memory:.0f} | {others:.0%} |", flush=True)
    return name


def scaling(data, file, runs):
    """Whole processes of measure: one quantity varies, the others stay at N = 100,000, d = 256, K = 50, all threads."""
    usual = {"N": 100_000, "d": 256, "K": 50, "threads": THREADS}
    varied = {"N": [25_000, 50_000, 100_000, 200_000], "d": [64, 128, 256, 512], "K": [10, 50, 250, 1000],
              "threads": list(range(1, THREADS + 1))}
    series = {}
    for quantity, values in varied.items():
        points = []
        for value in values:
            at = dict(usual, **{quantity: value})
            folder = generate(data, at["N"], at["d"], at["K"], 0.5)
            seconds, memory, _ = seconds_of(arguments_of("measure", folder) + ["--threads", str(at["threads"])], runs)
            points.append((value, seconds, f"{memory:.0f} M"))
            print(f"{quantity} = {value}: {seconds:.2f} s, {memory:.0f} MiB", flush=True)
        series[quantity] = points
    with open(file, "w") as svg:
        svg.write(drawing([
            ("measure, whole processes; N = 100,000, d = 256, K = 50 and all threads where nothing else is said; MiB", series),
            ("Spark, local[2], both passes and merging; N = 100,000, d = 64, K = 50, 16 partitions; bytes of a state", spark())]))


def spark():
    """The table of growth.sh in docs/spark.md: one quantity varies at a time."""
    with open(os.path.join(ROOT, "docs", "spark.md")) as page:
        rows = re.findall(r"^\|((?: [0-9,.+ ]+ \|)+)$", page.read().split("<!-- growth -->")[1].split("<!-- end -->")[0], re.M)
    usual, series = (100_000, 64, 50, 16), {name: [] for name in ("N", "d", "K", "partitions")}
    for cells in ([cell.replace(",", "").strip() for cell in row.split("|")[:-1]] for row in rows):
        at = tuple(map(int, cells[:4]))
        state = max(map(int, cells[7].split("+")))
        for i, name in enumerate(series):
            if at[:i] + at[i + 1:] == usual[:i] + usual[i + 1:]:
                series[name].append((at[i], sum(map(float, cells[4:7])), f"{short(state)}B"))
    return {name: sorted(points) for name, points in series.items()}


def short(number):
    return f"{number / 1e6:.1f} M" if number >= 1e6 else f"{number / 1000:.0f} k" if number >= 10_000 else f"{number:,}"


def drawing(rows):
    """A row of panels for each title and its series: bars of seconds, with a note below each; plain SVG."""
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 {240 * len(rows)}" font-family="sans-serif" font-size="11">',
             "<title>Seconds and memory against the number of samples, dimensions, classes, threads and partitions</title>",
             f'<rect width="800" height="{240 * len(rows)}" fill="white"/>']
    for row, (title, series) in enumerate(rows):
        top = 240 * row
        most = max(seconds for points in series.values() for _, seconds, _ in points)
        parts.append(f'<text x="15" y="{top + 18}" font-weight="bold">{title}</text>')
        for panel, (quantity, points) in enumerate(series.items()):
            left = 15 + 197 * panel
            width = 180 / len(points)
            parts.append(f'<text x="{left}" y="{top + 36}">{quantity}</text>')
            for i, (value, seconds, note) in enumerate(points):
                x, height = left + width * i, 140 * seconds / most
                middle = x + width / 2 - 2
                parts.append(f'<rect x="{x:.1f}" y="{top + 198 - height:.1f}" width="{width - 4:.1f}" height="{height:.1f}"'
                             ' fill="#4477aa"/>')
                parts.append(f'<text x="{middle:.1f}" y="{top + 194 - height:.1f}" text-anchor="middle">{seconds:.2f} s</text>')
                parts.append(f'<text x="{middle:.1f}" y="{top + 213}" text-anchor="middle">{short(value)}</text>')
                parts.append(f'<text x="{middle:.1f}" y="{top + 228}" text-anchor="middle" fill="#666">{note}</text>')
    return "\n".join(parts) + "\n</svg>\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--scaling")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("data", nargs="?", default=os.path.join(ROOT, "target", "benchmark-data"))
    arguments = parser.parse_args()
    if not os.path.exists(JAR):
        sys.exit("build it first: mvn -Dfast -Dmaven.test.skip=true -Pbenchmark-jar -pl collapse4j-benchmarks -am package")
    subprocess.run([ROOT + "/collapse4j", "--version"], check=True, stdout=subprocess.DEVNULL)  # builds it
    if arguments.scaling:
        scaling(arguments.data, arguments.scaling, arguments.runs)
    else:
        table(arguments.data, arguments.package, arguments.runs, arguments.record)


if __name__ == "__main__":
    main()
