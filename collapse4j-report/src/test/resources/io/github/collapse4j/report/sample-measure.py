"""Writes sample-measure.json, the samples that the page tests draw: python3 sample-measure.py > sample-measure.json

A small independent computation in NumPy of what `collapse4j measure` writes, by the definitions of docs/theory.md, section 9:
"series": a network with one hidden layer of 64 units and K = 10, measured five times while it is trained, with test and
out-of-distribution data; "three": one with K = 3 and d = 8, without a classifier; "many": random features of K = 1000.
The numbers are true, but rounded: a figure needs four digits.
"""
import json
import sys

import numpy as np


def digits(v, n=5):
    v = float(v)
    return float(f"{v:.{n}g}") if np.isfinite(v) else None


def rows(values, places=3):
    return [[round(float(v), places) + 0.0 for v in row] for row in values]


def off_diagonal(A):
    return A[~np.eye(len(A), dtype=bool)]


def off_simplex(A):
    """‖A/‖A‖ − (I − J/K)/√(K−1)‖_F"""
    K = len(A)
    return np.linalg.norm(A / np.linalg.norm(A) - (np.eye(K) - 1 / K) / np.sqrt(K - 1))


def variation(lengths):
    return lengths.std() / lengths.mean()


def nearest(H, means):
    return np.argmin((means**2).sum(0) - 2 * H.T @ means, axis=1)


