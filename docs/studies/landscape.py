#!/usr/bin/env python3
"""Runs the study of landscape.md, or continues it, and writes its table and its catalogue of minima.

    docs/studies/landscape.py FOLDER      # journals and JSON files go to FOLDER; needs Python 3.8 and nothing else
"""
import argparse
import csv
import io
import json
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM = HERE.parent.parent / "collapse4j"
COUNTS = {"10 each": ["--per-class", "10"], "50 to 5": ["--long-tail", "50:5"]}
BIASES = {"λ_b = 0.01": [], "free bias": ["--loss", "mse", "--lambda-b", "0"]}
LOSSES = {"ce": "cross-entropy", "mse": "squared error"}
COLUMNS = ["loss", "bias", "classes", "counts", "d", "mu", "objective", "relativeExcess", "descents", "nullity",
           "orbitDimension", "smallestPositive", "gradientNorm", "verdict"]


def models(folder):
    """Yields (loss, bias, K, counts, model) in order; results already in the folder are not recomputed."""
    for bias, options in BIASES.items():
        for k in range(3, 11):
            for name, counts in COUNTS.items():
                result = folder / ("-".join([str(k), *name.split()]) + ("-free" if options else "") + ".json")
                if not result.exists():
                    subprocess.run(
                        [PROGRAM, "landscape", "--classes", str(k), *counts, *options, "--dim", f"2:{k + 2}", "--starts", "70",
                         "--seed", "1", "--resume", result.with_suffix(".journal"), "--json", result],
                        check=True, stdout=subprocess.DEVNULL)
                for model in json.loads(result.read_text())["models"]:
                    yield model["loss"], bias, k, name, model


def row(loss, bias, k, name, model):
    hunt = model["hunt"]
    covered = [cell for cell in hunt["byDimension"] if cell["benign"]]
    spurious = [m for m in hunt["localMinima"] if m["verdict"] == "SpuriousLocalMinimum"]
    excess = [m["relativeExcess"] for m in spurious]
    return {
        "loss": LOSSES[loss],
        "bias": bias,
        "K": k,
        "counts": name,
        "descents": hunt["starts"],
        "coveredStarts": sum(c["starts"] for c in covered),
        "coveredReached": sum(c["ends"]["certifiedGlobalMinimum"] for c in covered),
        "minima": len(spurious),
        "minimaDescents": sum(m["count"] for m in spurious),
        "largestD": max((m["d"] for m in spurious), default=None),
        "excess": (min(excess), max(excess)) if excess else None,
        "atlas": len(model["criticalPoints"]),
        "violations": sum(t["violations"] for t in model["theorems"]),
        "degenerate": sum(m["nullity"] != m["orbitDimension"] or not m["smallestPositive"] > 0 for m in spurious),
    }


def text(rows):
    lines = ["| loss | bias | K | counts | descents | covered ones that reached the certified minimum | distinct spurious minima below "
             "(descents) | largest d of one | relative excess | atlas points |", "|---|---|---|---|---|---|---|---|---|---|"]
    for r in rows:
        excess = "%.1e … %.1e" % r["excess"] if r["excess"] else "–"
        lines.append(f"| {r['loss']} | {r['bias']} | {r['K']} | {r['counts']} | {r['descents']:,} | {r['coveredReached']:,} of "
                     f"{r['coveredStarts']:,} | {r['minima']:,} ({r['minimaDescents']:,}) | {r['largestD'] or '–'} | {excess} | "
                     f"{r['atlas']} |")
    total = {key: sum(r[key] for r in rows) for key in
             ("descents", "coveredStarts", "coveredReached", "minima", "minimaDescents", "atlas", "violations", "degenerate")}
    lines.append("")
    lines.append("In all {descents:,} descents. **{coveredReached:,} of {coveredStarts:,} covered ones reached the certified global "
                 "minimum.** Below, {minimaDescents:,} ended at {minima:,} distinct spurious minima, {degenerate} of them degenerate. "
                 "The atlases hold {atlas:,} critical points, with {violations} violations of a theorem.".format(**total))
    return "\n".join(lines)


def arguments():
    parser = argparse.ArgumentParser(description="Runs the study of landscape.md, or continues it; at the end, and only then, "
                                                 "it replaces the table in landscape.md and landscape-minima.csv.")
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="where journals and JSON files go")
    return parser.parse_args()


def main():
    folder = arguments().folder
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    catalogue = io.StringIO()
    lines = csv.writer(catalogue, lineterminator="\n")
    lines.writerow(COLUMNS)
    for loss, bias, k, name, model in models(folder):
        rows.append(row(loss, bias, k, name, model))
        print(rows[-1], flush=True)
        for m in model["hunt"]["localMinima"]:  # with their spectra; saddles and unconverged descents are in otherEnds
            lines.writerow([loss, bias, k, name, m["d"], *("%.12g" % m[key] for key in ("lambda", "objective", "relativeExcess")),
                            m["count"], m["nullity"], m["orbitDimension"], "%.6g" % m["smallestPositive"],
                            "%.1e" % m["gradientNorm"], m["verdict"]])
    rows.sort(key=lambda r: (r["loss"], r["bias"] == "free bias", r["K"]))
    (HERE / "landscape-minima.csv").write_text(catalogue.getvalue())
    page = HERE / "landscape.md"
    before, _, rest = page.read_text().partition("<!-- table -->\n")
    _, _, after = rest.partition("<!-- end of table -->\n")
    page.write_text(f"{before}<!-- table -->\n{text(rows)}\n<!-- end of table -->\n{after}")


if __name__ == "__main__":
    main()
