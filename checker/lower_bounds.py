"""Lower bounds of f for every feature dimension, from a dual point; and points that attain them to within a width."""

from operator import mul

import eigenvalues
import proof_file
import sample_losses
import trained_losses
from intervals import BITS, ONE, UNIT, ZERO, Interval, NotProved, dot, log_bound, norm_squared, root_up, total
from landscape import Problem, State
from proof_file import DOUBLE_ONE, Refused, enclose

MOST_PRODUCTS = 200_000_000  # for the logits of a point


class _Dual:
    """A dual point by columns: `off[g][h]` at a class of group g for each other class of group h, `own[g]` for itself.

    These are probabilities for cross-entropy and residuals for squared error. `excess[g]` is the residual of the class
    itself, own − 1 for cross-entropy; `gamma` is the derivative with respect to the bias.
    """

    def __init__(self, model, off, own):
        self.model = model
        self.sizes = [m for m, _ in model.groups]
        self.omega = [Interval.of(n, model.samples) for _, n in model.groups]
        self.off = off
        self.own = own
        self.gamma = self._bias_derivative()

    def excess(self, g):
        return self.own[g] - UNIT if self.model.cross_entropy else self.own[g]

    def _bias_derivative(self):
        weights = [omega.times(m) for m, omega in zip(self.sizes, self.omega)]
        result = []
        for h, (m, omega) in enumerate(zip(self.sizes, self.omega)):
            others = dot(weights, [column[h] if g != h else ZERO for g, column in enumerate(self.off)])
            result.append(others + omega * (self.excess(h) + self.off[h][h].times(m - 1)))
        return result

    def remove_bias_derivative(self):
        """Performs step (a)."""
        if self.model.cross_entropy:
            ratios = []
            for gamma, omega in zip(self.gamma, self.omega):
                positive = Interval(max(gamma.lo, 0), max(gamma.hi, 0))
                ratios.append((positive / (omega + positive)).hi)
            t = Interval.point(min(max(ratios), ONE))  # any larger t will do
            rest = UNIT - t
            keep = [t * omega - rest * gamma for omega, gamma in zip(self.omega, self.gamma)]
        else:
            rest = UNIT
            keep = [-gamma for gamma in self.gamma]
        self.off = [[rest * x + shift for x, shift in zip(column, keep)] for column in self.off]
        self.own = [rest * x + shift for x, shift in zip(self.own, keep)]
        if self.model.cross_entropy:
            self.off = [[_probability(x) for x in column] for column in self.off]
            self.own = [_probability(x) for x in self.own]
        self.gamma = [ZERO] * len(self.gamma)

    def scale(self, factor):
        """Performs step (b) or (d)."""
        rest = UNIT - factor if self.model.cross_entropy else ZERO
        self.off = [[factor * x for x in column] for column in self.off]
        self.own = [factor * x + rest for x in self.own]
        self.gamma = [factor * x for x in self.gamma]

    def excess_norm(self):
        """Step (c): an e ≥ 0, as an upper end in units of 2^-BITS."""
        model, sizes = self.model, self.sizes
        product = Interval.of(*model.lambda_w) * Interval.of(*model.lambda_h)
        limit = product * Interval.of(model.samples).square()  # N²λ_Wλ_H
        if limit.lo <= 0:
            raise NotProved("lambda_W lambda_H N^2 is too small for this checker")
        e = 0
        columns = []
        roots = [Interval.of(m).root() for m in sizes]
        for g, (m, n) in enumerate(model.groups):
            if m > 1:
                difference = (self.excess(g) - self.off[g][g]).square().times(n) / limit
                e = max(e, difference.hi - ONE)
            column = list(self.off[g])
            column[g] = (self.excess(g) + self.off[g][g].times(m - 1)).over(m)
            weight = (Interval.of(m * n) / limit).root()
            columns.append([root * x * weight for root, x in zip(roots, column)])
        return max(e, largest_eigenvalue([list(row) for row in zip(*columns)]) - ONE)

    def value(self):
        """Step (e): the lower bound, as a lower end in units of 2^-BITS."""
        term = entropy if self.model.cross_entropy else _half_square
        bound = ZERO
        for g, (m, omega) in enumerate(zip(self.sizes, self.omega)):
            counts = [size - 1 if h == g else size for h, size in enumerate(self.sizes)]
            inner = total(term(x).times(count) for x, count in zip(self.off[g], counts) if count)
            inner += term(self.own[g])
            if not self.model.cross_entropy:
                inner -= self.own[g]
            bound += (omega * inner).times(m)
        if self.model.bias == "regularised":
            squares = total(gamma.square().times(m) for gamma, m in zip(self.gamma, self.sizes))
            bound -= squares / Interval.of(*self.model.lambda_b).times(2)
        return bound.lo


