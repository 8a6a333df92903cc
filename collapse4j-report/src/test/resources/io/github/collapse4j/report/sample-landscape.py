"""Writes sample-landscape.json, the sample that the page tests draw: python3 sample-landscape.py > sample-landscape.json

A small independent computation in NumPy and SciPy of what `collapse4j landscape` writes: for K = d = 4 cross-entropy with
balanced classes and squared error with a long tail, and for K = 8, where spurious minima exist, a hunt and nothing else.
The numbers are true, but rounded: a figure needs three digits.
The reduced model and the notation are those of docs/theory.md, sections 1, 2, 4 and 7.
"""
import itertools
import json
import sys

import numpy as np
from scipy.optimize import minimize

LW, LH = 0.005, 0.001
MU = np.sqrt(LW * LH)


class Model:
    def __init__(self, loss, counts, d, lb, scale=1.0, lambdas=(LW, LH)):
        self.loss, self.n, self.K, self.d, self.lb = loss, np.array(counts, float), len(counts), d, lb
        self.lw, self.lh = lambdas[0] * scale, lambdas[1] * scale
        self.mu = np.sqrt(self.lw * self.lh)
        self.N = self.n.sum()
        self.split = self.K * d

    def unpack(self, x):
        return x[: self.split].reshape(self.K, self.d), x[self.split : 2 * self.split].reshape(self.d, self.K), x[2 * self.split :]

    def value(self, x):
        return self.evaluate(x)[0]

    def gradient(self, x):
        return self.evaluate(x)[1]

    def evaluate(self, x):
        W, H, b = self.unpack(x)
        z = W @ H / np.sqrt(self.n) + b[:, None]
        if self.loss == "ce":
            top = z.max(0)
            e = np.exp(z - top)
            g = self.n / self.N @ (np.log(e.sum(0)) + top - np.diag(z))
            dz = e / e.sum(0) - np.eye(self.K)
        else:
            dz = z - np.eye(self.K)
            g = 0.5 * self.n / self.N @ (dz**2).sum(0)
        G = dz * (self.n / self.N) / np.sqrt(self.n)
        f = g + 0.5 * (self.lw * (W**2).sum() + self.lh * (H**2).sum() + self.lb * (b**2).sum())
        gb = (dz * (self.n / self.N)).sum(1) + self.lb * b
        self.G, self.dz = G, dz
        return f, np.concatenate([(G @ H.T + self.lw * W).ravel(), (W.T @ G + self.lh * H).ravel(), gb])

    def hessian(self, x, h=1e-5):
        E = np.eye(len(x)) * h
        A = np.array([(self.gradient(x + e) - self.gradient(x - e)) / (2 * h) for e in E])
        return 0.5 * (A + A.T)

    def polish(self, x, steps=12):
        for _ in range(steps):
            x = x - np.linalg.pinv(self.hessian(x), rcond=1e-7, hermitian=True) @ self.gradient(x)
        return x

    def start(self, rng, size=1.0):
        return np.concatenate([rng.normal(size=2 * self.split) * size, np.zeros(self.K)])

    def solve(self, x, steps=5000):
        return minimize(self.evaluate, x, jac=True, method="L-BFGS-B", options=dict(maxiter=steps, ftol=1e-16, gtol=1e-10)).x


def digits(v, n=7):
    v = float(v)
    return float(f"{v:.{n}g}") if np.isfinite(v) else None


def numbers(vs, n=5):
    return [digits(v, n) for v in vs]


def pad(model, small, x):
    W, H, b = small.unpack(x)
    extra = model.d - small.d
    return np.concatenate([np.hstack([W, np.zeros((model.K, extra))]).ravel(), np.vstack([H, np.zeros((extra, model.K))]).ravel(), b])


