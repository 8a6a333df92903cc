#!/usr/bin/env python3
"""Writes the test vectors of this folder: vectors.json and an .npz for each case.

Metrics are computed with 50 digits (mpmath) from their definitions, by other means than collapse4j: one sample after another,
an eigendecomposition of the whole of Sigma_B with its rank known from the theory. Needs Python 3 with NumPy and mpmath.
"""
import json
import pathlib

import numpy
from mpmath import eigsy, log, matrix, mp, mpf, sqrt

mp.dps = 50
HERE = pathlib.Path(__file__).parent


def dot(a, b):
    return sum((x * y for x, y in zip(a, b)), mpf(0))


def minus(a, b):
    return [x - y for x, y in zip(a, b)]


def norm(a):
    return sqrt(dot(a, a))


def mean(vectors):
    return [sum(column, mpf(0)) / len(vectors) for column in zip(*vectors)]


def variance(values):
    centre = sum(values, mpf(0)) / len(values)
    return sum(((v - centre) ** 2 for v in values), mpf(0)) / len(values)


def variation(values):
    return sqrt(variance(values)) / (sum(values, mpf(0)) / len(values))


def etf_distance(a):
    """|| A/||A|| - (I - J/K)/sqrt(K-1) || of a list of rows."""
    k = len(a)
    size = sqrt(sum((x * x for row in a for x in row), mpf(0)))
    total = mpf(0)
    for i, row in enumerate(a):
        for j, x in enumerate(row):
            total += (x / size - ((1 if i == j else 0) - mpf(1) / k) / sqrt(mpf(k - 1))) ** 2
    return sqrt(total)


def nc1(features, labels, means, centre, rank):
    """tr(Sigma_W Sigma_B^+)/K; the pseudo-inverse at the given rank."""
    d, k = len(centre), len(means)
    scatter = matrix(d, d)
    for m in means:
        c = minus(m, centre)
        for i in range(d):
            for j in range(d):
                scatter[i, j] += c[i] * c[j] / k
    values, vectors = eigsy(scatter)
    order = sorted(range(d), key=lambda i: -values[i])[:rank]
    total = mpf(0)
    for i in order:
        u = [vectors[r, i] for r in range(d)]
        within = sum((dot(u, minus(h, means[y])) ** 2 for h, y in zip(features, labels)), mpf(0)) / len(features)
        total += within / values[i]
    return total / k


def argmax(scores):
    best = max(scores)
    assert sum(1 for s in scores if s == best) == 1, 'ties are not part of the vectors'
    return scores.index(best)


