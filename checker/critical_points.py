"""Proofs that a critical point of a certain kind exists near a given point."""

import eigenvalues
import proof_file
from intervals import Interval, NotProved, dot, norm_squared
from landscape import Problem, State
from proof_file import Refused, enclose

MOST_UNKNOWNS = 600


def _positive_below_one(value, field):
    return proof_file.double(value, field, proof_file.SMALLEST_RADIUS, proof_file.DOUBLE_ONE)


class _Neighbourhood:
    """What both theorems need at a point: gradient g, gauge-fixed Hessian M, Lipschitz constant L on the ball of radius r."""

    def __init__(self, state, gauge_weight, radius):
        if state.unknowns > MOST_UNKNOWNS:
            raise NotProved(f"{state.unknowns} unknowns are too many for this checker, which takes {MOST_UNKNOWNS}")
        self.state = state
        self.radius = radius
        self.gradient = Interval.point(norm_squared(state.gradient()).root().hi)
        self.lipschitz = state.lipschitz(radius)
        self.tangents = state.gauge_tangents()
        rows = state.hessian()
        for column in self.tangents:
            for i, x in column:
                weighted = gauge_weight * x
                row = rows[i]
                for j, y in column:
                    if j <= i:
                        row[j] += weighted * y
        self.middle, self.spread = eigenvalues.split(rows)

    def convexity(self, least):
        """Returns m = m₀ − Lr after checking that g < mr."""
        m = least - self.lipschitz * self.radius
        if m.lo <= 0:
            raise NotProved(
                f"m = m0 - L r > 0 fails: m0 >= {least.down(5)}, L r <= {(self.lipschitz * self.radius).up(5)}"
            )
        limit = m * self.radius
        if not self.gradient.hi < limit.lo:
            raise NotProved(f"g < m r fails: g <= {self.gradient.up(5)}, m r >= {limit.down(5)}")
        return m

    def check_gauge(self, hint):
        """Checks that λ_min(T̄ᵀT̄) > r²."""
        if not self.tangents:
            return
        columns = [dict(column) for column in self.tangents]
        rows = []
        for i, first in enumerate(columns):
            common = [[k for k in first if k in second] for second in columns[: i + 1]]
            rows.append(
                [dot([first[k] for k in keys], [second[k] for k in keys]) for keys, second in zip(common, columns)]
            )
        bound = eigenvalues.least(*eigenvalues.split(rows), hint, "gaugeSigma")
        if not bound > self.radius.square().hi:
            raise NotProved("the smallest eigenvalue of the gauge matrix is not proved to be above r^2")


def _hint(double):
    return enclose(double).lo


def spurious_local_minimum(file):
    model_value, point, lower, weight, radius, sigma, gauge_sigma = proof_file.members(
        file,
        "file",
        ["model", "point", "lower", "gaugeWeight", "radius", "sigma", "gaugeSigma"],
        proof_file.COMMON_KEYS,
    )
    model = proof_file.model(model_value)
    point = proof_file.point(point, "point", model, model.d)
    lower = proof_file.point(lower, "lower", model, model.d)
    weight = Interval.of(*proof_file.rational(weight, "gaugeWeight"))
    radius = enclose(_positive_below_one(radius, "radius"))
    sigma = _hint(proof_file.double(sigma, "sigma"))
    gauge_sigma = _hint(proof_file.double(gauge_sigma, "gaugeSigma"))
    _refuse_where_benign(model)

    problem = Problem(model)
    state, below = State(problem, point), State(problem, lower)
    near = _Neighbourhood(state, weight, radius)
    least = Interval.point(eigenvalues.least(near.middle, near.spread, sigma, "sigma"))
    m = near.convexity(least)
    near.check_gauge(gauge_sigma)
    g = near.gradient
    if not below.value.hi < (state.value - g.square() / m.times(2)).lo:
        raise NotProved(
            f"f(lower) < f(point) - g^2/(2m) fails: f(lower) <= {below.value.up()}, f(point) >= {state.value.down()}"
        )

    least_left = least - near.lipschitz * (g / m)
    value = Interval((state.value - g.square() / least_left.times(2)).lo, state.value.hi)
    nullity = len(near.tangents)
    return model, [
        "There is a strict local minimum (up to rotations of feature space"
        + (" and the shift of the bias" if model.has_shift else "")
        + ") that is not global.",
        f"distance from the point <= {(g / least_left).up(5)}; the only critical point of its slice within {radius.down(5)}",
        f"eigenvalues of the Hessian: zero {nullity} times, all others >= {least_left.down(6)}, "
        f"in the full model >= the smaller of this and lambda_H",
        f"its value is in [{value.down(16)}, {value.up(16)}]",
        f"a lower value: f <= {below.value.up(16)}, lower by >= {(value - below.value).down(6)}",
    ]