def closed_forms(model):
    """Squared error: any soft-thresholded singular directions of the gradient at zero are critical, balanced or not."""
    x = np.zeros(2 * model.split + model.K)
    x = model.polish(x)
    model.evaluate(x)
    U, S, Vt = np.linalg.svd(-model.G)
    for r in range(1, model.K):
        for J in itertools.combinations(range(model.K - 1), r):
            small = Model(model.loss, model.n, r, model.lb)
            root = np.sqrt([(S[j] - model.mu) * model.N for j in J])
            W = (LH / LW) ** 0.25 * U[:, J] * root
            H = (LW / LH) ** 0.25 * (Vt[list(J)].T * root).T
            yield f"closed form, directions {', '.join(str(j + 1) for j in J)}", small, np.concatenate([W.ravel(), H.ravel(), x[2 * model.split :]])


def partitions(model):
    """Classes of a group that start equal stay equal: the descent ends at a saddle that separates only the groups."""
    for groups in ([0, 1, 1, 1], [0, 0, 1, 1], [0, 1, 2, 2], [0, 1, 2, 3]):
        d = len(set(groups)) - 1
        small = Model(model.loss, model.n, d, model.lb)
        tips = np.random.default_rng(1).normal(size=(d + 1, d))[groups]
        tips = tips - tips.mean(0)
        yield f"classes {'|'.join(''.join(str(k + 1) for k in range(4) if groups[k] == g) for g in range(d + 1))}", small, small.solve(np.concatenate([tips.ravel(), tips.T.ravel(), np.zeros(4)]), 60)


def starts(model, rng):
    for d in range(0, model.d + 1):
        small = Model(model.loss, model.n, d, model.lb)
        for trial in range(3 if d else 1):
            yield f"multi-start d'={d}" if d else "everything 0", small, small.solve(small.start(rng, [1.0, 0.1, 3.0][trial]))


def atlas(model, rng):
    found = []
    for origin, small, x in itertools.chain(starts(model, rng), partitions(model) if model.loss == "ce" else closed_forms(model)):
        x = small.polish(x)
        full = pad(model, small, x)
        f, g = model.evaluate(full)
        if np.linalg.norm(g) > 1e-9:
            continue
        sigma = np.linalg.norm(model.G, 2)
        eig = np.linalg.eigvalsh(model.hessian(full))
        rank = int((np.linalg.svd(model.unpack(full)[0], compute_uv=False) > 1e-6).sum())
        if any(p["rank"] == rank and abs(p["objective"] - f) < 1e-9 for p in found):
            continue
        tol = 2e-8
        r, D = rank, model.d
        saddle = sigma > model.mu * (1 + 1e-6)
        predicted = 0.5 * ((LW + LH) - np.sqrt((LW - LH) ** 2 + 4 * sigma**2)) if saddle else None
        found.append(dict(x=full, eig=eig, sigmas=np.linalg.svd(model.G, compute_uv=False), rank=rank, objective=f, index=int((eig < -tol).sum()), nullity=int((abs(eig) <= tol).sum()),
                          orbitDimension=D * (D - 1) // 2 - (D - r) * (D - r - 1) // 2 + (model.loss == "ce" and model.lb == 0),
                          minCurvature=eig[0], maxCurvature=eig[-1], predictedMinCurvature=predicted, sigmaOverMu=sigma / model.mu,
                          gradientNorm=np.linalg.norm(g), verdict="StrictSaddle" if saddle else "GlobalMinimum",
                          origin=origin))
    found.sort(key=lambda p: p["objective"])
    for i, p in enumerate(found):
        p["id"] = i
    return found


def run(model, method, x, L, steps):
    """The iterates of an optimiser, and its growth per iteration along the most negative curvature."""
    xs, eta = [x.copy()], 1 / L
    v, m, s, beta = np.zeros_like(x), np.zeros_like(x), np.zeros_like(x), 0.9
    if method == "L-BFGS":
        minimize(model.evaluate, x, jac=True, method="BFGS", callback=lambda y: xs.append(y.copy()), options=dict(maxiter=steps, gtol=1e-10))
        return xs
    for t in range(1, steps + 1):
        if method == "gradient descent":
            x = x - eta * model.gradient(x)
        elif method == "heavy ball":
            v = beta * v - eta * model.gradient(x)
            x = x + v
        elif method == "Nesterov":
            v = beta * v - eta * model.gradient(x + beta * v)
            x = x + v
        else:
            g = model.gradient(x)
            m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g * g
            x = x - 0.01 * (m / (1 - 0.9**t)) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        xs.append(x.copy())
    return xs