def _probability(x):
    """The interval around a number known to be in [0, 1]."""
    return Interval(min(max(x.lo, 0), ONE), max(min(x.hi, ONE), 0))


def entropy(q):
    """A lower bound: −q log q ≥ lo·(−log hi) for q in [lo, hi] within [0, 1]. The upper end is not used."""
    if q.lo <= 0 or q.hi >= ONE:
        return ZERO
    least = q.lo * -log_bound(q.hi, True) >> BITS
    return Interval.point(max(least, 0))


def _half_square(x):
    return -x.square().over(2)


def largest_eigenvalue(rows):
    """An upper bound of the largest eigenvalue of BBᵀ, in units of 2^-BITS; tight if the eigenvalue is near 1."""
    small = len(rows) <= 300
    bits = BITS if small else 88  # fewer bits make products of integers cheaper; the loss is charged
    drop = BITS - bits
    middle = [[(x.lo + x.hi) >> (drop + 1) for x in row] for row in rows]
    size = root_up(sum(sum(map(mul, row, row)) for row in middle)) << drop
    distance = root_up(
        sum(
            max(x.hi - (m << drop), (m << drop) - x.lo) ** 2
            for row, line in zip(rows, middle)
            for x, m in zip(row, line)
        )
    )
    slack = -(-(2 * size + distance) * distance >> BITS)

    negated = [[-sum(map(mul, one, other)) >> bits for other in middle[: i + 1]] for i, one in enumerate(middle)]
    slack += len(rows) << drop  # every entry was rounded by less than a unit
    one = 1 << bits

    def bound(excess):
        loss = eigenvalues.factor(negated, -(one + excess), bits)
        return None if loss is None else one + excess + loss

    trace = -sum(row[-1] for row in negated)
    step = 4 if small else 8
    failed, found = 0, trace
    for excess in [one >> 80] + [one >> k if k > 0 else one << -k for k in range(60, -33, -step)]:
        if (attempt := bound(excess)) is not None:
            found = min(attempt, trace)
            break
        failed = excess
    else:
        return (trace << drop) + slack
    for _ in range(14 if len(rows) <= 100 else 4 if small else 0):
        middle_excess = (failed + excess) >> 1
        if (attempt := bound(middle_excess)) is not None:
            excess, found = middle_excess, min(found, attempt)
        else:
            failed = middle_excess
    return (found << drop) + slack


# ---- the theorems ----------------------------------------------------------------------------------------------------


def _read_dual(file, model):
    """The dual point of a file and its scale."""
    size = len(model.groups)
    if model.cross_entropy:
        q = proof_file.matrix(file["q"], "q", size, size, 0, DOUBLE_ONE)
        own = []
        for g, (column, (m, _)) in enumerate(zip(q, model.groups)):
            rest = DOUBLE_ONE - sum(
                value * (m - 1 if h == g else count) for h, (value, (count, _)) in enumerate(zip(column, model.groups))
            )
            if rest < 0:
                raise Refused(f"q[{g}]: the probabilities of the other classes add up to more than 1")
            own.append(rest)
    else:
        q = proof_file.matrix(file["residuals"], "residuals", size, size)
        if "own" in file:
            own = proof_file.doubles(file["own"], "own", size)
        else:
            own = [column[g] for g, column in enumerate(q)]
    scale = proof_file.double(file["scale"], "scale", 0, DOUBLE_ONE)
    return _Dual(model, [[enclose(x) for x in column] for column in q], [enclose(x) for x in own]), enclose(scale)


def _lower(model, file):
    return trained_losses.bound(model, file) if model.trained else _bound(model, *_read_dual(file, model))


def _bound(model, dual, scale):
    if model.bias == "free":
        dual.remove_bias_derivative()
    dual.scale(scale)
    excess = dual.excess_norm()
    if excess > 0:
        dual.scale(Interval.point((UNIT / Interval.point(ONE + excess).root()).lo))
    bound = Interval.point(dual.value())
    if bound.lo > _value_at_zero(model).hi:
        raise AssertionError("a lower bound above the value at zero: a bug of this checker")
    return bound


def _value_at_zero(model):
    """f at W = 0, Ĥ = 0, with the optimal bias if it is free."""
    if model.bias != "free":
        return Interval.of(model.classes).log() if model.cross_entropy else UNIT.over(2)
    shares = [(m, Interval.of(n, model.samples)) for m, n in model.groups]
    if model.cross_entropy:
        return -total((share * share.log()).times(m) for m, share in shares)
    return (UNIT - total(share.square().times(m) for m, share in shares)).over(2)


