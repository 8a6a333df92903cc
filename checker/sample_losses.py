"""The loss of a sample as a function of its logits, with derivatives, in intervals.

Written from “Losses of a training” in docs/proof-format.md. A plain loss is one without smoothing and with equal weights.
A column j has an entry e for each class, or output. If groups have several classes, it has one for all other classes of
each group, which counts as many times, and last that of the class itself.
"""

from intervals import UNIT, ZERO, Interval, dot, total
from proof_file import enclose


class SampleLoss:
    """The shares ν_j of the samples, weights, and smoothed targets."""

    def __init__(self, model):
        trained = model.trained
        self.sizes = [m for m, _ in model.groups]
        self.columns = len(self.sizes)
        self.rows = model.rows
        self.grouped = max(self.sizes) > 1
        self.entries = self.rows + self.grouped
        self.share = [Interval.of(n, model.samples) for _, n in model.groups]
        self.group_share = [share.times(m) for share, m in zip(self.share, self.sizes)]
        self.targets = [[enclose(x) for x in column] for column in model.targets]
        self.weights = [UNIT] * self.rows
        self.smoothing = ZERO
        if trained:
            self.weights = [Interval.of(*weight) for weight in trained.class_weights]
            self.smoothing = Interval.of(*trained.smoothing)
            if not self.targets:
                mean = dot(self.group_share, self.weights)
                self.weights = [weight / mean for weight in self.weights]
        self.other = self.smoothing / Interval.of(model.classes)
        self.own = UNIT - self.smoothing + self.other

    def row(self, e, j):
        return j if e == self.rows else e

    def is_own(self, e, j):
        return not self.targets and e == (self.rows if self.grouped else j)

    def multiplicity(self, e, j):
        """The number of classes that an entry stands for."""
        if not self.grouped or e == self.rows:
            return 1
        return self.sizes[e] - (e == j)

    def size(self, row):
        return self.sizes[row] if self.grouped else 1

    def row_mean(self, row, entry):
        """Σ_j ν_j entry(e, j) over all samples, for one class of a row."""
        others = [self.sizes[j] - (self.grouped and j == row) for j in range(self.columns)]
        result = dot(
            [share.times(m) for share, m in zip(self.share, others)],
            [entry(row, j) if m else ZERO for j, m in enumerate(others)],
        )
        return result + self.share[row] * entry(self.rows, row) if self.grouped else result

    def weight(self, e, j):
        """The factor of an entry in a sum over outputs: that of the class, or of the output without classes."""
        return self.weights[e if self.targets else j]

    def target(self, e, j):
        if self.targets:
            return (UNIT - self.smoothing) * self.targets[j][e] + self.other
        return self.own if self.is_own(e, j) else self.other

    def frequency(self, row):
        return self.row_mean(row, lambda e, j: self.targets[j][e]) if self.targets else self.share[row]

    def at(self, j, logits):
        """What is needed about a sample of group j with these logits."""
        raise NotImplementedError

    def third(self, j):
        """A bound of |ℓ'''[u, u, u]| for unit vectors u."""
        raise NotImplementedError

    def second(self, j):
        """A bound of |ℓ''[u, v]| for unit vectors u and v."""
        raise NotImplementedError

    def mean(self, logits):
        return dot(self.group_share, [self.at(j, column).value for j, column in enumerate(logits)])

    def counted(self, j, numbers):
        """Numbers for each entry, times its multiplicity."""
        return [x.times(self.multiplicity(e, j)) for e, x in enumerate(numbers)] if self.grouped else numbers


class _Separable:
    """Value, residual, and a diagonal curvature."""

    def __init__(self, value, residual, diagonal):
        self.value = value
        self.residual = residual
        self.diagonal = diagonal

    def curvature(self, k, l):
        return self.diagonal[k] if k == l else ZERO

    def curvature_times(self, vector):
        return [s * x for s, x in zip(self.diagonal, vector)]


class _Coupled:
    """Value, residual, and the curvature ω(diag(p) − ppᵀ)."""

    def __init__(self, value, residual, omega, p):
        self.value = value
        self.residual = residual
        self.omega = omega
        self.p = p

    def curvature(self, k, l):
        product = self.p[k] * self.p[l]
        return self.omega * (self.p[k] - product if k == l else -product)

    def curvature_times(self, vector):
        mean = dot(self.p, vector)
        return [self.omega * (q * (x - mean)) for q, x in zip(self.p, vector)]


