"""Lower bounds and values for the losses of a training: smoothing, weights, offsets and margins, and sigmoid losses.

Class k is the output, class j the sample's. Written from “Losses of a training” in docs/proof-format.md.
"""

import lower_bounds
import proof_file
from intervals import BITS, ONE, UNIT, ZERO, Interval, NotProved, dot, norm_squared, total
from proof_file import DOUBLE_ONE, Refused, enclose


class TrainedLoss:
    """The shares ν_j of the samples, their weights w_j, and smoothed targets."""

    def __init__(self, model):
        trained = model.trained
        self.model = model
        self.size = len(model.groups)
        self.share = [Interval.of(n, model.samples) for _, n in model.groups]
        weights = [Interval.of(*weight) for weight in trained.class_weights]
        mean = dot(self.share, weights)
        self.weight = [weight / mean for weight in weights]
        self.smoothing = Interval.of(*trained.smoothing)
        self.other = self.smoothing.over(self.size)
        self.own = UNIT - self.smoothing + self.other

    def target(self, k, j):
        return self.own if k == j else self.other

    # ---- what differs between the losses ----

    def read(self, file):
        """Reads the dual point, and stores what describes it."""
        raise NotImplementedError

    def residuals(self):
        """Columns of ε, without the scale."""
        raise NotImplementedError

    def repair(self, gamma):
        """Changes the dual point so that γ vanishes."""
        raise NotImplementedError

    def minus_conjugate(self, j, column, factor):
        """An interval whose lower end is at most −Λ_j for the residuals of the column times the factor."""
        raise NotImplementedError

    def loss(self, j, logits):
        raise NotImplementedError

    # ---- what does not ----

    def bound(self, scale):
        model = self.model
        columns = self.residuals()
        gamma = [dot(self.share, row) for row in zip(*columns)]
        if model.bias == "free":
            self.repair(gamma)
            columns = self.residuals()
            gamma = [ZERO] * self.size
        excess = self._largest_square(columns, scale) - ONE
        factor = scale
        if excess > 0:
            factor = scale * Interval.point((UNIT / Interval.point(ONE + excess).root()).lo)
        terms = [self.minus_conjugate(j, column, factor) for j, column in enumerate(columns)]
        bound = dot(self.share, terms)
        if model.bias == "regularised":
            squares = total((factor * one).square() for one in gamma)
            bound -= squares / Interval.of(*model.lambda_b).times(2)
        zeros = [ZERO] * self.size
        if bound.lo > self._data([zeros] * self.size).hi:
            raise AssertionError("a lower bound above the value at zero: a bug of this checker")
        return Interval.point(bound.lo)

    def _largest_square(self, columns, scale):
        model = self.model
        limit = Interval.of(*model.lambda_w) * Interval.of(*model.lambda_h) * Interval.of(model.samples).square()
        if limit.lo <= 0:
            raise NotProved("lambda_W lambda_H N^2 is too small for this checker")
        weighted = []
        for column, (_, n) in zip(columns, model.groups):
            factor = (Interval.of(n) / limit).root() * scale
            weighted.append([factor * x for x in column])
        return lower_bounds.largest_eigenvalue([list(row) for row in zip(*weighted)])

    def _data(self, logits):
        return dot(self.share, [self.loss(j, column) for j, column in enumerate(logits)])

    def value(self, point):
        model = self.model
        read = lambda rows: [[enclose(x) for x in row] for row in rows]
        w, h = read(point.w), read(point.h)
        b = [enclose(x) for x in point.b]
        logits = []
        for j, (_, n) in enumerate(model.groups):
            root = Interval.of(n).root()
            feature = [row[j] for row in h]
            column = [dot(row, feature) / root for row in w]
            logits.append([z + shift for z, shift in zip(column, b)] if b else column)
        twice = Interval.of(*model.lambda_w) * total(norm_squared(row) for row in w)
        twice += Interval.of(*model.lambda_h) * total(norm_squared(row) for row in h)
        if model.lambda_b:
            twice += Interval.of(*model.lambda_b) * norm_squared(b)
        return self._data(logits) + twice.over(2)


