#!/usr/bin/env python3
"""L-BFGS of PyTorch and SciPy against `collapse4j solve`, on one unconstrained feature model, in one run.

The model is cross-entropy with a regularised bias, d = K and long-tailed class counts. The peers minimise over one
feature per sample (the model as published); with --reduced also over one scaled feature per class, which has the same
minima (docs/theory.md, section 2), so that the gain of the reduction and that of the solver can be told apart.

Every L-BFGS run begins at the same seeded random point and goes on until it no longer improves. Its clock starts when
the optimiser starts: importing and building the problem are not counted. collapse4j needs no starting point; it is
timed as a whole process, and the seconds that it reports for the solve itself are shown beside that. All gaps are
relative to the best certified lower bound that collapse4j found.
"""
import argparse
import json
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

import measure

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GAPS = [1e-3, 1e-4, 1e-6, 1e-8, 1e-10]
STALL_EVALUATIONS = 400
STALL_IMPROVEMENT = 1e-14
QUIET = 0.1  # share of the cores that other processes may use; busier runs are repeated within --patience


# --- the model -------------------------------------------------------------------------------------------------------


def class_counts(classes, first, last):
    """The counts of `--long-tail`: geometric, rounded down."""
    return [math.floor(first * (last / first) ** (k / (classes - 1)) + 1e-9) for k in range(classes)]


def columns(arguments):
    """Label, weight and scale of every column: one per sample, or one per class in the reduced model."""
    import numpy as np

    counts = np.array(class_counts(arguments.classes, arguments.first, arguments.last))
    if arguments.worker_reduced:
        return np.arange(arguments.classes), counts / counts.sum(), 1 / np.sqrt(counts)
    labels = np.repeat(np.arange(arguments.classes), counts)
    return labels, np.full(len(labels), 1 / len(labels)), np.ones(len(labels))


def start_point(arguments, samples):
    """W (K×d), H (samples×d, a row per sample as PyTorch has it) and b, normal with the given scale."""
    import numpy as np

    random = np.random.default_rng(arguments.seed)
    k = arguments.classes
    return [arguments.scale * random.standard_normal(shape) for shape in ((k, k), (samples, k), (k,))]


class Finished(Exception):
    """Raised inside an objective to stop an optimiser that does not stop by itself."""


class Trace:
    """The best value so far against time, from the values that the optimiser itself computes."""

    def __init__(self, limit):
        self.limit = limit
        self.points = []
        self.best = math.inf
        self.evaluations = 0
        self.last_gain = 0
        self.start = time.perf_counter()

    def see(self, value):
        self.evaluations += 1
        now = time.perf_counter() - self.start
        if value < self.best:
            if value < self.best * (1 - STALL_IMPROVEMENT):
                self.last_gain = self.evaluations
            self.best = value
            self.points.append((now, value))
        if now > self.limit or self.evaluations - self.last_gain > STALL_EVALUATIONS:
            raise Finished


# --- the peers -------------------------------------------------------------------------------------------------------


