#!/usr/bin/env python3
"""Draws sharp-threshold.svg and writes the table of sharp-threshold.md from what is proved.

    docs/studies/sharp-threshold.py      # needs Python 3.8 and nothing else

Theorems are those of docs/theory.md §11. Proofs of single models are the files in FOLDERS and the lines of landscape-proofs.csv.
"""
import csv
import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDERS = [HERE / "proofs", HERE.parent.parent / "checker" / "proofs"]
LAST = 24  # the largest K of the figure
CELL = 24
BENIGN, THEOREM, FILE, UNEQUAL = range(4)
COLOURS = {BENIGN: "#cfe3f5", THEOREM: "#b2432f", FILE: "#e08a3c", UNEQUAL: "#f3dcb1"}
LEGEND = {
    BENIGN: "no spurious minima, for any counts, bias and penalties (§4)",
    THEOREM: "spurious minima with equal class counts and any bias, for suitable penalties (Theorems 1 and 1′)",
    FILE: "spurious minima with equal class counts in a machine-checked file; for other models open",
    UNEQUAL: "spurious minima with unequal class counts and a free bias (Theorem 3); with equal counts open",
}


def models():
    """Yields (K, d, whether the class counts are equal, bias) for each proved spurious minimum of cross-entropy."""
    for path in sorted(path for folder in FOLDERS for path in folder.glob("*.json")):
        proof = json.loads(path.read_text("utf-8"))
        if proof["theorem"] == "spurious-local-minimum" and proof["model"]["loss"] == "cross-entropy":
            model = proof["model"]
            bias = "λ_b = " + model["lambdaB"] if "lambdaB" in model else "free bias" if model["bias"] == "free" else "no bias"
            yield len(model["counts"]), model["d"], len(set(model["counts"])) == 1, bias
    with open(HERE / "landscape-proofs.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["proved"] == "yes":
                yield int(row["classes"]), int(row["d"]), row["counts"] == "10 each", "λ_b = 1/100"


def by_theorem(k, d):
    """Whether Theorem 1′ covers equal counts: d = K − G, G ≥ 2, K ≥ 3G; G = 2 is Theorem 1."""
    return k - d >= 2 and k >= 3 * (k - d)


def state(k, d, files):
    if d >= k - 1:
        return BENIGN
    if by_theorem(k, d):
        return THEOREM
    return FILE if (k, d) in files else UNEQUAL


def svg(files):
    left, top, grid = 56, 16, CELL * (LAST - 2)
    rows = LAST + 1
    height = top + CELL * rows + 52 + 22 * len(LEGEND) + 12
    width = 700
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
           'font-family="sans-serif" font-size="12" fill="#222">', f'<rect width="{width}" height="{height}" fill="#fff"/>']
    for k in range(3, LAST + 1):
        x = left + CELL * (k - 3)
        out.append(f'<text x="{x + CELL / 2:g}" y="{top + CELL * rows + 16}" text-anchor="middle">{k}</text>')
        for d in range(1, rows + 1):
            if d <= k + 1:
                y = top + CELL * (rows - d)
                which = state(k, d, files)
                out.append(f'<rect x="{x}" y="{y}" width="{CELL - 1}" height="{CELL - 1}" fill="{COLOURS[which]}">'
                           f"<title>K = {k}, d = {d}: {LEGEND[which]}</title></rect>")
    for d in range(1, rows + 1):
        out.append(f'<text x="{left - 8}" y="{top + CELL * (rows - d) + 16}" text-anchor="end">{d}</text>')
    steps = f"v-{CELL}".join(f"h{CELL}" for _ in range(3, LAST + 1))
    out.append(f'<path d="M{left - .5} {top + CELL * (rows - 1) - .5}{steps}" fill="none" stroke="#111" stroke-width="2"/>')
    x, y = left + CELL * 9, top + CELL * (rows - 12)
    out.append(f'<text x="{x}" y="{y}" text-anchor="end" font-weight="bold">above the line: d ≥ K − 1</text>')
    out.append(f'<text x="{left + grid / 2:g}" y="{top + CELL * rows + 36}" text-anchor="middle">number of classes K</text>')
    middle = top + CELL * rows / 2
    out.append(f'<text x="14" y="{middle:g}" text-anchor="middle" transform="rotate(-90 14 {middle:g})">feature dimension d</text>')
    for i, (which, text) in enumerate(LEGEND.items()):
        y = top + CELL * rows + 52 + 22 * i
        out.append(f'<rect x="{left}" y="{y}" width="16" height="16" fill="{COLOURS[which]}"/>')
        out.append(f'<text x="{left + 24}" y="{y + 13}">{text}</text>')
    return "\n".join(out) + "\n</svg>\n"


def dimensions(numbers):
    return ", ".join(map(str, sorted(numbers))) or "–"


def table(proved):
    lines = ["| K | equal counts, by theorem (any bias) | equal counts, by files | equal counts, open | unequal counts, by files |",
             "|---|---|---|---|---|"]
    for k in range(3, 13):
        below = range(1, k - 1)
        theorem = [d for d in below if by_theorem(k, d)]
        biases = {}
        for classes, d, equal, bias in proved:
            if classes == k and equal:
                biases.setdefault(bias, set()).add(d)
        files = "; ".join(f"{dimensions(ds)} ({bias})" for bias, ds in sorted(biases.items())) or "–"
        found = set().union(*biases.values())
        open_ones = [d for d in below if d not in theorem and d not in found]
        unequal = {d for classes, d, equal, _ in proved if classes == k and not equal}
        lines.append(f"| {k} | {dimensions(theorem)} | {files} | {dimensions(open_ones)} | {dimensions(unequal)} |")
    return "\n".join(lines)


def main():
    proved = sorted(set(models()))
    (HERE / "sharp-threshold.svg").write_text(svg({(k, d) for k, d, equal, _ in proved if equal}), encoding="utf-8")
    page = HERE / "sharp-threshold.md"
    before, _, rest = page.read_text("utf-8").partition("<!-- table -->\n")
    _, _, after = rest.partition("<!-- end of table -->\n")
    page.write_text(f"{before}<!-- table -->\n{table(proved)}\n<!-- end of table -->\n{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
