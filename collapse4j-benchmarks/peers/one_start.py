#!/usr/bin/env python3
"""One random start of K = d = 10 to a certified global minimum: collapse4j compared with torch.optim.LBFGS.

Cross-entropy, 100 samples per class, λ_W 0.005, λ_H 0.001, λ_b 0.01, double precision, one thread each, starts drawn from the
same distribution. PyTorch minimises over one feature per class (our reduction, which it does not have) and over one feature
per sample, and has no certificate; collapse4j's time includes its bound, a relative gap of 1e-8 at most. All run to a gradient
norm of 1e-9, except L-BFGS with PyTorch's strong Wolfe search, which gives up above that and is timed to 1e-8. They alternate
in rounds. Requires benchmarks.jar:

    mvn -q -B -Dfast -Pbenchmark-jar -pl collapse4j-benchmarks -am package
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time

JAR = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "target", "benchmarks.jar")
K, D, PER_CLASS, LAMBDA_W, LAMBDA_H, LAMBDA_B = 10, 10, 100, 0.005, 0.001, 0.01
GRADIENT = {"fixed step": 1e-9, "strong Wolfe": 1e-8}


def torch_worker(reduced, search, starts):
    import torch

    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(1)
    columns = K if reduced else K * PER_CLASS
    labels = torch.arange(K) if reduced else torch.arange(K).repeat_interleave(PER_CLASS)
    scale = PER_CLASS**-0.5 if reduced else 1.0
    spread = (PER_CLASS / D) ** 0.25
    times = []
    for _ in range(starts):
        w = (spread * torch.randn(K, D)).requires_grad_()
        # A reduced column is √n times a feature: the logits of both models start at the same size.
        h = (spread * (1 if reduced else PER_CLASS**-0.5) * torch.randn(columns, D)).requires_grad_()
        b = torch.zeros(K, requires_grad=True)
        begin = time.perf_counter()
        optimizer = torch.optim.LBFGS([w, h, b], max_iter=100_000, max_eval=100_000, tolerance_grad=0, tolerance_change=0,
                                      history_size=20, line_search_fn="strong_wolfe" if search == "strong Wolfe" else None)

        class Converged(Exception):
            pass

        def closure():
            optimizer.zero_grad()
            loss = (torch.nn.functional.cross_entropy(scale * (h @ w.T) + b, labels) + LAMBDA_W / 2 * (w * w).sum()
                    + LAMBDA_H / 2 * (h * h).sum() + LAMBDA_B / 2 * (b * b).sum())
            loss.backward()
            if torch.sqrt((w.grad**2).sum() + (h.grad**2).sum() + (b.grad**2).sum()) <= GRADIENT[search]:
                raise Converged
            return loss

        reached = False
        try:
            optimizer.step(closure)
        except Converged:
            reached = True
        times.append(((time.perf_counter() - begin) * 1e3, reached))
    print(json.dumps(times))


def one_thread():
    return dict(os.environ, OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")


def printed(command):
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, env=one_thread()).stdout)


def summary(name, values, ratio=""):
    print(f"{name:64} {min(values):8.2f} {statistics.median(values):8.2f} {max(values):8.2f}   ({ratio}{len(values)} starts)")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--starts", type=int, default=20, help="PyTorch starts per round")
    parser.add_argument("--worker", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        torch_worker(arguments.worker[0] == "class", arguments.worker[1], arguments.starts)
        return
    ours, cold, peers, missed = [], [], {}, {}
    for _ in range(arguments.rounds):
        times = printed(["java", "-XX:ActiveProcessorCount=1", "-XX:+UseSerialGC", "-cp", JAR,
                         "io.github.collapse4j.benchmarks.OneStart", "2000"])
        cold.append(times[0])
        ours += times[1000:]
        for per in ("class", "sample"):
            for search in GRADIENT:
                # The first start in a process includes PyTorch's initialisation.
                runs = printed([sys.executable, os.path.abspath(__file__), "--worker", per, search, "--starts",
                                str(arguments.starts + 1)])[1:]
                peers.setdefault((per, search), []).extend(milliseconds for milliseconds, reached in runs if reached)
                missed[per, search] = missed.get((per, search), 0) + sum(not reached for _, reached in runs)
    print(f"{'milliseconds, one thread each':64} {'min':>8} {'median':>8} {'max':>8}")
    summary("collapse4j, certified, warm", ours)
    summary("collapse4j, first start of a JVM", cold)
    middle = statistics.median(ours)
    for (per, search), found in peers.items():
        name = f"PyTorch L-BFGS, {search}, ‖∇f‖ ≤ {GRADIENT[search]:.0e}, a feature per {per}"
        if found:
            summary(name, found, f"{statistics.median(found) / middle:.0f} times as long; ")
        if missed[per, search]:
            print(f"    {missed[per, search]} of its runs ended above that gradient")


if __name__ == "__main__":
    main()