def torch_worker(arguments):
    import numpy as np
    import torch

    torch.set_num_threads(arguments.threads)
    torch.set_default_dtype(torch.float64)
    labels, weights, scales = columns(arguments)
    y = torch.from_numpy(labels)
    weights = torch.from_numpy(weights)
    scales = torch.from_numpy(scales)[:, None]
    w, h, b = (torch.from_numpy(x).requires_grad_() for x in start_point(arguments, len(labels)))
    optimizer = torch.optim.LBFGS(
        [w, h, b], max_iter=10**9, max_eval=10**9, tolerance_grad=0, tolerance_change=0, history_size=arguments.history,
        line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        losses = torch.nn.functional.cross_entropy(scales * (h @ w.T) + b, y, reduction="none")
        loss = (weights @ losses + arguments.lambda_w / 2 * (w * w).sum() + arguments.lambda_h / 2 * (h * h).sum()
                + arguments.lambda_b / 2 * (b * b).sum())
        loss.backward()
        trace.see(float(loss))
        return loss

    trace = Trace(arguments.limit)
    try:
        optimizer.step(closure)
    except Finished:
        pass
    return trace, f"PyTorch {torch.__version__}"


def scipy_worker(arguments):
    import numpy as np
    import scipy
    import scipy.optimize

    labels, weights, scales = columns(arguments)
    start = start_point(arguments, len(labels))
    sizes = np.cumsum([x.size for x in start])[:-1]
    shapes = [x.shape for x in start]
    rows = np.arange(len(labels))

    def objective(x):
        w, h, b = (part.reshape(shape) for part, shape in zip(np.split(x, sizes), shapes))
        z = scales[:, None] * (h @ w.T) + b
        z -= z.max(axis=1, keepdims=True)
        own = z[rows, labels]
        p = np.exp(z, out=z)
        total = p.sum(axis=1)
        value = (weights @ (np.log(total) - own) + arguments.lambda_w / 2 * np.vdot(w, w)
                 + arguments.lambda_h / 2 * np.vdot(h, h) + arguments.lambda_b / 2 * np.vdot(b, b))
        p *= (weights / total)[:, None]
        p[rows, labels] -= weights
        db = p.sum(axis=0) + arguments.lambda_b * b
        p *= scales[:, None]
        dw = p.T @ h + arguments.lambda_w * w
        dh = p @ w + arguments.lambda_h * h
        trace.see(float(value))
        return value, np.concatenate([dw.ravel(), dh.ravel(), db])

    x0 = np.concatenate([x.ravel() for x in start])
    trace = Trace(arguments.limit)
    try:
        scipy.optimize.minimize(
            objective, x0, jac=True, method="L-BFGS-B",
            options={"maxiter": 10**9, "maxfun": 10**9, "ftol": 0, "gtol": 0, "maxcor": arguments.history})
    except Finished:
        pass
    return trace, f"SciPy {scipy.__version__}, NumPy {np.__version__}"


def work(arguments):
    trace, version = {"torch": torch_worker, "scipy": scipy_worker}[arguments.worker](arguments)
    json.dump({"version": version, "evaluations": trace.evaluations, "points": trace.points,
               "ended": time.perf_counter() - trace.start}, sys.stdout)


# --- the comparison --------------------------------------------------------------------------------------------------


def peer(arguments, name, threads, reduced):
    """Runs a peer in a separate process, so that each has its own number of threads."""
    command = [sys.executable, os.path.abspath(__file__), "--worker", name, "--threads", str(threads)]
    command += ["--worker-reduced"] if reduced else []
    for option in ("classes", "first", "last", "lambda_w", "lambda_h", "lambda_b", "seed", "scale", "history", "limit"):
        command += ["--" + option.replace("_", "-"), str(getattr(arguments, option))]
    environment = dict(os.environ, OPENBLAS_NUM_THREADS=str(threads), OMP_NUM_THREADS=str(threads),
                       MKL_NUM_THREADS=str(threads))
    (*_, others), printed = measure.run_quietly(command, QUIET, arguments.patience, environment)
    return json.loads(printed), others


def ours(arguments, gap):
    """One run of the command line: (wall seconds, its own seconds for the solve, JSON, share used by others)."""
    with tempfile.TemporaryDirectory() as folder:
        result = os.path.join(folder, "result.json")
        command = [os.path.join(ROOT, "collapse4j"), "solve", "--classes", str(arguments.classes), "--long-tail",
                   f"{arguments.first}:{arguments.last}", "--lambda-w", str(arguments.lambda_w), "--lambda-h",
                   str(arguments.lambda_h), "--lambda-b", str(arguments.lambda_b), "--gap", str(gap), "--json", result]
        (wall, _, _, others), printed = measure.run_quietly(command, QUIET, arguments.patience)
        inner = re.search(r"^ +method .*?([0-9.e-]+) s$", printed, re.MULTILINE)
        with open(result, encoding="utf-8") as text:
            return wall, float(inner.group(1)), json.load(text), others


def time_to(points, target):
    return next((seconds for seconds, value in points if value <= target), math.inf)


def summary(values):
    shown = sorted(values)
    middle = statistics.median(shown)
    return "never" if math.isinf(middle) else f"{middle:.3g} ({shown[0]:.3g}–{shown[-1]:.3g})"


def compare(arguments):
    cores = os.cpu_count()
    peers = [("torch", cores, False), ("torch", 1, False), ("scipy", cores, False)]
    if arguments.reduced:
        peers += [("torch", 1, True), ("scipy", 1, True)]
    counts = class_counts(arguments.classes, arguments.first, arguments.last)
    print(f"K = d = {arguments.classes}, N = {sum(counts)}, {len(set(counts))} distinct counts, λ_W {arguments.lambda_w}, "
          f"λ_H {arguments.lambda_h}, λ_b {arguments.lambda_b}, seed {arguments.seed}, scale {arguments.scale}, "
          f"history {arguments.history}, {cores} cores", flush=True)
    ours(arguments, 1e-3)  # builds the command line if necessary
    bound = ours(arguments, 1e-12)[2]["lowerBound"]
    targets = {gap: bound / (1 - gap) for gap in GAPS}
    seconds, finals, busy = {}, {}, {}
    for repetition in range(arguments.repetitions):
        for gap in GAPS:
            wall, inner, found, others = ours(arguments, gap)
            seconds.setdefault(("collapse4j, whole process", gap), []).append(wall)
            seconds.setdefault(("collapse4j, its solve alone", gap), []).append(inner)
            for label in ("collapse4j, whole process", "collapse4j, its solve alone"):
                busy.setdefault(label, []).append(others)
                finals.setdefault(label, []).append(1 - bound / found["objective"])
        for name, threads, reduced in peers:
            found, others = peer(arguments, name, threads, reduced)
            label = f"{found['version'].split(',')[0]}, {threads} thread{'s' * (threads > 1)}{', reduced' * reduced}"
            for gap in GAPS:
                seconds.setdefault((label, gap), []).append(time_to(found["points"], targets[gap]))
            busy.setdefault(label, []).append(others)
            stalled = 1 - bound / found["points"][-1][1]
            finals.setdefault(label, []).append(stalled)
            print(f"  {repetition + 1}: {label}: gap {stalled:.1e} after {found['points'][-1][0]:.1f} s, ended after "
                  f"{found['ended']:.1f} s, {found['evaluations']} evaluations, others {others:.0%}", flush=True)
    print("\nSeconds to a relative gap, median (min–max) of", arguments.repetitions, "runs\n")
    print("| solver | " + " | ".join(f"{gap:.0e}" for gap in GAPS) + " | best gap | others |")
    print("|---|" + "---|" * (len(GAPS) + 2))
    for label in finals:
        cells = [summary(seconds[label, gap]) for gap in GAPS]
        print(f"| {label} | " + " | ".join(cells) + f" | {min(finals[label]):.1e} | {max(busy[label]):.0%} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--classes", type=int, default=50)
    parser.add_argument("--first", type=int, default=200)
    parser.add_argument("--last", type=int, default=5)
    parser.add_argument("--lambda-w", type=float, default=5e-4)
    parser.add_argument("--lambda-h", type=float, default=1e-5)
    parser.add_argument("--lambda-b", type=float, default=0.01)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--scale", type=float, default=0.1, help="standard deviation of the starting point")
    parser.add_argument("--history", type=int, default=20, help="pairs that L-BFGS keeps")
    parser.add_argument("--limit", type=float, default=120, help="seconds after which an L-BFGS run is stopped")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--patience", type=float, default=60, help="seconds to spend on repeating a run that others disturbed")
    parser.add_argument("--reduced", action="store_true", help="also run the peers on the reduced model")
    parser.add_argument("--worker", choices=["torch", "scipy"], help=argparse.SUPPRESS)
    parser.add_argument("--worker-reduced", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--threads", type=int, default=1, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        work(arguments)
    else:
        compare(arguments)


if __name__ == "__main__":
    main()