def metrics(features, labels, weights, bias, of_samples, ood):
    h = [[mpf(float(x)) for x in row] for row in features]
    w = [[mpf(float(x)) for x in row] for row in weights]
    b = [mpf(float(x)) for x in bias]
    y = [int(label) for label in labels]
    k, d, n = len(w), len(w[0]), len(h)
    members = [[h[i] for i in range(n) if y[i] == c] for c in range(k)]
    means = [mean(group) for group in members]
    sample_mean = mean(h)
    centre = sample_mean if of_samples else mean(means)
    m = [minus(mu, centre) for mu in means]
    variances = [sum((dot(e, e) for e in (minus(x, means[c]) for x in members[c])), mpf(0)) / len(members[c])
                 for c in range(k)]
    pairs = [(i, j) for i in range(k) for j in range(i)]
    directions = [[x / norm(v) for x in v] for v in m]
    cosines = [dot(directions[i], directions[j]) for i, j in pairs]
    distances = [norm(minus(directions[i], directions[j])) for i, j in pairs]
    within = sum((len(members[c]) * variances[c] for c in range(k)), mpf(0)) / n
    between = sum((dot(v, v) for v in m), mpf(0)) / k
    s = d - 2
    riesz = [(-1 if s < 0 else 1) * r ** (-s) for r in distances]
    logs = [-log(r) for r in distances]
    products = [dot(w[c], m[c]) for c in range(k)]
    size_w = sqrt(sum((dot(row, row) for row in w), mpf(0)))
    size_m = sqrt(sum((dot(row, row) for row in m), mpf(0)))
    linear = [argmax([dot(row, x) + bias_k for row, bias_k in zip(w, b)]) for x in h]
    without = [argmax([dot(row, x) for row in w]) for x in h]
    nearest = [argmax([-dot(e, e) for e in (minus(x, mu) for mu in means)]) for x in h]
    share = lambda a, c: mpf(sum(1 for p, q in zip(a, c) if p == q)) / n
    result = {
        'nc1': nc1(h, y, means, centre, min(d, k - 1)),
        'nc1Quotient': within / between,
        'nc1Cdnv': sum(((variances[i] + variances[j]) / 2 / norm(minus(means[i], means[j])) ** 2 for i, j in pairs),
                       mpf(0)) / len(pairs),
        'nc2Means': etf_distance([[dot(a, c) for c in m] for a in m]),
        'nc2Weights': etf_distance([[dot(a, c) for c in w] for a in w]),
        'nc2MeanNormsCv': variation([norm(v) for v in m]),
        'nc2WeightNormsCv': variation([norm(v) for v in w]),
        'nc2CosineMean': sum(cosines, mpf(0)) / len(pairs),
        'nc2CosineStd': sqrt(variance(cosines)),
        'nc2MaxAngle': sum((abs(c + mpf(1) / (k - 1)) for c in cosines), mpf(0)) / len(pairs),
        'gnc2LogMean': sum(logs, mpf(0)) / len(pairs),
        'gnc2LogVariance': variance(logs),
        'gnc2RieszMean': sum(riesz, mpf(0)) / len(pairs),
        'gnc2RieszVariance': variance(riesz),
        'nc3': etf_distance([[dot(row, v) for v in m] for row in w]),
        'nc3Papyan': sum(((x / size_w - z / size_m) ** 2 for row, v in zip(w, m) for x, z in zip(row, v)), mpf(0)),
        'unc3': variance(products),
        'nc4AgreementWithBias': share(linear, nearest),
        'nc4AgreementNoBias': share(without, nearest),
        'accuracyLinear': share(linear, y),
        'accuracyNearestMean': share(nearest, y),
        'biasRelation': norm([dot(row, sample_mean) + bias_k for row, bias_k in zip(w, b)]),
    }
    if all(x >= 0 for mu in means for x in mu):
        gram = [[dot(a, c) for c in means] for a in means]
        size = sqrt(sum((x * x for row in gram for x in row), mpf(0)))
        result['nc2FrameDistance'] = sqrt(sum(((x / size - (1 / sqrt(mpf(k)) if i == j else 0)) ** 2
                                               for i, row in enumerate(gram) for j, x in enumerate(row)), mpf(0)))
    if ood is not None:
        outside = mean([[mpf(float(x)) for x in row] for row in ood])
        result['nc5'] = sum((abs(dot(mu, outside)) / norm(mu) / norm(outside) for mu in means), mpf(0)) / k
    return result


def layer(seed, counts, d, spread, offset=0.0, dtype=numpy.float64):
    """Class means that are normal, samples around them, weights near the means."""
    random = numpy.random.default_rng(seed)
    k = len(counts)
    means = random.normal(size=(k, d)) * 2
    labels = numpy.concatenate([numpy.full(c, i) for i, c in enumerate(counts)])
    features = means[labels] + spread * random.normal(size=(len(labels), d)) + offset
    order = random.permutation(len(labels))
    weights = means - means.mean(axis=0) + 0.3 * random.normal(size=(k, d))
    bias = 0.2 * random.normal(size=k) - weights @ numpy.full(d, offset)
    return features[order].astype(dtype), labels[order], weights.astype(dtype), bias.astype(dtype)


