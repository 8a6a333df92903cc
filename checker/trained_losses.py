"""Lower bounds for the losses of a training: smoothing, weights, offsets, margins and targets, and sigmoid losses.

Entries e of columns j are those of a SampleLoss. Written from “Losses of a training” in docs/proof-format.md.
"""

import lower_bounds
import proof_file
import sample_losses
from intervals import ONE, UNIT, ZERO, Interval, NotProved, dot, total
from proof_file import DOUBLE_ONE, LARGEST_DOUBLE, Refused, enclose


class DualPoint:
    """A dual point of a model, from which the subclasses derive residuals and conjugates."""

    key, ends = "q", (0, DOUBLE_ONE)

    def __init__(self, model, file):
        self.model = model
        self.loss = loss = sample_losses.LOSSES[model.kind](model)
        columns = proof_file.matrix(file[self.key], self.key, loss.columns, loss.rows, *self.ends)
        if "own" in file:
            own = proof_file.doubles(file["own"], "own", loss.columns, *self.ends)
            columns = [
                column + [own[j]] if loss.grouped else column[:j] + [own[j]] + column[j + 1 :]
                for j, column in enumerate(columns)
            ]
        self.stored = self.exact(columns)

    def exact(self, columns):
        """The entries of all columns as intervals."""
        return [[enclose(x) for x in column] for column in columns]

    def residual(self, e, j):
        """ε, without the scale."""
        raise NotImplementedError

    def repair(self, gamma):
        """Changes the dual point so that γ vanishes."""
        raise NotImplementedError

    def minus_conjugate(self, e, j, residual, factor):
        """An interval whose lower end is at most the part of −Λ_j for this residual times the factor."""
        raise NotImplementedError

    def bound(self, scale):
        model, loss = self.model, self.loss
        columns = self._residuals()
        gamma = [loss.row_mean(k, lambda e, j: columns[j][e]) for k in range(loss.rows)]
        if model.bias == "free":
            self.repair(gamma)
            columns = self._residuals()
        excess = self._largest_square(columns, scale) - ONE
        factor = scale
        if excess > 0:
            factor = scale * Interval.point((UNIT / Interval.point(ONE + excess).root()).lo)
        bound = ZERO
        for j, column in enumerate(columns):
            terms = [self.minus_conjugate(e, j, x, factor) for e, x in enumerate(column)]
            bound += loss.group_share[j] * total(loss.counted(j, terms))
        if model.bias == "regularised":
            squares = total((factor * one).square().times(loss.size(k)) for k, one in enumerate(gamma))
            bound -= squares / Interval.of(*model.lambda_b).times(2)
        if bound.lo > loss.mean([[ZERO] * loss.entries] * loss.columns).hi:
            raise AssertionError("a lower bound above the value at zero: a bug of this checker")
        return Interval.point(bound.lo)

    def _residuals(self):
        return [[self.residual(e, j) for e in range(self.loss.entries)] for j in range(self.loss.columns)]

    def _largest_square(self, columns, scale):
        """The largest squared singular value over μ²: of differences within a group, and of the groups' indicators."""
        model, loss = self.model, self.loss
        limit = Interval.of(*model.lambda_w) * Interval.of(*model.lambda_h) * Interval.of(model.samples).square()
        if limit.lo <= 0:
            raise NotProved("lambda_W lambda_H N^2 is too small for this checker")
        roots = [Interval.of(loss.size(k)).root() for k in range(loss.rows)]
        apart, weighted = 0, []
        for j, (column, (m, n)) in enumerate(zip(columns, model.groups)):
            factor = (Interval.of(n) / limit).root() * scale
            column = [factor * x for x in column]
            if loss.grouped:
                own = column.pop()
                if m > 1:
                    apart = max(apart, (own - column[j]).square().hi)
                column[j] = (own + column[j].times(m - 1)).over(m)
                column = [root * x * roots[j] for root, x in zip(roots, column)]
            weighted.append(column)
        return max(apart, lower_bounds.largest_eigenvalue([list(row) for row in zip(*weighted)]))