class Softmax(TrainedLoss):
    def __init__(self, model):
        super().__init__(model)
        trained = model.trained
        self.base = [weight * self.other for weight in self.weight]
        extra = UNIT - self.smoothing
        self.extra = [weight * extra for weight in self.weight]
        together = total(self.base)
        self.omega = [together + one for one in self.extra]
        sign, *tau = trained.logit_adjustment
        tau = Interval.of(*tau).times(sign)
        self.offset = [tau * share.log() for share in self.share]
        self.margin = [Interval.of(*margin) for margin in trained.margins]

    def wanted(self, k, j):
        return self.base[k] + self.extra[j] if k == j else self.base[k]

    def shift(self, k, j):
        return self.offset[k] - self.margin[j] if k == j else self.offset[k]

    def read(self, file):
        self.p = []
        for j, column in enumerate(proof_file.matrix(file["q"], "q", self.size, self.size, 0, DOUBLE_ONE)):
            rest = DOUBLE_ONE - sum(column) + column[j]
            if rest < 0:
                raise Refused(f"q[{j}]: the probabilities of the other classes add up to more than 1")
            self.p.append([enclose(rest if k == j else x) for k, x in enumerate(column)])

    def residuals(self):
        return [
            [self.omega[j] * x - self.wanted(k, j) for k, x in enumerate(column)] for j, column in enumerate(self.p)
        ]

    def repair(self, gamma):
        everything = dot(self.share, self.omega)
        mean = [
            (total(share * self.wanted(k, j) for j, share in enumerate(self.share))) / everything
            for k in range(self.size)
        ]
        delta = [one / everything for one in gamma]
        positive = [Interval(max(one.lo, 0), max(one.hi, 0)) for one in delta]
        mixed = max((one / (share + one)).hi for one, share in zip(positive, mean))
        mixed = Interval.point(min(mixed, ONE))
        rest = UNIT - mixed
        self.p = [
            [_probability(rest * (x - delta[k]) + mixed * mean[k]) for k, x in enumerate(column)] for column in self.p
        ]

    def minus_conjugate(self, j, column, factor):
        rest = UNIT - factor
        result = ZERO
        for k, (p, residual) in enumerate(zip(self.p[j], column)):
            q = _probability(factor * p + rest * (self.wanted(k, j) / self.omega[j]))
            result += self.omega[j] * lower_bounds.entropy(q) + factor * residual * self.shift(k, j)
        return result

    def loss(self, j, logits):
        shifted = [z + self.shift(k, j) for k, z in enumerate(logits)]
        top = Interval.point(max(z.hi for z in shifted))
        powers = total((z - top).exp() for z in shifted)
        linear = total(self.wanted(k, j) * z for k, z in enumerate(shifted))
        return self.omega[j] * (powers.log() + top) - linear


class Sigmoid(TrainedLoss):
    def __init__(self, model):
        super().__init__(model)
        self.factor = [Interval.of(*weight) for weight in model.trained.positive_weights]

    def up(self, k, j):
        return self.weight[j] * self.factor[k] * self.target(k, j)

    def down(self, k, j):
        return self.weight[j] * (UNIT - self.target(k, j))

    def read(self, file):
        self.q = [
            [enclose(x) for x in column]
            for column in proof_file.matrix(file["q"], "q", self.size, self.size, 0, DOUBLE_ONE)
        ]

    def residuals(self):
        return [
            [(self.up(k, j) + self.down(k, j)) * x - self.up(k, j) for k, x in enumerate(column)]
            for j, column in enumerate(self.q)
        ]

    def repair(self, gamma):
        for k, one in enumerate(gamma):
            up = total(share * self.up(k, j) for j, share in enumerate(self.share))
            down = total(share * self.down(k, j) for j, share in enumerate(self.share))
            fall = _at_most_one(up, up + one, one.hi <= 0)
            rise = _at_most_one(down, down - one, one.lo >= 0)
            for column in self.q:
                column[k] = _probability(UNIT - rise * (UNIT - fall * column[k]))

    def minus_conjugate(self, j, column, factor):
        rest = UNIT - factor
        result = ZERO
        for k, q in enumerate(self.q[j]):
            up, down = self.up(k, j), self.down(k, j)
            both = up + down
            if both.hi == 0:
                continue
            mixed = _probability(factor * q + rest * (up / both))
            result += both * (lower_bounds.entropy(mixed) + lower_bounds.entropy(_probability(UNIT - mixed)))
        return result

    def loss(self, j, logits):
        return total(
            self.up(k, j) * _softplus(-z) + self.down(k, j) * _softplus(z) for k, z in enumerate(logits)
        )


class Squared(TrainedLoss):
    def read(self, file):
        self.e = [
            [enclose(x) for x in column]
            for column in proof_file.matrix(file["residuals"], "residuals", self.size, self.size)
        ]

    def residuals(self):
        return [[self.weight[j] * x for x in column] for j, column in enumerate(self.e)]

    def repair(self, gamma):
        everything = dot(self.share, self.weight)
        change = [one / everything for one in gamma]
        self.e = [[x - change[k] for k, x in enumerate(column)] for column in self.e]

    def minus_conjugate(self, j, column, factor):
        scaled = [factor * x for x in self.e[j]]
        inner = norm_squared(scaled).over(2) + total(self.target(k, j) * x for k, x in enumerate(scaled))
        return -(self.weight[j] * inner)

    def loss(self, j, logits):
        return (self.weight[j] * total((z - self.target(k, j)).square() for k, z in enumerate(logits))).over(2)


def _probability(x):
    return Interval(min(max(x.lo, 0), ONE), max(min(x.hi, ONE), 0))


def _at_most_one(part, whole, unchanged):
    """part/whole, or 1 if that is larger; 1 as well where nothing has to change."""
    if whole.lo <= 0:
        if unchanged:
            return UNIT
        raise NotProved("a mean probability may be 0 or 1")
    ratio = part / whole
    return Interval(min(ratio.lo, ONE), min(ratio.hi, ONE))


def _softplus(z):
    """log(1 + e^z)."""
    return z + (UNIT + (-z).exp()).log() if z.lo > 0 else (UNIT + z.exp()).log()


LOSSES = {"trained-cross-entropy": Softmax, "binary-cross-entropy": Sigmoid, "trained-squared-error": Squared}


def bound(model, file):
    """The lower bound of a file's dual point, as a point interval, and the loss."""
    loss = LOSSES[model.loss](model)
    loss.read(file)
    scale = enclose(proof_file.double(file["scale"], "scale", 0, DOUBLE_ONE))
    return loss.bound(scale), loss