def measure(H, labels, K, W=None, b=None, test=None, ood=None, shown=400):
    """H is d×N, W K×d."""
    d, N = H.shape
    counts = np.bincount(labels, minlength=K)
    means = np.stack([H[:, labels == k].mean(1) for k in range(K)], 1)
    centre = means.mean(1)
    M = means - centre[:, None]
    R = H - means[:, labels]
    variances = np.bincount(labels, (R**2).sum(0), K) / counts
    SB = M @ M.T / K
    rank = min(K - 1, d)
    U, s, _ = np.linalg.svd(M, full_matrices=False)
    U, s = U[:, :rank], s[:rank]
    within = ((U.T @ R) ** 2).sum(1) / N
    distances = off_diagonal(((M[:, :, None] - M[:, None, :]) ** 2).sum(0)) if K <= 200 else None
    norms = np.linalg.norm(M, axis=0)
    C = (M / norms).T @ (M / norms)
    cos = off_diagonal(C)
    chords = np.sqrt(np.maximum(2 - 2 * cos, 1e-300))
    out = dict(classes=K, featureDimension=d, samples=N, emptyClasses=[], singleSampleClasses=[], globalMean="classes",
               passes=2 if K < d else 1, passesReason="NdK is cheaper than Nd²" if K < d else "Nd² is cheaper than NdK",
               nc1=digits((within / (s**2 / K)).sum() / K), nc1Quotient=digits((R**2).sum() / N / np.trace(SB)))
    if distances is not None:
        pairs = off_diagonal(variances[:, None] + variances[None, :])
        out["nc1Cdnv"] = digits((pairs / (2 * distances)).mean())
    out.update(nc2Means=digits(off_simplex(M.T @ M)), nc2MeanNormsCv=digits(variation(norms)), nc2CosineMean=digits(cos.mean()),
               nc2CosineStd=digits(cos.std()), nc2MaxAngle=digits(abs(cos + 1 / (K - 1)).mean()),
               gnc2Log=[digits(np.log(1 / chords).mean()), digits(np.log(1 / chords).var())], gnc2Riesz=[digits((1 / chords).mean()), digits((1 / chords).var())])
    by_mean = nearest(H, means)
    out["accuracyNearestMean"] = digits((by_mean == labels).mean())
    if W is not None:
        linear, plain = (W @ H + b[:, None]).argmax(0), (W @ H).argmax(0)
        inner = (W.T * M).sum(0)
        out.update(nc2Weights=digits(off_simplex(W @ W.T)), nc2WeightNormsCv=digits(variation(np.linalg.norm(W, axis=1))), nc3=digits(off_simplex(W @ M)),
                   nc3Papyan=digits(np.linalg.norm(W / np.linalg.norm(W) - M.T / np.linalg.norm(M)) ** 2), unc3=digits(inner.var()),
                   nc4AgreementWithBias=digits((linear == by_mean).mean()), nc4AgreementNoBias=digits((plain == by_mean).mean()),
                   accuracyLinear=digits((linear == labels).mean()), biasRelation=digits(np.linalg.norm(b + W @ centre)))
    if ood is not None:
        foreign = ood.mean(1) - centre
        out["nc5"] = digits(abs(foreign @ M / np.linalg.norm(foreign) / norms).mean())
    out["test"] = None
    if test is not None:
        HT, lt = test
        lin, near = (W @ HT + b[:, None]).argmax(0), nearest(HT, means)
        mt = np.stack([HT[:, lt == k].mean(1) for k in range(K)], 1)
        ct = mt - mt.mean(1)[:, None]
        ut, st, _ = np.linalg.svd(ct, full_matrices=False)
        wt = ((ut[:, :rank].T @ (HT - mt[:, lt])) ** 2).sum(1) / len(lt)
        out["test"] = dict(samples=len(lt), accuracyLinear=digits((lin == lt).mean()), accuracyNearestMean=digits((near == lt).mean()),
                           nc4AgreementWithBias=digits((lin == near).mean()), nc1=digits((wt / (st[:rank] ** 2 / K)).sum() / K))
    other = C - 2 * np.eye(K)
    out["perClass"] = []
    for k in range(K):
        row = {"class": k, "samples": int(counts[k]), "variance": digits(variances[k], 4), "meanNorm": digits(norms[k], 4)}
        if W is not None:
            row.update(weightNorm=digits(np.linalg.norm(W[k]), 4), accuracyLinear=digits((linear[labels == k] == k).mean(), 4))
        row.update(accuracyNearestMean=digits((by_mean[labels == k] == k).mean(), 4), nearestClass=int(other[k].argmax()), nearestCosine=digits(other[k].max(), 4))
        out["perClass"].append(row)
    few = min(K, 100)
    out["cosines"] = dict(classes=list(range(few)), values=rows(C[:few, :few], 3))

    # the nearest scaled simplex ETF, an orthogonal Procrustes problem, on the leading axes of the means
    E = np.eye(K) - 1 / K
    P, t, Q = np.linalg.svd(M @ E, full_matrices=False)
    simplex = t[:rank].sum() / (K - 1) * P[:, :rank] @ Q[:rank] @ E
    axes = U[:, : 2 if K == 3 else 3]
    picked = np.arange(N)[:: max(N // shown, 1)]
    out["projection"] = dict(dimensions=axes.shape[1], explained=digits((s[: axes.shape[1]] ** 2).sum() / (s**2).sum(), 4), means=rows((axes.T @ M).T), simplex=rows((axes.T @ simplex).T), classes=list(range(K)),
                             samples=dict(labels=labels[picked].tolist(), points=rows((axes.T @ (H[:, picked] - centre[:, None])).T)))
    return out


def clusters(rng, centres, counts, spread):
    labels = np.repeat(np.arange(len(counts)), counts)
    rng.shuffle(labels)
    return centres[:, labels] + spread * rng.normal(size=(len(centres), len(labels))), labels


class Network:
    """Inputs, a hidden ReLU layer, a linear layer; trained by full-batch Adam on cross-entropy with weight decay."""

    def __init__(self, rng, inputs, width, classes, decay):
        self.p = [rng.normal(size=(width, inputs)) * np.sqrt(2 / inputs), np.zeros(width), rng.normal(size=(classes, width)) * 0.1, np.zeros(classes)]
        self.m, self.v, self.t, self.decay = [0 * q for q in self.p], [0 * q for q in self.p], 0, decay

    def features(self, X):
        return np.maximum(self.p[0] @ X + self.p[1][:, None], 0)

    def train(self, X, labels, epochs, rate=0.003):
        Y = np.eye(len(self.p[3]))[:, labels]
        for _ in range(epochs):
            H = self.features(X)
            z = self.p[2] @ H + self.p[3][:, None]
            e = np.exp(z - z.max(0))
            G = (e / e.sum(0) - Y) / X.shape[1]
            back = (self.p[2].T @ G) * (H > 0)
            gradients = [back @ X.T, back.sum(1), G @ H.T, G.sum(1)]
            self.t += 1
            for i, g in enumerate(gradients):
                g = g + self.decay * self.p[i]
                self.m[i] = 0.9 * self.m[i] + 0.1 * g
                self.v[i] = 0.999 * self.v[i] + 0.001 * g * g
                self.p[i] = self.p[i] - rate * (self.m[i] / (1 - 0.9**self.t)) / (np.sqrt(self.v[i] / (1 - 0.999**self.t)) + 1e-8)


def series(rng):
    centres = rng.normal(size=(20, 10))
    centres[:, 7] = centres[:, 3] + 0.35 * rng.normal(size=20)  # two similar classes
    X, labels = clusters(rng, centres, [90, 80, 100, 60, 80, 80, 110, 70, 80, 50], 0.55)
    XT, test = clusters(rng, centres, [30] * 10, 0.55)
    XO, _ = clusters(rng, rng.normal(size=(20, 4)), [40] * 4, 0.55)
    network, done, out = Network(rng, 20, 64, 10, 2e-3), 0, []
    for epoch in (1, 10, 50, 250, 2000):
        network.train(X, labels, epoch - done)
        done = epoch
        out.append(dict(measure(network.features(X), labels, 10, network.p[2], network.p[3], (network.features(XT), test), network.features(XO)), name=f"epoch{epoch:04d}", epoch=epoch))
    return out


rng = np.random.default_rng(4)
steps = series(rng)
result = dict(version="0.1.0", command="collapse4j measure --series run/epoch* --test test --ood other", **{k: v for k, v in steps[-1].items() if k not in ("name", "epoch")}, series=steps)
X, labels = clusters(rng, rng.normal(size=(4, 3)), [60, 80, 40], 0.5)
small = Network(rng, 4, 8, 3, 1e-2)
small.train(X, labels, 300)
three = dict(version="0.1.0", command="collapse4j measure features.npy labels.npy", **measure(small.features(X), labels, 3))
H, labels = clusters(rng, rng.normal(size=(32, 1000)) * rng.uniform(0.7, 1.3, 1000), [8] * 1000, 0.6)
many = dict(version="0.1.0", command="collapse4j measure train.npz", **measure(H, labels, 1000, shown=2000))
json.dump(dict(series=result, three=three, many=many), sys.stdout, separators=(",", ":"), ensure_ascii=False)
print()