class Softmax(DualPoint):
    def exact(self, columns):
        loss = self.loss
        if loss.targets:
            return [self._normalised(j, super(Softmax, self).exact([column])[0]) for j, column in enumerate(columns)]
        result = []
        for j, column in enumerate(columns):
            if loss.grouped:
                column = column + [0]
            others = sum(x * loss.multiplicity(e, j) for e, x in enumerate(column) if not loss.is_own(e, j))
            if others > DOUBLE_ONE:
                raise Refused(f"q[{j}]: the probabilities of the other classes add up to more than 1")
            result.append([enclose(DOUBLE_ONE - others if loss.is_own(e, j) else x) for e, x in enumerate(column)])
        return result

    @staticmethod
    def _normalised(j, column):
        whole = total(column)
        if whole.lo <= 0:
            raise NotProved(f"q[{j}] has no positive sum")
        return [x / whole for x in column]

    def residual(self, e, j):
        return self.loss.omega[j] * self.stored[j][e] - self.loss.wanted(e, j)

    def repair(self, gamma):
        loss = self.loss
        everything = dot(loss.group_share, loss.omega)
        mean = [loss.row_mean(k, loss.wanted) / everything for k in range(loss.rows)]
        delta = [one / everything for one in gamma]
        positive = [Interval(max(one.lo, 0), max(one.hi, 0)) for one in delta]
        mixed = max((one / (share + one)).hi for one, share in zip(positive, mean))
        mixed = Interval.point(min(mixed, ONE))
        rest = UNIT - mixed
        keep = [mixed * share - rest * one for share, one in zip(mean, delta)]
        self.stored = [
            [_probability(rest * x + keep[loss.row(e, j)]) for e, x in enumerate(column)]
            for j, column in enumerate(self.stored)
        ]

    def minus_conjugate(self, e, j, residual, factor):
        loss = self.loss
        wanted = loss.wanted(e, j) / loss.omega[j]
        q = _probability(factor * self.stored[j][e] + (UNIT - factor) * wanted)
        return loss.omega[j] * lower_bounds.entropy(q) + factor * residual * loss.shift(e, j)


class Sigmoid(DualPoint):
    def residual(self, e, j):
        up = self.loss.up(e, j)
        return (up + self.loss.down(e, j)) * self.stored[j][e] - up

    def repair(self, gamma):
        loss = self.loss
        changes = []
        for k, one in enumerate(gamma):
            up, down = loss.row_mean(k, loss.up), loss.row_mean(k, loss.down)
            changes.append((_at_most_one(up, up + one, one.hi <= 0), _at_most_one(down, down - one, one.lo >= 0)))
        for j, column in enumerate(self.stored):
            for e, q in enumerate(column):
                fall, rise = changes[loss.row(e, j)]
                column[e] = _probability(UNIT - rise * (UNIT - fall * q))

    def minus_conjugate(self, e, j, residual, factor):
        up = self.loss.up(e, j)
        both = up + self.loss.down(e, j)
        if both.hi == 0:
            return ZERO
        mixed = _probability(factor * self.stored[j][e] + (UNIT - factor) * (up / both))
        return both * (lower_bounds.entropy(mixed) + lower_bounds.entropy(_probability(UNIT - mixed)))


class Squared(DualPoint):
    key, ends = "residuals", (-LARGEST_DOUBLE, LARGEST_DOUBLE)

    def residual(self, e, j):
        return self.loss.weight(e, j) * self.stored[j][e]

    def repair(self, gamma):
        loss = self.loss
        change = [one / loss.row_mean(k, loss.weight) for k, one in enumerate(gamma)]
        self.stored = [
            [x - change[loss.row(e, j)] for e, x in enumerate(column)] for j, column in enumerate(self.stored)
        ]

    def minus_conjugate(self, e, j, residual, factor):
        scaled = factor * self.stored[j][e]
        return -(self.loss.weight(e, j) * (scaled.square().over(2) + self.loss.target(e, j) * scaled))


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


DUAL_POINTS = {"cross-entropy": Softmax, "binary-cross-entropy": Sigmoid, "squared-error": Squared}  # by kind


def bound(model, file):
    """The lower bound of a file's dual point, as a point interval."""
    return DUAL_POINTS[model.kind](model, file).bound(enclose(proof_file.double(file["scale"], "scale", 0, DOUBLE_ONE)))
