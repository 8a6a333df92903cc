"""Lower bounds for the losses of a training: smoothing, weights, offsets and margins, and sigmoid losses.

Class k is the output, class j the sample's. Written from “Losses of a training” in docs/proof-format.md.
"""

import lower_bounds
import proof_file
import sample_losses
from intervals import BITS, ONE, UNIT, ZERO, Interval, NotProved, dot, norm_squared, total
from proof_file import DOUBLE_ONE, Refused, enclose


class DualPoint:
    """A dual point of a model, from which the subclasses derive residuals and conjugates."""

    def __init__(self, model):
        self.model = model
        self.size = len(model.groups)
        self.loss = sample_losses.LOSSES[model.loss](model)
        self.share = self.loss.share

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
        if bound.lo > self.loss.mean([zeros] * self.size).hi:
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


class Softmax(DualPoint):
    def read(self, file):
        self.p = []
        for j, column in enumerate(proof_file.matrix(file["q"], "q", self.size, self.size, 0, DOUBLE_ONE)):
            rest = DOUBLE_ONE - sum(column) + column[j]
            if rest < 0:
                raise Refused(f"q[{j}]: the probabilities of the other classes add up to more than 1")
            self.p.append([enclose(rest if k == j else x) for k, x in enumerate(column)])

    def residuals(self):
        return [
            [self.loss.omega[j] * x - self.loss.wanted(k, j) for k, x in enumerate(column)] for j, column in enumerate(self.p)
        ]

    def repair(self, gamma):
        everything = dot(self.share, self.loss.omega)
        mean = [
            (total(share * self.loss.wanted(k, j) for j, share in enumerate(self.share))) / everything
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
            q = _probability(factor * p + rest * (self.loss.wanted(k, j) / self.loss.omega[j]))
            result += self.loss.omega[j] * lower_bounds.entropy(q) + factor * residual * self.loss.shift(k, j)
        return result


class Sigmoid(DualPoint):
    def read(self, file):
        self.q = [
            [enclose(x) for x in column]
            for column in proof_file.matrix(file["q"], "q", self.size, self.size, 0, DOUBLE_ONE)
        ]

    def residuals(self):
        return [
            [(self.loss.up(k, j) + self.loss.down(k, j)) * x - self.loss.up(k, j) for k, x in enumerate(column)]
            for j, column in enumerate(self.q)
        ]

    def repair(self, gamma):
        for k, one in enumerate(gamma):
            up = total(share * self.loss.up(k, j) for j, share in enumerate(self.share))
            down = total(share * self.loss.down(k, j) for j, share in enumerate(self.share))
            fall = _at_most_one(up, up + one, one.hi <= 0)
            rise = _at_most_one(down, down - one, one.lo >= 0)
            for column in self.q:
                column[k] = _probability(UNIT - rise * (UNIT - fall * column[k]))

    def minus_conjugate(self, j, column, factor):
        rest = UNIT - factor
        result = ZERO
        for k, q in enumerate(self.q[j]):
            up, down = self.loss.up(k, j), self.loss.down(k, j)
            both = up + down
            if both.hi == 0:
                continue
            mixed = _probability(factor * q + rest * (up / both))
            result += both * (lower_bounds.entropy(mixed) + lower_bounds.entropy(_probability(UNIT - mixed)))
        return result


class Squared(DualPoint):
    def read(self, file):
        self.e = [
            [enclose(x) for x in column]
            for column in proof_file.matrix(file["residuals"], "residuals", self.size, self.size)
        ]

    def residuals(self):
        return [[self.loss.weight[j] * x for x in column] for j, column in enumerate(self.e)]

    def repair(self, gamma):
        everything = dot(self.share, self.loss.weight)
        change = [one / everything for one in gamma]
        self.e = [[x - change[k] for k, x in enumerate(column)] for column in self.e]

    def minus_conjugate(self, j, column, factor):
        scaled = [factor * x for x in self.e[j]]
        inner = norm_squared(scaled).over(2) + total(self.loss.target(k, j) * x for k, x in enumerate(scaled))
        return -(self.loss.weight[j] * inner)


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


DUAL_POINTS = {"trained-cross-entropy": Softmax, "binary-cross-entropy": Sigmoid, "trained-squared-error": Squared}


def bound(model, file):
    """The lower bound of a file's dual point, as a point interval."""
    dual = DUAL_POINTS[model.loss](model)
    dual.read(file)
    return dual.bound(enclose(proof_file.double(file["scale"], "scale", 0, DOUBLE_ONE)))