class Softmax(SampleLoss):
    def __init__(self, model):
        super().__init__(model)
        trained = model.trained
        self.base = [weight * self.other for weight in self.weights]
        rest = UNIT - self.smoothing
        self.extra = [weight * rest for weight in self.weights]
        if self.targets:
            self.omega = [total(self.wanted(e, j) for e in range(self.rows)) for j in range(self.columns)]
        else:
            together = total(one.times(self.size(k)) for k, one in enumerate(self.base))
            self.omega = [together + one for one in self.extra]
        self.offset = [ZERO] * self.rows
        self.margin = [ZERO] * self.columns
        if trained:
            sign, *tau = trained.logit_adjustment
            if tau[0]:
                tau = Interval.of(*tau).times(sign)
                self.offset = [tau * self.frequency(k).log() for k in range(self.rows)]
            if not self.targets:
                self.margin = [Interval.of(*margin) for margin in trained.margins]

    def wanted(self, e, j):
        if self.targets:
            return self.weights[e] * self.target(e, j)
        base = self.base[self.row(e, j)]
        return base + self.extra[j] if self.is_own(e, j) else base

    def shift(self, e, j):
        offset = self.offset[self.row(e, j)]
        return offset - self.margin[j] if self.is_own(e, j) else offset

    def at(self, j, logits):
        shifted = [z + self.shift(e, j) for e, z in enumerate(logits)]
        top = Interval.point(max(z.hi for z in shifted))
        powers = [(z - top).exp() for z in shifted]
        whole = total(self.counted(j, powers))
        p = [power / whole for power in powers]
        wanted = [self.wanted(e, j) for e in range(self.entries)]
        value = self.omega[j] * (whole.log() + top) - dot(self.counted(j, wanted), shifted)
        return _Coupled(value, [self.omega[j] * q - u for q, u in zip(p, wanted)], self.omega[j], p)

    def third(self, j):
        return self.omega[j] * Interval.of(2, 27).root()

    def second(self, j):
        return self.omega[j].over(2)


class Sigmoid(SampleLoss):
    def __init__(self, model):
        super().__init__(model)
        self.factor = [Interval.of(*weight) for weight in model.trained.positive_weights]

    def up(self, e, j):
        return self.weight(e, j) * self.factor[self.row(e, j)] * self.target(e, j)

    def down(self, e, j):
        return self.weight(e, j) * (UNIT - self.target(e, j))

    def at(self, j, logits):
        values, residual, diagonal = [], [], []
        for e, z in enumerate(logits):
            up, down, p = self.up(e, j), self.down(e, j), _sigmoid(z)
            values.append(up * _softplus(-z) + down * _softplus(z))
            residual.append((up + down) * p - up)
            diagonal.append((up + down) * (p * (UNIT - p)))
        return _Separable(total(self.counted(j, values)), residual, diagonal)

    def _most(self, j):
        return Interval.point(max((self.up(e, j) + self.down(e, j)).hi for e in range(self.entries)))

    def third(self, j):
        return self._most(j) * Interval.of(1, 108).root()

    def second(self, j):
        return self._most(j).over(4)


class Squared(SampleLoss):
    def at(self, j, logits):
        errors = [z - self.target(e, j) for e, z in enumerate(logits)]
        weights = [self.weight(e, j) for e in range(self.entries)]
        value = dot(self.counted(j, weights), [x.square() for x in errors]).over(2)
        return _Separable(value, [w * x for w, x in zip(weights, errors)], weights)

    def third(self, j):
        return ZERO

    def second(self, j):
        return Interval.point(max(self.weight(e, j).hi for e in range(self.entries)))


def _sigmoid(z):
    return UNIT / (UNIT + (-z).exp()) if z.lo > 0 else UNIT - UNIT / (UNIT + z.exp())


def _softplus(z):
    """log(1 + e^z)."""
    return z + (UNIT + (-z).exp()).log() if z.lo > 0 else (UNIT + z.exp()).log()


LOSSES = {"cross-entropy": Softmax, "binary-cross-entropy": Sigmoid, "squared-error": Squared}  # by kind
