"""Spurious minima of balanced cross-entropy at d = K − 2: two groups of classes, each a simplex of its own."""

import math

import proof_file
from intervals import BITS, ONE, UNIT, ZERO, Interval, NotProved, total
from proof_file import Refused


def two_simplices(file):
    classes, kappa = proof_file.members(file, "file", ["classes", "kappa"], proof_file.COMMON_KEYS)
    proof_file.items(classes, "classes", 2)
    first = proof_file.integer(classes[0], "classes[0]", 6, proof_file.MOST_CLASSES)
    last = proof_file.integer(classes[1], "classes[1]", first, proof_file.MOST_CLASSES)
    fraction = proof_file.rational(kappa, "kappa")
    if fraction[0] >= fraction[1]:
        raise Refused("kappa: expected a rational below 1")
    kappa = Interval.of(*fraction)
    margins = [_check(k, kappa) for k in range(first, last + 1)]
    shown = f"{fraction[0]}/{fraction[1]}" if fraction[1] > 1 else str(fraction[0])
    return (
        f"balanced cross-entropy, K = {first} to {last}, d = K - 2, sqrt(lambda_W lambda_H) = kappa/(K sqrt n), kappa = {shown}",
        [
            "For every such K and every number n of samples per class, the groups of K/2 (rounded down and up) classes are a "
            "nondegenerate local minimum that is not global: without bias, and for even K with any bias.",
            f"its value exceeds that of groups of 2 and K - 2 classes by >= {min(margins, key=lambda x: x.lo).down(6)}",
        ],
    )


class _Group:
    """A group of m among K classes with logits s(1 − 1/m), −s/m within it and 0 elsewhere: probabilities p, q and r."""

    def __init__(self, m, classes, s):
        self.m = m
        self.s = s
        own, same = (s - s.over(m)).exp(), (-s.over(m)).exp()
        self.z = own + same.times(m - 1) + Interval.of(classes - m)
        self.p, self.q, self.r = own / self.z, same / self.z, UNIT / self.z

    def share_of_value(self, kappa):
        """What the group contributes to K·f."""
        return (self.z.log() - self.s + self.s.over(self.m)).times(self.m) + (kappa * self.s).times(self.m - 1)


def _solve(m, classes, kappa):
    """The group at the solution of F_m(s) = 1 − κ, where F_m = p − q increases in s."""
    target = UNIT - kappa

    def difference(s):
        decay = (-s).exp()
        other = (s.over(m) - s).exp()
        return (UNIT - decay) / (UNIT + decay.times(m - 1) + other.times(classes - m)) - target

    # The search is not rigorous; the signs at the ends are.
    aim = 1 - (kappa.lo >> (BITS - 100)) / 2**100
    f = lambda s: -math.expm1(-s) / (1 + (m - 1) * math.exp(-s) + (classes - m) * math.exp(-s * (1 - 1 / m)))
    low, high = 0.0, 400.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < aim else (low, middle)
    step = 1e-4 * low + 1e-9
    inverse = Interval.of(*(step / max(f(low + step) - f(low), 1e-30)).as_integer_ratio())
    s = Interval.of(*low.as_integer_ratio()).lo
    for _ in range(12):
        s = max((Interval.point(s) - difference(Interval.point(s)) * inverse).lo, 1)
    for bits in (150, 60, 30):
        width = ONE >> bits
        ends = Interval(max(s - width, 1), s + width)
        if difference(Interval.point(ends.lo)).hi < 0 < difference(Interval.point(ends.hi)).lo:
            return _Group(m, classes, ends)
    raise NotProved(f"F_m(s) = 1 - kappa is not enclosed for m = {m}, K = {classes}")


def _check(classes, kappa):
    """The margin between the values for one K."""
    small, large = classes // 2, classes - classes // 2
    first, second = _solve(small, classes, kappa), _solve(large, classes, kappa)
    even = small == large
    for one, other in ((first, second), (second, first))[: 1 if even else 2]:
        _check_definite(_lemma_e(one, other, classes, kappa, with_bias=even), classes)
    value = first.share_of_value(kappa) + second.share_of_value(kappa)
    two, rest = _solve(2, classes, kappa), _solve(classes - 2, classes, kappa)
    lower = two.share_of_value(kappa) + rest.share_of_value(kappa)
    margin = (value - lower).over(classes)
    if margin.lo <= 0:
        raise NotProved(
            f"the value of the groups of K/2 is not proved to be above that of 2 and K - 2 for K = {classes}"
        )
    return margin


def _lemma_e(one, other, classes, kappa, with_bias):
    """The matrix of the form of Lemma E for the group `one`, with n = 1, λ_W = λ_H = κ/K and λ_b = 0.

    The variables are ξ, η_a, η_b, τ and, with a bias, δ.
    """
    a, b, s = one.m, other.m, one.s
    size = 4 + with_bias
    unit = lambda index, value: [value if i == index else ZERO for i in range(size)]
    tau = unit(3, UNIT)
    delta = unit(4, UNIT / s.root())  # zeros without bias
    add = lambda *forms: [total(entries) for entries in zip(*forms)]
    minus_tau = [-x.over(a) for x in tau]
    big_b = add(minus_tau, unit(0, Interval.of(classes, a * b).root()))
    gamma = add(minus_tau, unit(1, UNIT / Interval.of(a).root()), delta)
    t = add(tau, big_b, gamma)
    c = add(unit(2, UNIT / Interval.of(b).root()), delta)
    mean = [one.p * x + one.q * (y.times(a - 1) - z) for x, y, z in zip(t, big_b, gamma)]
    scale, mu = s.over(classes), kappa.over(classes)
    result = []
    for i in range(size):
        row = []
        for j in range(i + 1):
            within = (
                (big_b[i] * big_b[j] + gamma[i] * gamma[j]).times(a - 1) - big_b[i] * gamma[j] - big_b[j] * gamma[i]
            )
            variance = one.p * t[i] * t[j] + one.q * within - mean[i] * mean[j] + (other.r * c[i] * c[j]).times(b)
            entry = scale * variance
            row.append(entry + mu if i == j and i < 3 else entry)
        result.append(row)
    root = Interval.of(classes).root()
    result[1][0] -= one.r * Interval.of(b).root() / root
    result[2][0] += other.r * Interval.of(a).root() / root
    return result


def _check_definite(rows, classes):
    """Checks that an interval LDLᵀ factorisation has positive pivots."""
    size = len(rows)
    full = [[rows[max(i, j)][min(i, j)] for j in range(size)] for i in range(size)]
    for k in range(size):
        if full[k][k].lo <= 0:
            raise NotProved(f"the form of the local minimum is not proved to be positive definite for K = {classes}")
        for i in range(k + 1, size):
            ratio = full[i][k] / full[k][k]
            for j in range(k + 1, size):
                full[i][j] -= ratio * full[k][j]
