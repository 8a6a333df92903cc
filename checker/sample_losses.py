"""The loss of a sample as a function of its logits, with derivatives, in intervals.

Class k is the output, class j the sample's. Written from “Losses of a training” in docs/proof-format.md. A plain loss is one
without smoothing and with equal weights.
"""

from intervals import UNIT, ZERO, Interval, dot, norm_squared, total


class SampleLoss:
    """The shares ν_j of the samples, their weights w_j, and smoothed targets."""

    def __init__(self, model):
        trained = model.trained
        self.size = len(model.groups)
        self.share = [Interval.of(n, model.samples) for _, n in model.groups]
        self.weight = [UNIT] * self.size
        self.smoothing = ZERO
        if trained:
            weights = [Interval.of(*weight) for weight in trained.class_weights]
            mean = dot(self.share, weights)
            self.weight = [weight / mean for weight in weights]
            self.smoothing = Interval.of(*trained.smoothing)
        self.other = self.smoothing.over(self.size)
        self.own = UNIT - self.smoothing + self.other

    def target(self, k, j):
        return self.own if k == j else self.other

    def at(self, j, logits):
        """What is needed about a sample of class j with these logits."""
        raise NotImplementedError

    def third(self, j):
        """A bound of |ℓ'''[u, u, u]| for unit vectors u."""
        raise NotImplementedError

    def second(self, j):
        """A bound of |ℓ''[u, v]| for unit vectors u and v."""
        raise NotImplementedError

    def mean(self, logits):
        return dot(self.share, [self.at(j, column).value for j, column in enumerate(logits)])


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
        self.base = [weight * self.other for weight in self.weight]
        rest = UNIT - self.smoothing
        self.extra = [weight * rest for weight in self.weight]
        together = total(self.base)
        self.omega = [together + one for one in self.extra]
        self.offset = [ZERO] * self.size
        self.margin = [ZERO] * self.size
        if trained:
            sign, *tau = trained.logit_adjustment
            tau = Interval.of(*tau).times(sign)
            self.offset = [tau * share.log() for share in self.share]
            self.margin = [Interval.of(*margin) for margin in trained.margins]

    def wanted(self, k, j):
        return self.base[k] + self.extra[j] if k == j else self.base[k]

    def shift(self, k, j):
        return self.offset[k] - self.margin[j] if k == j else self.offset[k]

    def at(self, j, logits):
        shifted = [z + self.shift(k, j) for k, z in enumerate(logits)]
        top = Interval.point(max(z.hi for z in shifted))
        powers = [(z - top).exp() for z in shifted]
        whole = total(powers)
        p = [power / whole for power in powers]
        wanted = [self.wanted(k, j) for k in range(self.size)]
        value = self.omega[j] * (whole.log() + top) - dot(wanted, shifted)
        return _Coupled(value, [self.omega[j] * q - u for q, u in zip(p, wanted)], self.omega[j], p)

    def third(self, j):
        return self.omega[j] * Interval.of(2, 27).root()

    def second(self, j):
        return self.omega[j].over(2)


class Sigmoid(SampleLoss):
    def __init__(self, model):
        super().__init__(model)
        self.factor = [Interval.of(*weight) for weight in model.trained.positive_weights]

    def up(self, k, j):
        return self.weight[j] * self.factor[k] * self.target(k, j)

    def down(self, k, j):
        return self.weight[j] * (UNIT - self.target(k, j))

    def at(self, j, logits):
        value, residual, diagonal = ZERO, [], []
        for k, z in enumerate(logits):
            up, down, p = self.up(k, j), self.down(k, j), _sigmoid(z)
            value += up * _softplus(-z) + down * _softplus(z)
            residual.append((up + down) * p - up)
            diagonal.append((up + down) * (p * (UNIT - p)))
        return _Separable(value, residual, diagonal)

    def _most(self, j):
        return Interval.point(max((self.up(k, j) + self.down(k, j)).hi for k in range(self.size)))

    def third(self, j):
        return self._most(j) * Interval.of(1, 108).root()

    def second(self, j):
        return self._most(j).over(4)


class Squared(SampleLoss):
    def at(self, j, logits):
        errors = [z - self.target(k, j) for k, z in enumerate(logits)]
        w = self.weight[j]
        return _Separable((w * norm_squared(errors)).over(2), [w * x for x in errors], [w] * self.size)

    def third(self, j):
        return ZERO

    def second(self, j):
        return self.weight[j]


def _sigmoid(z):
    return UNIT / (UNIT + (-z).exp()) if z.lo > 0 else UNIT - UNIT / (UNIT + z.exp())


def _softplus(z):
    """log(1 + e^z)."""
    return z + (UNIT + (-z).exp()).log() if z.lo > 0 else (UNIT + z.exp()).log()


LOSSES = {
    "cross-entropy": Softmax,
    "squared-error": Squared,
    "trained-cross-entropy": Softmax,
    "binary-cross-entropy": Sigmoid,
    "trained-squared-error": Squared,
}