def _dual_keys(file, grouped):
    """The keys of the dual point, which depend on the loss."""
    model = file.get("model")
    loss = model.get("loss") if type(model) is dict else None
    loss = loss if type(loss) is str else ""
    keys = ["residuals" if loss.endswith("squared-error") else "q", "scale"]
    return keys + ["own"] if grouped and loss not in ("cross-entropy", "trained-cross-entropy") else keys


def global_lower_bound(file, grouped=False):
    keys = ["model"] + _dual_keys(file, grouped)
    proof_file.members(file, "file", keys, proof_file.COMMON_KEYS)
    model = proof_file.model(file["model"], grouped=grouped, with_d=False)
    return model, [f"For every feature dimension d, f >= {_lower(model, file).down(16)}."]


def grouped_global_lower_bound(file):
    return global_lower_bound(file, grouped=True)


def global_minimum(file):
    proof_file.members(file, "file", ["model", "point", "width"] + _dual_keys(file, False), proof_file.COMMON_KEYS)
    model = proof_file.model(file["model"])
    point = proof_file.point(file["point"], "point", model, model.d)
    width = enclose(proof_file.double(file["width"], "width", 1))
    if model.classes * len(model.groups) * model.d > MOST_PRODUCTS:
        raise NotProved("the point is too large for this checker")
    return _meeting(model, State(Problem(model), point).value, width, _lower(model, file))


def _meeting(model, value, width, bound):
    if not value.hi <= (bound + width).lo:
        raise NotProved(
            f"f(point) <= bound + width fails: f(point) <= {value.up(16)}, bound >= {bound.down(16)}, "
            f"width {width.down(6)}"
        )
    return model, [
        f"The minimum of f is in [{bound.down(16)}, {value.up(16)}], and the point attains it to within {(value - bound).up(6)}."
    ]


def grouped_global_minimum(file):
    keys = ["model", "rank", "point", "width"] + _dual_keys(file, True)
    proof_file.members(file, "file", keys, proof_file.COMMON_KEYS)
    model = proof_file.model(file["model"], grouped=True)
    groups = len(model.groups)
    rank = proof_file.integer(file["rank"], "rank", 0, min(model.d, groups))
    point = _GroupedPoint(file["point"], model, rank)
    width = enclose(proof_file.double(file["width"], "width", 1))
    dimensions = rank + sum(m - 1 for (m, _), a in zip(model.groups, point.separation) if a.hi > 0)
    if dimensions > model.d:
        raise NotProved(f"the point takes {dimensions} dimensions, more than d = {model.d}")
    if groups**2 * rank > MOST_PRODUCTS:
        raise NotProved("the point is too large for this checker")
    return _meeting(model, point.value(), width, _lower(model, file))


class _GroupedPoint:
    """A point that treats the classes of a group alike: common parts of W and Ĥ, and a simplex within each group."""

    def __init__(self, value, model, rank):
        proof_file.members(value, "point", ["W", "H", "separation"] + (["b"] if model.has_bias else []))
        size = len(model.groups)
        read = lambda rows: [[enclose(x) for x in row] for row in rows]
        self.model = model
        self.w = read(proof_file.matrix(value["W"], "point.W", size, rank))
        rows = read(proof_file.matrix(value["H"], "point.H", rank, size))
        self.h = [[row[g] for row in rows] for g in range(size)]
        separation = proof_file.doubles(value["separation"], "point.separation", size, 0)
        for g, (number, (m, _)) in enumerate(zip(separation, model.groups)):
            if number and m == 1:
                raise Refused(f"point.separation[{g}]: expected 0 for a group of one class")
        self.separation = [enclose(x) for x in separation]
        self.b = [enclose(x) for x in proof_file.doubles(value["b"], "point.b", size)] if model.has_bias else [ZERO] * size

    def value(self):
        model = self.model
        loss = sample_losses.LOSSES[model.kind](model)
        columns = []
        for g, (m, n) in enumerate(model.groups):
            products = [dot(w, self.h[g]) for w in self.w]
            products[g] -= self.separation[g].over(m)
            own = [products[g] + self.separation[g]] if loss.grouped else []
            root = Interval.of(n).root()
            columns.append([product / root + self.b[loss.row(e, g)] for e, product in enumerate(products + own)])
        data = loss.mean(columns)
        lambda_w, lambda_h = Interval.of(*model.lambda_w), Interval.of(*model.lambda_h)
        mu = (lambda_w * lambda_h).root()
        twice = ZERO
        for (m, _), w, h, b, a in zip(model.groups, self.w, self.h, self.b, self.separation):
            common = lambda_w * norm_squared(w) + lambda_h * norm_squared(h)
            if model.lambda_b:
                common += Interval.of(*model.lambda_b) * b.square()
            twice += common.times(m) + (mu * a).times(2 * (m - 1))
        return data + twice.over(2)
