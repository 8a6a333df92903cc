#!/usr/bin/env python3
"""Times the Python package neural_collapse (PyTorch, CPU) on features in .npy files, as its examples/mnist.py uses it.

    python3 neural_collapse_measure.py --generate N,d,K [--spread 0.5] [--tail 1] DATA
    python3 neural_collapse_measure.py --package DIR [--threads 2] [--batches 128,1024,4096,65536] [--json FILE] DATA

DATA holds features.npy (N×d float32), labels.npy, weights.npy (K×d) and bias.npy; DIR holds the package
neural_collapse (https://github.com/rhubarbwu/neural-collapse). The features are memory-mapped and read in batches, three
passes as in the example, classification on the same features; the package's best batch size counts. Times run from the first batch to the last metric, without imports.
"""
import argparse
import json
import os
import sys
import time

import numpy as np


def metrics(features, labels, weights, batch, svd):
    import torch
    from neural_collapse.accumulate import CovarAccumulator, DecAccumulator, MeanAccumulator, VarNormAccumulator
    from neural_collapse.kernels import kernel_stats, log_kernel
    from neural_collapse.measure import (clf_ncc_agreement, covariance_ratio, self_duality_error, similarities,
                                         simplex_etf_error, variability_cdnv)
    n, d = features.shape
    classes = weights.shape[0]

    def batches():
        for first in range(0, n, batch):
            yield torch.from_numpy(features[first:first + batch]), labels[first:first + batch]

    seconds = {}
    clock = time.perf_counter()

    def lap(name):
        nonlocal clock
        now = time.perf_counter()
        seconds[name] = now - clock
        clock = now

    with torch.no_grad():
        mean = MeanAccumulator(classes, d)
        for x, y in batches():
            mean.accumulate(x, y)
        means, centre = mean.compute()
        lap("means")
        variances = VarNormAccumulator(classes, d, M=means)
        covariance = CovarAccumulator(classes, d, M=means)
        for x, y in batches():
            variances.accumulate(x, y, means)
            covariance.accumulate(x, y, means)
        variance, _ = variances.compute()
        within = covariance.compute()
        lap("covariance")
        decisions = DecAccumulator(classes, d, M=means, W=weights)
        decisions.create_index(means)
        for x, y in batches():
            decisions.accumulate(x, y, weights, None if decisions.index else means)
        lap("decisions")
        results = {
            "nc1": covariance_ratio(within, means, centre),
            "nc1Quotient": covariance_ratio(within, means, centre, "quotient"),
            "nc1Cdnv": variability_cdnv(variance, means, tile_size=64),
            "nc2Means": simplex_etf_error(means, centre),
            "nc2Weights": simplex_etf_error(weights),
            "gnc2Distance": kernel_stats(means, centre, tile_size=64),
            "gnc2Log": kernel_stats(means, centre, kernel=log_kernel, tile_size=64),
            "nc3": self_duality_error(weights, means, centre),
            "unc3": similarities(weights, means, centre).var().item(),
            "nc4AgreementNoBias": clf_ncc_agreement(decisions),
        }
        lap("metrics")
        if svd:  # a second computation of nc1, as in the example; not counted, since one is enough
            results["nc1Svd"] = covariance_ratio(within, means, centre, "svd")
            lap("uncounted SVD")
    return results, seconds


def generate(folder, n, d, classes, spread, tail=1):
    """Class means of variance 1 plus noise with this spread in float32, labels in random order, a classifier near the centred means.

    The first class has `tail` times the samples of the last; counts fall geometrically in between."""
    random = np.random.default_rng(n)
    os.makedirs(folder, exist_ok=True)
    means = random.standard_normal((classes, d), dtype=np.float32)
    shares = np.cumsum(float(tail) ** -np.linspace(0, 1, classes))
    ordered = np.arange(n) % classes if tail == 1 else np.searchsorted(shares / shares[-1], (np.arange(n) + 0.5) / n)
    labels = random.permutation(ordered).astype(np.int64)
    features = np.lib.format.open_memmap(folder + "/features.npy", "w+", np.float32, (n, d))
    for first in range(0, n, 10000):
        count = min(10000, n - first)
        noise = random.standard_normal((count, d), dtype=np.float32)
        features[first:first + count] = means[labels[first:first + count]] + np.float32(spread) * noise
    features.flush()
    weights = means - means.mean(0) + np.float32(0.2) * random.standard_normal((classes, d), dtype=np.float32)
    np.save(folder + "/labels.npy", labels)
    np.save(folder + "/weights.npy", weights / np.float32(np.sqrt(d)))
    np.save(folder + "/bias.npy", np.float32(0.1) * random.standard_normal(classes).astype(np.float32))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package")
    parser.add_argument("--generate", help="N,d,K: writes such data to DATA and exits")
    parser.add_argument("--spread", type=float, default=0.5, help="standard deviation within classes, that of means is 1")
    parser.add_argument("--tail", type=float, default=1, help="samples of the first class over those of the last")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batches", default="128,1024,4096,65536")
    parser.add_argument("--svd", action="store_true", help="compute nc1 by SVD, too, as the example does; not counted")
    parser.add_argument("--json")
    parser.add_argument("data")
    arguments = parser.parse_args()
    if arguments.generate:
        generate(arguments.data, *map(int, arguments.generate.split(",")), arguments.spread, arguments.tail)
        return
    if not arguments.package:
        parser.error("--package or --generate is required")
    sys.path.insert(0, arguments.package)
    import torch
    torch.set_num_threads(arguments.threads)
    features = np.load(arguments.data + "/features.npy", mmap_mode="c")
    labels = torch.from_numpy(np.load(arguments.data + "/labels.npy"))
    weights = torch.from_numpy(np.load(arguments.data + "/weights.npy"))
    for first in range(0, len(features), 8192):  # into the page cache
        np.asarray(features[first:first + 8192]).sum()
    runs = []
    for batch in map(int, arguments.batches.split(",")):
        results, seconds = metrics(features, labels, weights, batch, arguments.svd)
        total = sum(value for name, value in seconds.items() if not name.startswith("uncounted"))
        print(f"batch {batch:6d}: {total:8.2f} s  " + "  ".join(f"{k} {v:.2f}" for k, v in seconds.items()), flush=True)
        runs.append({"batch": batch, "seconds": total, "parts": seconds, "results": results})
    best = min(runs, key=lambda run: run["seconds"])
    print(f"best {best['seconds']:.2f} s with batches of {best['batch']}, {arguments.threads} threads")
    if arguments.json:
        with open(arguments.json, "w") as file:
            json.dump({"best": best, "runs": runs}, file, indent=1)


if __name__ == "__main__":
    main()
