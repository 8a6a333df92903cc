"""The reduced model in intervals: value, gradient, Hessian, and a Lipschitz constant of the Hessian."""

from functools import cached_property

import sample_losses
from intervals import UNIT, ZERO, Interval, dot, norm_squared
from proof_file import enclose


class Problem:
    """An ungrouped model, with its numbers as intervals."""

    def __init__(self, model):
        self.model = model
        self.loss = sample_losses.LOSSES[model.kind](model)
        self.has_bias = model.has_bias
        self.counts = [n for _, n in model.groups]
        self.classes = model.rows
        self.columns = len(self.counts)
        samples = sum(self.counts)
        self.omega = [Interval.of(n, samples) for n in self.counts]
        self.root_n = [Interval.of(n).root() for n in self.counts]
        self.alpha = [omega / root for omega, root in zip(self.omega, self.root_n)]
        self.beta = Interval.of(1, samples)  # ω_j/n_j, the same for all j
        self.lambda_w = Interval.of(*model.lambda_w)
        self.lambda_h = Interval.of(*model.lambda_h)
        self.lambda_b = Interval.of(*model.lambda_b) if model.lambda_b else ZERO


class State:
    """A point of a problem with derived quantities. W, Ĥ by rows; logits, residuals and S_j by class."""

    def __init__(self, problem, point):
        self.problem = problem
        self.w = [[enclose(x) for x in row] for row in point.w]
        self.h = [[enclose(x) for x in row] for row in point.h]
        self.b = [enclose(x) for x in point.b]
        self.d = len(self.h)
        self.w_columns = [[row[a] for row in self.w] for a in range(self.d)]
        self.h_columns = [[row[j] for row in self.h] for j in range(problem.columns)]

    @cached_property
    def logits(self):
        result = []
        for h, root in zip(self.h_columns, self.problem.root_n):
            column = [dot(row, h) / root for row in self.w]
            result.append([z + b for z, b in zip(column, self.b)] if self.b else column)
        return result

    @cached_property
    def samples(self):
        """By class, what the loss needs to know at its logits."""
        return [self.problem.loss.at(j, column) for j, column in enumerate(self.logits)]

    @property
    def residuals(self):
        return [sample.residual for sample in self.samples]

    def curvature_sum(self, weights):
        """Σ_j weights_j S_j, by rows."""
        return [[dot(weights, column) for column in line] for line in self._curvatures]

    @cached_property
    def _curvatures(self):
        """S_j[k, l] by k, l and j."""
        classes = range(self.problem.classes)
        return [[[sample.curvature(k, l) for sample in self.samples] for l in classes] for k in classes]

    @cached_property
    def value(self):
        problem = self.problem
        penalty = (
            problem.lambda_w * norm_squared(x for row in self.w for x in row)
            + problem.lambda_h * norm_squared(x for row in self.h for x in row)
            + problem.lambda_b * norm_squared(self.b)
        )
        return dot(problem.omega, [sample.value for sample in self.samples]) + penalty.over(2)

    @property
    def unknowns(self):
        return (self.problem.classes + self.problem.columns) * self.d + len(self.b)

    def gradient(self):
        """The gradient, in the order W by rows, Ĥ by rows, b."""
        p = self.problem
        by_class = [list(row) for row in zip(*self.residuals)]  # by_class[k][j] = e_j[k]
        weighted = [[a * e for a, e in zip(p.alpha, row)] for row in by_class]
        result = [
            dot(weighted[k], self.h[a]) + p.lambda_w * self.w[k][a] for k in range(p.classes) for a in range(self.d)
        ]
        result += [
            p.alpha[j] * dot(self.w_columns[a], self.residuals[j]) + p.lambda_h * self.h[a][j]
            for a in range(self.d)
            for j in range(p.columns)
        ]
        result += [dot(p.omega, row) + p.lambda_b * b for row, b in zip(by_class, self.b)]
        return result

    def hessian(self):
        """The lower triangle of the Hessian, by rows."""
        p, d, classes = self.problem, self.d, self.problem.classes
        columns = p.columns
        h_start, b_start = classes * d, (classes + columns) * d
        rows = [[ZERO] * (i + 1) for i in range(self.unknowns)]
        s_w = [
            [self.samples[j].curvature_times(w) for w in self.w_columns] for j in range(columns)
        ]  # s_w[j][a] = S_j W, column a

        for a in range(d):
            for b in range(a + 1):
                block = self.curvature_sum([p.beta * (x * y) for x, y in zip(self.h[a], self.h[b])])
                for k in range(classes):
                    for l in range(classes):
                        i, j = k * d + a, l * d + b
                        if j <= i or a != b:
                            rows[max(i, j)][min(i, j)] = block[k][l] + p.lambda_w if i == j else block[k][l]
        for j in range(columns):
            for b in range(d):
                i = h_start + b * columns + j
                for a in range(d):
                    factor = p.beta * self.h[a][j]
                    for k in range(classes):
                        entry = factor * s_w[j][b][k]
                        if a == b:
                            entry += p.alpha[j] * self.residuals[j][k]
                        rows[i][k * d + a] = entry
                for a in range(b + 1):
                    entry = p.beta * dot(self.w_columns[a], s_w[j][b])
                    rows[i][h_start + a * columns + j] = entry + p.lambda_h if a == b else entry
        if self.b:
            for a in range(d):
                block = self.curvature_sum([x * y for x, y in zip(p.alpha, self.h[a])])
                for l in range(classes):
                    for k in range(classes):
                        rows[b_start + l][k * d + a] = block[k][l]
                    for j in range(columns):
                        rows[b_start + l][h_start + a * columns + j] = p.alpha[j] * s_w[j][a][l]
            block = self.curvature_sum(p.omega)
            for l in range(classes):
                for k in range(l + 1):
                    rows[b_start + l][b_start + k] = block[k][l] + p.lambda_b if k == l else block[k][l]
        return rows

    def gauge_tangents(self):
        """The columns of T̄, each as a list of (index, entry)."""
        classes, groups, d = self.problem.classes, self.problem.columns, self.d
        h_start = classes * d
        columns = []
        for i in range(d):
            for j in range(i):
                # W(E_ij − E_ji) moves column i of W into column j; −(E_ij − E_ji)Ĥ moves row i of Ĥ into row j.
                columns.append(
                    [(k * d + j, self.w[k][i]) for k in range(classes)]
                    + [(k * d + i, -self.w[k][j]) for k in range(classes)]
                    + [(h_start + i * groups + k, -self.h[j][k]) for k in range(groups)]
                    + [(h_start + j * groups + k, self.h[i][k]) for k in range(groups)]
                )
        if self.problem.model.has_shift:
            columns.append([((classes + groups) * d + k, UNIT) for k in range(classes)])
        return columns

    def lipschitz(self, radius):
        """A Lipschitz constant of the Hessian on the ball of the given radius, as an upper end."""
        p = self.problem
        w_norm = _operator_norm(self.w_columns) + radius
        result = ZERO
        for j, (omega, root, n, column) in enumerate(zip(p.omega, p.root_n, p.counts, self.h_columns)):
            square = (w_norm.square() + (norm_squared(column).root() + radius).square()).over(n)
            a = (square + UNIT if p.has_bias else square).root()
            result += omega * (p.loss.third(j) * a * a.square() + p.loss.second(j) * (a / root).times(3))
        return Interval.point(result.hi)

    def curvature_along(self, direction):
        """∇²f[Δ, Δ] at this point, padded with zeros to the dimension of Δ."""
        p, delta = self.problem, direction
        result = (
            p.lambda_w * norm_squared(x for row in delta.w for x in row)
            + p.lambda_h * norm_squared(x for row in delta.h for x in row)
            + p.lambda_b * norm_squared(delta.b)
        )
        for j, (h, moved, root) in enumerate(zip(self.h_columns, delta.h_columns, p.root_n)):
            # zip stops at the dimension of this point, beyond which it is zero.
            motion = [(dot(dw[: self.d], h) + dot(w, moved[: self.d])) / root for dw, w in zip(delta.w, self.w)]
            if delta.b:
                motion = [x + y for x, y in zip(motion, delta.b)]
            bend = [dot(dw, moved) for dw in delta.w]
            quadratic = dot(motion, self.samples[j].curvature_times(motion))
            result += p.omega[j] * (quadratic + (dot(self.residuals[j], bend) / root).times(2))
        return result


def _operator_norm(columns):
    """An upper bound of the spectral norm of a matrix, from the Frobenius norm of (WᵀW)^32."""
    gram = [[dot(x, y) for y in columns] for x in columns]
    frobenius = lambda: Interval.point(norm_squared(x for row in gram for x in row).root().hi)
    if frobenius().hi <= 1:
        return Interval.point(1).root()  # WᵀW is negligible or empty
    sizes = []
    for _ in range(5):
        sizes.append(frobenius())
        scaled = [[x / sizes[-1] for x in row] for row in gram]
        gram = [[dot(x, y) for y in scaled] for x in scaled]  # symmetric, so rows are columns
    bound = frobenius()
    for size in reversed(sizes):
        bound = size * bound.root()
    return Interval.point(bound.root().hi)