def cases():
    yield ('plain', 'Equal counts, no offset: a program that fails here has a definition of its own.',
           layer(1, [6, 6, 6, 6], 6, 0.4), None)
    yield ('sign-cancelling',
           'A squashed tetrahedron. Centred means of equal norms always have the mean cosine -1/(K-1), that of a simplex,'
           ' here without a single angle of a simplex: signed deviations cancel, so nc2CosineMean says "collapsed" where'
           ' nc2CosineStd and nc2MaxAngle do not.',
           squashed_tetrahedron(), None)
    yield ('rank-cut-off',
           'An offset of 2^20 leaves round-off of 1e-10 in the class means, far above machine precision times the largest'
           ' singular value of Sigma_B (K - 1 = 4 of 8 directions are real). A pseudo-inverse with a generic cut-off keeps'
           ' it, and its inverse square dominates NC1; one-pass formulas such as E[x^2] - E[x]^2 lose NC1 as well.',
           layer(3, [5, 5, 5, 5, 5], 8, 0.3, offset=float(2 ** 20)), None)
    yield ('offset-and-imbalance',
           'Counts 12, 5, 2, 1 and an offset: the mean of the samples is not the mean of the class means. Metrics are given'
           ' for both as mu_G (globalMean); the bias relation uses the mean of the samples in either. A class of one sample'
           ' has variance 0.',
           layer(4, [12, 5, 2, 1], 5, 0.5, offset=3.0), None)
    yield ('bias-decides',
           'A bias that changes the class of many samples: NC4 and the accuracy without it are those of another classifier.',
           strong_bias(), None)
    yield ('non-negative',
           'Features after a ReLU: no class mean has a negative entry, and the ideal of the uncentred means is an orthogonal'
           ' frame (nc2FrameDistance), while the centred ones would be compared with a simplex.',
           rectified(), None)
    yield ('more-classes-than-dimensions', 'K - 1 > d: Sigma_B has rank d, and no simplex ETF fits.',
           layer(7, [3] * 6, 3, 0.4), None)
    yield ('nearly-collapsed',
           'Samples within 1e-5 of their means: NC1 is about 1e-11, and differences of large squares lose it.',
           layer(8, [6, 6, 6], 4, 1e-5), None)
    yield ('single-precision', 'Arrays of float32; the metrics are those of the numbers as stored, in exact arithmetic.',
           layer(9, [7, 4, 6], 5, 0.5, dtype=numpy.float32), None)
    yield ('outliers', 'With out-of-distribution features, for NC5; its means are not centred.',
           layer(10, [5, 5, 5], 4, 0.4), numpy.random.default_rng(11).normal(size=(9, 4)) + 0.5)


def squashed_tetrahedron():
    random = numpy.random.default_rng(2)
    means = numpy.array([[2, 1, 0.5, 0], [2, -1, -0.5, 0], [-2, 1, -0.5, 0], [-2, -1, 0.5, 0]])
    noise = random.integers(-8, 9, size=(4, 3, 4)) / 16
    noise = numpy.concatenate([noise, -noise], axis=1)  # dyadic, with mean 0: the class means are exact
    labels = numpy.repeat(numpy.arange(4), 6)
    features = means[labels] + noise.reshape(-1, 4)
    return features, labels, means * 0.75, numpy.zeros(4)


def strong_bias():
    features, labels, weights, bias = layer(5, [6, 6, 6], 4, 1.0)
    return features, labels, weights, bias + numpy.array([9.0, -6.0, 0.0])


def rectified():
    features, labels, weights, bias = layer(6, [5, 7, 4, 6], 6, 0.5)
    return numpy.maximum(features, 0), labels, weights, bias


def main():
    index = []
    for name, what, (features, labels, weights, bias), ood in cases():
        arrays = {'features': features, 'labels': labels.astype(numpy.int64), 'weights': weights, 'bias': bias}
        if ood is not None:
            arrays['ood'] = ood
        numpy.savez(HERE / f'{name}.npz', **arrays)
        entry = {'name': name, 'description': what, 'dtype': str(features.dtype)}
        entry.update({key: value.tolist() for key, value in arrays.items()})
        entry['metrics'] = {
            convention: {key: float(mp.nstr(value, 17)) for key, value in
                         metrics(features, labels, weights, bias, convention == 'samples', ood).items()}
            for convention in ('classMeans', 'samples')}
        index.append(entry)
    text = json.dumps({'format': 1, 'cases': index}, ensure_ascii=False)
    text = text.replace('{"name"', '\n{"name"').replace(', "metrics"', ',\n "metrics"') + '\n'
    (HERE / 'vectors.json').write_text(text, encoding='utf-8')


if __name__ == '__main__':
    main()