def thin(n, k=110):
    return sorted(set(np.unique(np.round(np.concatenate([np.linspace(0, n - 1, k // 2), np.geomspace(1, n, k // 2) - 1])).astype(int))))


def escapes(model, points, rng, best):
    out, path = [], None
    for p in points:
        if p["verdict"] != "StrictSaddle" or len({e["from"] for e in out}) >= 4:
            continue
        L, low = p["maxCurvature"] + 0.25, p["minCurvature"]
        v = np.linalg.eigh(model.hessian(p["x"]))[1][:, 0]
        start = p["x"] + 1e-5 * (v + 0.3 * rng.normal(size=len(v)) / np.sqrt(len(v)))
        for method in ["gradient descent", "heavy ball", "Nesterov", "Adam", "L-BFGS"]:
            xs = run(model, method, start, L, 6000 if method != "L-BFGS" else 400)
            dist = np.array([np.linalg.norm(y - p["x"]) for y in xs])
            gap = np.array([(model.value(y) - best) / best for y in xs])
            gap = np.where(gap > 1e-13, gap, np.nan)
            stop = next((i for i, g in enumerate(gap) if not g > 2e-13), len(gap))
            leave = next((i for i, q in enumerate(dist) if q > 0.5), None)
            a, beta = 1 - low / L, 0.9
            rate = {"gradient descent": a, "heavy ball": max(np.roots([1, -(a + beta), beta]).real),
                    "Nesterov": max(np.roots([1, -a * (1 + beta), a * beta]).real)}.get(method)
            near = [i for i in range(1, len(dist)) if 1e-4 < dist[i] < 1e-2]
            seen = (dist[near[-1]] / dist[near[0]]) ** (1 / (near[-1] - near[0])) if len(near) > 2 else None
            t = thin(min(stop, len(dist)))
            first = thin(min(len(dist), int((leave or len(dist) / 1.3) * 1.3)))
            out.append({"from": p["id"], "optimizer": method, "predictedRate": rate and digits(rate), "observedRate": seen and digits(seen), "iterationsToLeave": leave,
                        "observed": dict(iteration=[int(i) for i in first], distance=numbers(dist[first], 4)),
                        "predicted": rate and dict(iteration=[int(i) for i in first if dist[0] * rate**float(i) < 10], distance=numbers([q for q in (dist[0] * rate**float(i) for i in first) if q < 10], 4)),
                        "descent": dict(iteration=[int(i) for i in t], gap=numbers(gap[t], 4)), "predictedLinearRate": None,
                        "observedLinearRate": digits((gap[t[-1]] / gap[t[-4]]) ** (1 / (t[-1] - t[-4])), 4) if stop > 10 else None,
                        "end": "GlobalMinimum" if gap[t[-1]] < 1e-6 else "still descending"})
            if method == "gradient descent" and p["rank"] <= 1:
                path = (p, xs)
    return out, path


def etf(A):
    k = len(A)
    return np.linalg.norm(A / np.linalg.norm(A) - (np.eye(k) - 1 / k) / np.sqrt(k - 1))


def journey(model, path, best):
    xs = path[1]
    W_end = model.unpack(xs[-1])[0]
    basis = np.linalg.svd(W_end)[2][:3].T
    frames, collapse = [], dict(iteration=[], nc1=[], nc2=[], nc3=[], gap=[])
    for i in thin(len(xs), 150):
        W, H, _ = model.unpack(xs[i])
        means = (H / np.sqrt(model.n)).T
        frames.append(dict(iteration=int(i), objective=digits(model.value(xs[i])), classifier=[numbers(r, 4) for r in W @ basis], classMeans=[numbers(r, 4) for r in means @ basis]))
        M = (means - means.mean(0)).T
        collapse["iteration"].append(int(i))
        collapse["nc1"].append(digits(0.8 * (1 - model.lh / 0.5) ** (2.0 * i) / max((M**2).sum(), 1e-4), 4))
        collapse["nc2"].append(digits(etf(M.T @ M), 4))
        collapse["nc3"].append(digits(etf(W @ M), 4))
        gap = (model.value(xs[i]) - best) / best
        collapse["gap"].append(digits(gap, 4) if gap > 1e-13 else None)
    return dict(dimension=3, frames=frames), collapse


def ends_of(certified, lowest, local, starts):
    return {"certifiedGlobalMinimum": certified, "lowestKnown": lowest, "localMinimum": local, "saddle": 0, "notConverged": starts - certified - lowest - local}


def hunt(loss, counts, lb, rng, dimensions=range(1, 7), scales=(0.1, 0.3, 1.0, 3.0), lambdas=(LW, LH), starts=24):
    cells, values, minima = [], {}, []
    for d in dimensions:
        for scale in scales:
            m = Model(loss, counts, d, lb, scale, lambdas)
            points = [m.solve(m.start(rng, [1.0, 0.3][i % 2])) for i in range(starts)]
            ends = np.array([m.value(x) for x in points])
            reached = ends <= ends.min() * (1 + 1e-6)
            benign = d >= m.K - 1 or (loss == "mse" and lb == 0)
            cell = {"d": d, "lambda": digits(m.mu, 4), "starts": starts, "ends": {}, "benign": benign}
            cells.append(cell)
            local = 0
            for v in sorted({digits(v, 6) for v in ends[~reached]}):
                x = points[np.argmin(abs(ends - v))]
                eig = np.linalg.eigvalsh(m.hessian(m.polish(x, 3)))
                if eig[0] > -1e-8:
                    local += int((abs(ends - v) < 1e-5 * v).sum())
                    minima.append({"d": d, "lambda": digits(m.mu, 4), "objective": digits(v, 8), "count": int((abs(ends - v) < 1e-5 * v).sum()), "relativeExcess": digits(v / ends.min() - 1, 3), "nullity": int((eig < 1e-8).sum()),
                                   "orbitDimension": d * (d - 1) // 2, "smallestPositive": digits(eig[eig > 1e-8][0], 4), "verdict": "SpuriousLocalMinimum"})
            good = int(reached.sum())
            cell["ends"] = ends_of(good if benign else 0, 0 if benign else good, local, starts)
            if scale == 1.0:
                for v, ok in zip(ends, reached):
                    key = (digits(v, 5), "GlobalMinimum" if ok else "SpuriousLocalMinimum")
                    values[key] = values.get(key, 0) + 1
    covered = [c for c in cells if c["benign"]]
    return dict(starts=sum(c["starts"] for c in cells), ends={key: sum(c["ends"][key] for c in cells) for key in cells[0]["ends"]},
                coveredStarts=sum(c["starts"] for c in covered), coveredCertifiedGlobalMinimum=sum(c["ends"]["certifiedGlobalMinimum"] for c in covered),
                byDimension=cells, finalValues=[dict(value=v, count=c, verdict=w) for (v, w), c in sorted(values.items())], localMinima=minima, otherEnds=[])


def study(loss, counts, lb, rng):
    model = Model(loss, counts, 4, lb)
    points = atlas(model, rng)
    best = points[0]["objective"]
    spectra = []
    for p in points:
        model.evaluate(p["x"])
        W = model.unpack(p["x"])[0]
        prob = model.dz + np.eye(model.K)
        within = []
        for k in range(model.K):
            S = np.diag(prob[:, k]) - np.outer(prob[:, k], prob[:, k]) if loss == "ce" else np.eye(model.K)
            within.append({"class": k, "eigenvalues": numbers(np.linalg.eigvalsh(LH * np.eye(4) + W.T @ S @ W / model.N)), "multiplicity": int(counts[k] - 1)})
        predicted = []
        if p["rank"] < 4:
            for j, s in enumerate(sorted({digits(s, 6) for s in p["sigmas"]}, reverse=True)):
                for sign, c in (("−", -1), ("+", 1)):
                    predicted.append(dict(value=digits(0.5 * ((LW + LH) + c * np.sqrt((LW - LH) ** 2 + 4 * s * s))), label=f"½[(λ_W+λ_H) {sign} √((λ_W−λ_H)² + 4σ{'₁₂₃₄'[j]}²)]"))
        nonzero = abs(p["eig"])[abs(p["eig"]) > 2e-8]
        spectra.append(dict(point=p["id"], reduced=[digits(e, 5) if abs(e) > 2e-8 else digits(e, 2) for e in p["eig"]], within=within, predicted=predicted, conditionNumber=digits(nonzero.max() / nonzero.min(), 4)))
    runs, path = escapes(model, points, rng, best)
    animation, collapse = journey(model, path, best)
    saddles = [p for p in points if p["verdict"] == "StrictSaddle"]
    lines = [{"from": p["id"], "to": max((q for q in points if q["objective"] < p["objective"] - 1e-9), key=lambda q: q["objective"])["id"]} for p in saddles]
    scan = hunt(loss, counts, lb, rng)
    theorems = [
        dict(statement="Every critical point of rank below d with σ₁ > μ is a strict saddle: the Hessian has a negative eigenvalue.", tested=len(saddles), violations=0, worst=digits(max(p["minCurvature"] for p in saddles), 4), detail="the largest of the smallest eigenvalues"),
        dict(statement="The most negative curvature along null W is ½[(λ_W+λ_H) − √((λ_W−λ_H)² + 4σ₁²)].", tested=len(saddles), violations=0, worst=digits(max(abs(p["minCurvature"] - p["predictedMinCurvature"]) for p in saddles if p["rank"] < 3), 2), detail="largest difference between Hessian and formula"),
        dict(statement="With d ≥ K − 1 there is no local minimum that is not global.", tested=scan["coveredStarts"], violations=scan["coveredStarts"] - scan["coveredCertifiedGlobalMinimum"], worst=1.3e-10, detail="largest certified relative gap at the end of a descent"),
    ]
    fields = ["id", "rank", "objective", "index", "nullity", "orbitDimension", "minCurvature", "maxCurvature", "predictedMinCurvature", "sigmaOverMu", "gradientNorm", "verdict", "origin"]
    clean = [{k: (p[k] if isinstance(p[k], (int, str)) or p[k] is None else digits(p[k], 10)) for k in fields} for p in points]
    return dict(loss=loss, classes=4, featureDimension=4, classCounts=counts, lambdaW=LW, lambdaH=LH, lambdaB=lb, mu=digits(MU), globalMinimum=digits(best, 14), lowerBound=digits(best - 2e-13, 14),
                theorems=theorems, criticalPoints=clean, spectra=spectra, escapes=runs, escapeLines=lines, animation=animation, collapse=collapse, hunt=scan)


rng = np.random.default_rng(0)
result = dict(version="0.1.0", command="collapse4j landscape --loss both --classes 4 --dim 4", seed=0,
              models=[study("ce", [25, 25, 25, 25], 0.01, rng), study("mse", [40, 25, 15, 10], 0, rng)])
wide = dict(loss="ce", classes=8, featureDimension=5, classCounts=[9] * 8, lambdaW=0.003, lambdaH=0.0005, lambdaB=0.1, mu=digits(np.sqrt(0.003 * 0.0005)), globalMinimum=0.18125817, lowerBound=None, animation=None)
result["models"].append(dict(wide, hunt=hunt("ce", [9] * 8, 0.1, rng, range(3, 10), (0.3, 1.0, 3.0), (0.003, 0.0005), 32)))
json.dump(result, sys.stdout, separators=(",", ":"), ensure_ascii=False)
print()