def _refuse_where_benign(model):
    columns = len(model.groups)
    threshold = min(
        model.classes - 1 if model.cross_entropy else model.classes,
        columns - 1 if model.bias == "free" else columns,
    )
    if model.kind == "squared-error" and model.bias != "regularised" and _has_equal_weights(model.trained):
        threshold = 1
    if model.d >= threshold:
        raise Refused(f"model: a theorem excludes spurious minima of {model.loss} at d >= {threshold} with bias '{model.bias}'")


def _has_equal_weights(trained):
    if not trained:
        return True
    first, *others = trained.class_weights
    return all(first[0] * other[1] == other[0] * first[1] for other in others)


def strict_saddle(file):
    keys = ["model", "rank", "point", "direction", "gaugeWeight", "radius", "squareSigma", "gaugeSigma"]
    model_value, rank, point, direction, weight, radius, sigma, gauge_sigma = proof_file.members(
        file, "file", keys, proof_file.COMMON_KEYS
    )
    model = proof_file.model(model_value)
    rank = proof_file.integer(rank, "rank", 0 if model.has_bias else 1, model.d)
    point = proof_file.point(point, "point", model, rank)
    direction = proof_file.point(direction, "direction", model, model.d)
    weight = Interval.of(*proof_file.rational(weight, "gaugeWeight"))
    radius = enclose(_positive_below_one(radius, "radius"))
    sigma = _hint(proof_file.double(sigma, "squareSigma"))
    gauge_sigma = _hint(proof_file.double(gauge_sigma, "gaugeSigma"))

    problem = Problem(model)
    state = State(problem, point)
    delta = State(problem, direction)
    near = _Neighbourhood(state, weight, radius)
    least_square = eigenvalues.least(*eigenvalues.square(near.middle, near.spread), sigma, "squareSigma")
    least = Interval.point(Interval.point(least_square).root().lo)
    m = near.convexity(least)
    near.check_gauge(gauge_sigma)
    distance = near.gradient / m
    size = norm_squared([x for row in delta.w + delta.h for x in row] + delta.b)
    curvature = state.curvature_along(delta) + near.lipschitz * distance * size
    if not curvature.hi < 0:
        raise NotProved(f"the curvature along the direction is not proved to be negative: it is <= {curvature.up(5)}")
    # |f(x*) − f(x̄)| ≤ gδ + (‖M‖ + Lδ)δ²/2, as M is ∇²f(x̄) on the slice.
    bend = Interval.point(eigenvalues.norm(near.middle, near.spread)) + near.lipschitz * distance
    change = near.gradient * distance + (bend * distance.square()).over(2)
    return model, [
        f"There is a critical point of feature dimension {rank}, padded with zeros to {model.d}, that is a strict saddle.",
        f"distance from the point <= {distance.up(5)}",
        f"curvature along the direction <= -{(-curvature / size).down(6)}",
        f"its value is in [{(state.value - change).down(16)}, {(state.value + change).up(16)}]",
    ]
