"""Tests of the checker: python3 -m unittest discover -s checker (standard library only)."""

import contextlib
import dataclasses
import itertools
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import unittest
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import eigenvalues
import lower_bounds
import proof_file
import trained_losses
import verify_proof
from intervals import BITS, ONE, Interval, NotProved, decimal, dot
from landscape import Problem, State
from mutations import SAME, mutations
from proof_file import Model, Point, Refused

PROOFS = sorted((HERE / "proofs").glob("*.json"))
CHECKER = str(HERE / "verify_proof.py")


def load(name):
    return json.loads((HERE / "proofs" / f"{name}.json").read_text("utf-8"))


def verify(file):
    return verify_proof.verify(json.dumps(file).encode("utf-8"))


def real(end):
    return Fraction(end, ONE)


class IntervalTest(unittest.TestCase):
    def setUp(self):
        self.random = random.Random(7)

    def numbers(self, count):
        for _ in range(count):
            size = self.random.choice((1, 30, 200, BITS, BITS + 8))
            yield self.random.getrandbits(size) + 1

    def test_exp_and_log_enclose_and_are_tight(self):
        with localcontext() as context:
            context.prec = 200
            context.Emin, context.Emax = -(10**6), 10**6
            decimal_of = lambda end: Decimal(end) / Decimal(ONE)
            for end in self.numbers(200):
                x = Interval.point(end)
                log, exact = x.log(), decimal_of(end).ln()
                self.assertTrue(decimal_of(log.lo) <= exact <= decimal_of(log.hi), end)
                self.assertLessEqual(log.hi - log.lo, 2)
                for argument in (end, -end):
                    exp, exact = Interval.point(argument).exp(), decimal_of(argument).exp()
                    self.assertTrue(decimal_of(exp.lo) <= exact <= decimal_of(exp.hi), argument)
                    self.assertLessEqual(exp.hi - exp.lo, 2 + (exp.hi >> BITS))

    def test_special_arguments(self):
        self.assertLessEqual(Interval.of(0).exp().lo, ONE)
        self.assertGreaterEqual(Interval.of(0).exp().hi, ONE)
        self.assertEqual((0, 1), (Interval.of(-(2**80)).exp().lo, Interval.of(-(2**80)).exp().hi))
        for bad in (
            lambda: Interval.of(2**80).exp(),
            lambda: Interval.of(0).log(),
            lambda: Interval.of(1) / Interval(-1, 1),
        ):
            self.assertRaises(NotProved, bad)

    def test_arithmetic_encloses(self):
        for _ in range(300):
            ends = [
                self.random.choice((-1, 1)) * self.random.getrandbits(self.random.choice((3, 250, 270)))
                for _ in range(4)
            ]
            x, y = Interval(*sorted(ends[:2])), Interval(*sorted(ends[2:]))
            results = {
                "+": (x + y, lambda a, b: a + b),
                "-": (x - y, lambda a, b: a - b),
                "*": (x * y, lambda a, b: a * b),
                "square": (x.square(), lambda a, b: a * a),
                "dot": (dot([x, y], [y, y]), lambda a, b: a * b + b * b),
                "over": (x.over(7), lambda a, b: a / 7),
                "times": (x.times(-3), lambda a, b: a * -3),
            }
            if y.lo > 0:
                results["/"] = (x / y, lambda a, b: a / b)
            for name, (result, exact) in results.items():
                for a in (x.lo, x.hi):
                    for b in (y.lo, y.hi):
                        self.assertTrue(
                            real(result.lo) <= exact(real(a), real(b)) <= real(result.hi),
                            (name, x.lo, x.hi, y.lo, y.hi),
                        )
            root = Interval.point(abs(ends[0])).root()
            self.assertTrue(real(root.lo) ** 2 <= real(abs(ends[0])) <= real(root.hi) ** 2)

    def test_decimals_are_rounded_outwards(self):
        for end in self.numbers(100):
            for signed in (end, -end):
                self.assertLessEqual(Fraction(decimal(signed, 5, False)), real(signed))
                self.assertGreaterEqual(Fraction(decimal(signed, 5, True)), real(signed))


class EigenvalueTest(unittest.TestCase):
    def test_bound_of_a_matrix_with_known_eigenvalues(self):
        # 2 on the diagonal and −1 next to it: 2 − 2 cos(π/(n+1)), which is 2 − √2 for n = 3.
        rows = [[2 * ONE], [-ONE, 2 * ONE], [0, -ONE, 2 * ONE]]
        exact = 2 - Decimal(2).sqrt()
        sigma = int(exact * 10**20) * ONE // 10**20
        bound = eigenvalues.least(rows, 0, sigma, "sigma")
        self.assertLess(Decimal(bound) / ONE, exact)
        self.assertGreater(Decimal(bound) / ONE, exact - Decimal(10) ** -18)
        self.assertRaises(NotProved, eigenvalues.least, rows, 0, sigma + ONE // 10**15, "sigma")
        self.assertRaises(NotProved, eigenvalues.least, rows, ONE, sigma, "sigma")

    def test_never_above_the_smallest_diagonal_entry(self):
        numbers = random.Random(3)
        for _ in range(50):
            size = numbers.randrange(1, 6)
            rows = [
                [numbers.randrange(-ONE, ONE) for _ in range(i)] + [numbers.randrange(ONE, 5 * ONE)]
                for i in range(size)
            ]
            sigma = numbers.randrange(-9 * ONE, 5 * ONE)
            loss = eigenvalues.factor(rows, sigma)
            if loss is not None:
                self.assertLessEqual(sigma - loss, min(row[-1] for row in rows))

    def test_square(self):
        middle, radius = [[3 * ONE], [ONE, -2 * ONE]], 5
        rows, spread = eigenvalues.square(middle, radius)
        self.assertEqual([[10 * ONE], [ONE, 5 * ONE]], rows)
        self.assertGreaterEqual(spread, 2 + 2 * 4 * radius - 8)

    def test_largest_eigenvalue_of_small_and_large_matrices(self):
        for size in (1, 2, 5, 301):
            rows = [[Interval.of(1, size)] * size for _ in range(size)]  # BBᵀ has the eigenvalue 1
            bound = lower_bounds.largest_eigenvalue(rows)
            self.assertGreaterEqual(bound, ONE - (1 << 20))
            self.assertLess(bound, ONE + (ONE >> 48))


class LandscapeTest(unittest.TestCase):
    """Compares derivatives with finite differences, which the arithmetic gives to fifty digits."""

    STEP = 1 << (proof_file.DOUBLE_BITS - 60)
    OPTIONS = proof_file.Trained(
        (1, 10), [(1, 1), (3, 2), (5, 1)], (-1, 2, 3), [(0, 1), (1, 2), (2, 1)], [(0, 1), (2, 1), (1, 3)]
    )

    def points(self):
        numbers = random.Random(11)
        for loss in ("cross-entropy", "squared-error", *proof_file.TRAINED_KEYS):
            for bias in ("none", "free", "regularised"):
                model = Model(
                    loss,
                    ((1, 5), (1, 2), (1, 7)),
                    2,
                    (1, 300),
                    (2, 125),
                    bias,
                    (1, 7) if bias == "regularised" else None,
                    self.OPTIONS if loss in proof_file.TRAINED_KEYS else None,
                )
                entry = lambda: int(numbers.gauss(0, 1) * 2**50) << (proof_file.DOUBLE_BITS - 50)
                values = [entry() for _ in range(12 + (3 if model.has_bias else 0))]
                yield model, values

    @staticmethod
    def state(model, x):
        d, k = model.d, model.classes
        cut = lambda start, rows, columns: [x[start + i * columns : start + (i + 1) * columns] for i in range(rows)]
        return State(Problem(model), Point(cut(0, k, d), cut(k * d, d, k), x[2 * k * d :]))

    def moved(self, model, x, *indices):
        x = list(x)
        for index, times in indices:
            x[index] += times * self.STEP
        return self.state(model, x).value

    def test_value_in_decimals(self):
        with localcontext() as context:
            context.prec = 60
            for model, x in self.points():
                if model.trained:
                    continue  # test_values_are_those_of_pytorch_and_above_every_bound
                real = [Decimal(value) / Decimal(proof_file.DOUBLE_ONE) for value in x]
                d, k, total = model.d, model.classes, model.samples
                expected = Decimal(0)
                for j, (_, n) in enumerate(model.groups):
                    z = [
                        sum(real[i * d + a] * real[k * d + a * k + j] for a in range(d)) / Decimal(n).sqrt()
                        for i in range(k)
                    ]
                    if model.has_bias:
                        z = [one + real[2 * k * d + i] for i, one in enumerate(z)]
                    if model.cross_entropy:
                        loss = sum(one.exp() for one in z).ln() - z[j]
                    else:
                        loss = sum((one - (i == j)) ** 2 for i, one in enumerate(z)) / 2
                    expected += loss * n / total
                rate = lambda pair: Decimal(pair[0]) / pair[1] / 2
                expected += rate(model.lambda_w) * sum(v * v for v in real[: k * d])
                expected += rate(model.lambda_h) * sum(v * v for v in real[k * d : 2 * k * d])
                if model.lambda_b:
                    expected += rate(model.lambda_b) * sum(v * v for v in real[2 * k * d :])
                value = self.state(model, x).value
                self.assertLess(abs(Decimal(value.lo) / ONE - expected), Decimal(10) ** -50)
                self.assertLess(value.hi - value.lo, 1 << 12)

    def test_gradient_and_hessian(self):
        tolerance = ONE >> 100
        for model, x in self.points():
            state = self.state(model, x)
            value, gradient, hessian = state.value, state.gradient(), state.hessian()
            size = len(x)
            ahead = [self.moved(model, x, (i, 1)) for i in range(size)]
            behind = [self.moved(model, x, (i, -1)) for i in range(size)]
            for i in range(size):
                difference = (ahead[i] - behind[i]).lo << 59
                self.assertLess(abs(difference - gradient[i].lo), tolerance, (model.loss, model.bias, i))
                for j in range(i + 1):
                    if i == j:
                        second = (ahead[i] - value.times(2) + behind[i]).lo << 120
                    else:
                        both = lambda s, t: self.moved(model, x, (i, s), (j, t))
                        second = (
                            both(1, 1) - ahead[i] - ahead[j] + value.times(2) - behind[i] - behind[j] + both(-1, -1)
                        ).lo << 119
                    self.assertLess(abs(second - hessian[i][j].lo), tolerance, (model.loss, model.bias, i, j))

    def test_curvature_along_a_direction_is_the_hessian_form(self):
        numbers = random.Random(5)
        for model, x in self.points():
            y = [numbers.randrange(-9, 10) * proof_file.DOUBLE_ONE for _ in x]
            state, direction = self.state(model, x), self.state(model, y)
            hessian = state.hessian()
            expected = sum(
                (1 if i == j else 2) * (y[i] * y[j] * hessian[i][j].lo >> 2 * proof_file.DOUBLE_BITS)
                for i in range(len(x))
                for j in range(i + 1)
            )
            self.assertLess(abs(state.curvature_along(direction).lo - expected), ONE >> 200)

    def test_gradient_is_orthogonal_to_the_gauge(self):
        for model, x in self.points():
            state = self.state(model, x)
            gradient = state.gradient()
            for column in state.gauge_tangents():
                product = dot([gradient[i] for i, _ in column], [entry for _, entry in column])
                self.assertTrue(product.lo <= 0 <= product.hi)
            self.assertEqual(1 + model.has_shift, len(state.gauge_tangents()))

    def test_hessian_moves_at_most_as_the_lipschitz_constant_says(self):
        for model, x in self.points():
            radius = Interval.of(1, 8)
            state = self.state(model, x)
            constant = state.lipschitz(radius)
            before = state.hessian()
            for index in range(len(x)):
                moved = list(x)
                moved[index] += proof_file.DOUBLE_ONE >> 3
                after = self.state(model, moved).hessian()
                # The spectral norm is at least the largest entry.
                change = max(abs(a.lo - b.lo) for one, other in zip(before, after) for a, b in zip(one, other))
                self.assertLess(change, constant.hi >> 3)


class GrammarTest(unittest.TestCase):
    def test_doubles(self):
        parse = lambda text: Fraction(proof_file.double(text, "x"), proof_file.DOUBLE_ONE)
        for text in (
            "0x1p0",
            "0x1.0p-3",
            "0x1.8p+1",
            "-0x1.fffffffffffffp-1022",
            "0x1.0000000000000p-3",
            "0x1p+0",
            "0x1p-0",
            "0x1p40",
            "0x1.ap39",
        ):
            self.assertEqual(Fraction(float.fromhex(text)), parse(text), text)
        for text in ("0x0.0000000000001p-1022", "-0x0.fp-1022", "0x0.0p-1022", "-0x0.0p-1022", "0x0.0p+0", "0x0p+0"):
            self.assertEqual(Fraction(float.fromhex(text)), parse(text), text)

    def test_rationals(self):
        self.assertEqual((2, 250), proof_file.rational("2/250", "x"))
        self.assertEqual((7, 1), proof_file.rational("7", "x"))
        self.assertEqual((10**39, 10**39), proof_file.rational("1" + "0" * 39 + "/1" + "0" * 39, "x"))

    def test_refusals_name_the_field_on_one_line(self):
        file = load("minimum-k3")
        file["point"]["W"][2][0] = "0x1p0\n"
        with self.assertRaisesRegex(
            Refused, r"^point\.W\[2\]\[0\]: expected a double as a hexadecimal text, found '0x1p0\\n'$"
        ):
            verify(file)
        file = load("minimum-k3")
        file["model"]["lambdaB"] = "-1/100"
        with self.assertRaisesRegex(Refused, "^model: unexpected key 'lambdaB'$"):
            verify(file)
        with self.assertRaisesRegex(Refused, "^the key 'q' appears twice$"):
            verify_proof.verify(b'{"q": [], "\\u0071": []}')
        file = load("bound")
        file["q"][1] = ["0x1p-1"] * 2
        with self.assertRaisesRegex(Refused, r"^q\[1\]: expected a list of 3, found a list of 2$"):
            verify(file)


class TheoremTest(unittest.TestCase):
    def test_every_committed_file_is_proved(self):
        self.assertEqual(
            set(verify_proof.THEOREMS), {json.loads(path.read_text("utf-8"))["theorem"] for path in PROOFS}
        )
        for path in PROOFS:
            with self.subTest(path.name):
                verify_proof.verify(path.read_bytes())

    def test_forbidden_mutations_are_refused(self):
        for path in PROOFS:
            for mutation in mutations(path.read_bytes()):
                if mutation.refused:
                    with self.subTest(f"{path.name}: {mutation.name}"), self.assertRaises(Refused) as caught:
                        verify_proof.verify(mutation.content)
                    self.assertNotIn("\n", str(caught.exception))

    def test_other_mutations_end_in_an_answer(self):
        for name in ("minimum-k3", "saddle", "bound", "global-squared-error", "grouped-minimum-squared-error"):
            proved = 0
            for mutation in mutations((HERE / "proofs" / f"{name}.json").read_bytes()):
                if not mutation.refused:
                    with contextlib.suppress(*() if mutation.name.startswith(SAME) else (Refused, NotProved)):
                        verify_proof.verify(mutation.content)
                        proved += 1
            self.assertGreater(proved, 7)

    def not_proved(self, name, change, message):
        file = load(name)
        change(file)
        with self.assertRaisesRegex(NotProved, message):
            verify(file)

    def test_every_inequality_can_fail(self):
        minimum, saddle = "minimum-k5-no-bias", "saddle-squared-error"
        self.not_proved(minimum, lambda f: f.update(sigma="0x1p0"), "sigma is too large a hint")
        self.not_proved(minimum, lambda f: f.update(sigma="-0x1p-20"), "not proved to be positive")
        self.not_proved(minimum, lambda f: f.update(radius="0x1p-3"), "m0 - L r > 0 fails")
        self.not_proved(minimum, lambda f: f.update(radius="0x1p-60"), "g < m r fails")
        self.not_proved(minimum, lambda f: f.update(gaugeSigma="0x1p-60"), "gauge matrix")
        self.not_proved(minimum, lambda f: f.update(lower=f["point"]), "f\\(lower\\) < f\\(point\\)")
        self.not_proved(minimum, lambda f: f.update(point=f["lower"], lower=f["point"]), "")
        self.not_proved(saddle, lambda f: f.update(squareSigma="0x1p9"), "squareSigma is too large")
        self.not_proved(
            saddle,
            lambda f: f.update(
                direction={
                    key: [["0x0p+0"] * len(row) for row in rows] if key != "b" else ["0x0p+0"] * 3
                    for key, rows in f["direction"].items()
                }
            ),
            "curvature",
        )
        self.not_proved("global", lambda f: f.update(width="0x1p-60"), "width fails")
        grouped = "grouped-minimum-squared-error"
        self.not_proved(grouped, lambda f: f.update(width="0x1p-60"), "width fails")
        self.not_proved(grouped, lambda f: f["model"].update(d=5), "the point takes 6 dimensions, more than d = 5")
        self.not_proved("two-simplices", lambda f: f.update(kappa="999/1000"), "")

    def test_a_minimum_is_refused_where_a_theorem_excludes_it(self):
        file = load("minimum-k3")
        file["model"]["loss"] = "squared-error"
        with self.assertRaisesRegex(Refused, "a theorem excludes"):
            verify(file)

    def test_a_smaller_scale_gives_a_smaller_bound(self):
        bounds = []
        for scale in ("0x1p0", "0x1p-1", "0x0p+0"):
            file = load("grouped-bound")
            file["scale"] = scale
            bounds.append(float(verify(file)[2][0].split(">= ")[1].rstrip(".")))
        self.assertEqual(sorted(bounds, reverse=True), bounds)
        self.assertEqual(0, bounds[-1])

    def test_a_grouped_point_has_the_value_of_its_classes_one_by_one(self):
        """Both within and between groups, with factors written out; square roots are rounded."""
        for loss, bias in itertools.product(("cross-entropy", "squared-error"), ("none", "free", "regularised")):
            sizes, counts, rank = (3, 1, 2), (7, 4, 2), 2
            groups = tuple(zip(sizes, counts))
            model = Model(loss, groups, 5, (1, 3), (1, 7), bias, (1, 5) if bias == "regularised" else None)
            random.seed(4)
            w = [[random.uniform(-1, 1) for _ in range(rank)] for _ in sizes]
            h = [[random.uniform(-1, 1) for _ in sizes] for _ in range(rank)]
            b = [random.uniform(-1, 1) if bias != "none" else 0.0 for _ in sizes]
            separation = [1.25, 0.0, 0.5]
            text = lambda rows: [[x.hex() if x else "0x0p+0" for x in row] for row in rows]
            value = {"W": text(w), "H": text(h), "separation": text([separation])[0]}
            if bias != "none":
                value["b"] = text([b])[0]
            grouped = lower_bounds._GroupedPoint(value, model, rank).value()

            ratio = (3 / 7) ** 0.25  # (λ_H/λ_W)^(1/4)
            rows, columns, first = [], [], rank
            for g, m in enumerate(sizes):
                for i in range(m):
                    row, column = w[g] + [0.0] * 3, [h[a][g] for a in range(rank)] + [0.0] * 3
                    for j in range(m - 1):  # Helmert contrasts, scaled to u_i·u_j = δ_ij − 1/m
                        u = (-1.0 if i <= j else j + 1.0 if i == j + 1 else 0.0) / ((j + 1) * (j + 2)) ** 0.5
                        row[first + j] = separation[g] ** 0.5 * ratio * u
                        column[first + j] = separation[g] ** 0.5 / ratio * u
                    rows.append(row)
                    columns.append(column)
                first += m - 1
            exact = lambda rows: [[int(Fraction(x) * proof_file.DOUBLE_ONE) for x in row] for row in rows]
            biases = [b[g] for g, m in enumerate(sizes) for _ in range(m)] if bias != "none" else []
            point = Point(exact(rows), exact(zip(*columns)), exact([biases])[0])
            ungrouped = tuple((1, n) for m, n in groups for _ in range(m))
            one_by_one = State(Problem(dataclasses.replace(model, groups=ungrouped)), point).value
            self.assertAlmostEqual(float(grouped.up(20)), float(one_by_one.up(20)), delta=1e-14)

    def test_groups_of_one_class_are_counts(self):
        for name in ("bound", "bound-squared-error"):
            file = load(name)
            grouped = load(name)
            grouped["theorem"] = "grouped-global-lower-bound"
            grouped["model"]["groups"] = [[1, n] for n in grouped["model"].pop("counts")]
            if "residuals" in grouped:
                grouped["own"] = [column[g] for g, column in enumerate(grouped["residuals"])]
            self.assertEqual(verify(file)[2], verify(grouped)[2])

    def test_classes_of_a_group_one_by_one_give_the_same_bound(self):
        """Two classes of 9 samples and one of 4; first with e = 0, then with an e found to a few digits."""
        for bias in ({"bias": "none"}, {"bias": "free"}, {"bias": "regularised", "lambdaB": "1/20"}):
            for loss, (rate, tolerance) in itertools.product(
                ("cross-entropy", "squared-error"), (("1/5", 1e-14), ("1/70", 1e-2))
            ):
                model = {"loss": loss, "lambdaW": rate, "lambdaH": rate, **bias}
                far, near, back, own = "0x1.8p-4", "0x1.1p-4", "0x1.3p-5", "-0x1.4p-2"
                common = {"format": proof_file.FORMAT, "scale": "0x1.ep-1"}
                one_by_one = {**common, "theorem": "global-lower-bound", "model": {**model, "counts": [9, 9, 4]}}
                grouped = {
                    **common,
                    "theorem": "grouped-global-lower-bound",
                    "model": {**model, "groups": [[2, 9], [1, 4]]},
                }
                if loss == "cross-entropy":
                    one_by_one["q"] = [["0x0p+0", near, far], [near, "0x0p+0", far], [back, back, "0x0p+0"]]
                    grouped["q"] = [[near, far], [back, "0x0p+0"]]
                else:
                    one_by_one["residuals"] = [[own, near, far], [near, own, far], [back, back, "-0x1p-3"]]
                    grouped["residuals"] = [[near, far], [back, "0x0p+0"]]
                    grouped["own"] = [own, "-0x1p-3"]
                first, second = (
                    float(verify(file)[2][0].split(">= ")[1].rstrip(".")) for file in (one_by_one, grouped)
                )
                self.assertAlmostEqual(first, second, delta=tolerance * abs(first))


class TrainedLossTest(unittest.TestCase):
    """Losses of a training against plain ones, against PyTorch's definitions in floating point, and against duality."""

    PARAMETERS = {
        "trained-cross-entropy": {"logitAdjustment": "-1/2", "margins": ["1/2", "0", "1"]},
        "binary-cross-entropy": {"positiveWeights": ["1", "2", "1/3"]},
        "trained-squared-error": {},
    }

    def setUp(self):
        self.random = random.Random(11)

    def file(self, loss, bias, **changes):
        model = {"loss": loss, "counts": [9, 5, 2], "lambdaW": "1/250", "lambdaH": "1/300", "bias": bias}
        if bias == "regularised":
            model["lambdaB"] = "1/50"
        model |= {"smoothing": "1/10", "classWeights": ["1", "2", "7/2"]} | self.PARAMETERS[loss] | changes
        dual = "residuals" if loss == "trained-squared-error" else "q"
        numbers = [[(self.random.random() / 3).hex() for _ in range(3)] for _ in range(3)]
        return {"format": "collapse4j-proof/1", "theorem": "global-lower-bound", "model": model, dual: numbers, "scale": "0x1p0"}

    def test_without_options_it_is_the_plain_loss(self):
        plain = {"smoothing": "0", "classWeights": ["5/3"] * 3}
        for loss in ("cross-entropy", "squared-error"):
            more = {"logitAdjustment": "0", "margins": ["0"] * 3} if loss == "cross-entropy" else {}
            for bias in ("none", "free", "regularised"):
                file = self.file("trained-" + loss, bias, **plain, **more)
                statement = verify(file)[2]
                file["model"] = {key: value for key, value in file["model"].items() if key not in plain and key not in more}
                file["model"]["loss"] = loss
                self.assertEqual(statement, verify(file)[2])

    def test_values_are_those_of_pytorch_and_above_every_bound(self):
        for loss in self.PARAMETERS:
            for bias in ("none", "free", "regularised"):
                file = self.file(loss, bias)
                model = proof_file.model(file["model"], with_d=False)
                bound = trained_losses.bound(model, file)
                for size in (0.1, 1, 3):
                    draw = lambda: size * self.random.gauss(0, 1)
                    w, h = [[draw(), draw()] for _ in range(3)], [[draw() for _ in range(3)] for _ in range(2)]
                    b = [draw() for _ in range(3)] if bias != "none" else []
                    exact = lambda rows: [[proof_file._double(x.hex()) for x in row] for row in rows]
                    value = State(Problem(model), Point(exact(w), exact(h), exact([b])[0])).value
                    expected = self.value(file["model"], w, h, b)
                    self.assertAlmostEqual(1, float(real(value.lo)) / expected, delta=1e-12)
                    self.assertLessEqual(bound.lo, value.hi)

    @staticmethod
    def value(model, w, h, b):
        """CrossEntropyLoss(weight, label_smoothing) and BCEWithLogitsLoss(weight, pos_weight), summed over outputs."""
        counts, loss = model["counts"], model["loss"]
        classes, samples = range(3), sum(counts)
        number = lambda text: float(Fraction(text))
        weights = [number(text) for text in model["classWeights"]]
        divisor = sum(n * weight for n, weight in zip(counts, weights))
        eps = number(model["smoothing"])
        total = 0
        for y, n in enumerate(counts):
            z = [sum(w[k][a] * h[a][y] for a in range(2)) / math.sqrt(n) + (b[k] if b else 0) for k in classes]
            target = [eps / 3 + (1 - eps if k == y else 0) for k in classes]
            if loss == "trained-cross-entropy":
                tau = number(model["logitAdjustment"])
                z = [z[k] + tau * math.log(counts[k] / samples) for k in classes]
                z[y] -= number(model["margins"][y])
                log_sum = math.log(sum(map(math.exp, z)))
                sample = (1 - eps) * weights[y] * (log_sum - z[y])
                sample += eps / 3 * sum(weights[k] * (log_sum - z[k]) for k in classes)
            elif loss == "binary-cross-entropy":
                factor = [number(text) for text in model["positiveWeights"]]
                soft = lambda x: math.log1p(math.exp(-abs(x))) + max(x, 0)
                sample = weights[y] * sum(
                    factor[k] * target[k] * soft(-z[k]) + (1 - target[k]) * soft(z[k]) for k in classes
                )
            else:
                sample = weights[y] * sum((z[k] - target[k]) ** 2 for k in classes) / 2
            total += n * sample / divisor
        squares = lambda rows: sum(x * x for row in rows for x in row)
        penalty = number(model["lambdaW"]) * squares(w) + number(model["lambdaH"]) * squares(h)
        return total + (penalty + number(model.get("lambdaB", "0")) * squares([b])) / 2

    def test_only_theorems_without_groups_have_such_losses(self):
        for name in ("grouped-bound", "grouped-minimum"):
            file = load(name)
            classes = len(file["model"]["groups"])
            file["model"] |= {"loss": "trained-squared-error", "smoothing": "0", "classWeights": ["1"] * classes}
            with self.assertRaises(Refused):
                verify(file)

    def test_equal_weights_make_squared_error_benign(self):
        file = load("trained-minimum-squared-error")
        self.assertIn("strict local minimum", verify(file)[2][0])
        file["model"]["classWeights"] = ["2/3", "4/6"]
        with self.assertRaisesRegex(Refused, "a theorem excludes"):
            verify(file)


class CommandLineTest(unittest.TestCase):
    def run_checker(self, *arguments, options=()):
        run = subprocess.run(
            [sys.executable, *options, CHECKER, *map(str, arguments)], capture_output=True, text=True, timeout=120
        )
        return run.returncode, run.stdout, run.stderr

    def test_no_file_is_an_error(self):
        code, _, error = self.run_checker()
        self.assertEqual((2, "usage: verify_proof.py FILE...\n"), (code, error))

    def test_zero_only_if_every_file_is_proved(self):
        good = HERE / "proofs" / "bound.json"
        with tempfile.TemporaryDirectory() as folder:
            bad = Path(folder) / "bad.json"
            bad.write_text("{}")
            self.assertEqual(0, self.run_checker(good, good)[0])
            for files in ((bad, good), (good, bad), (good, Path(folder) / "none.json"), (good, folder)):
                code, out, error = self.run_checker(*files)
                self.assertEqual((1, ""), (code, error))
                self.assertIn(": proved: ", out)

    def test_checks_do_not_depend_on_assertions(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bad.json"
            for mutation in list(mutations((HERE / "proofs" / "minimum-k3.json").read_bytes()))[::60]:
                if mutation.refused:
                    path.write_bytes(mutation.content)
                    self.assertEqual(1, self.run_checker(path, options=["-O"])[0], mutation.name)

    def test_a_pipe_does_not_make_it_wait(self):
        if hasattr(os, "mkfifo"):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "pipe"
                os.mkfifo(path)
                code, out, _ = self.run_checker(path)
                self.assertEqual(1, code)
                self.assertIn("not a regular file", out)

    def test_a_model_too_large_is_not_proved(self):
        zeros = lambda rows, columns: [["0x0p+0"] * columns] * rows
        point = {"W": zeros(200, 9), "H": zeros(9, 200)}
        file = load("minimum-k5-no-bias")
        file["model"].update(counts=[3] * 200, d=9)
        file.update(point=point, lower=point)
        with self.assertRaisesRegex(NotProved, "3600 unknowns are too many"):
            verify(file)


class TargetsAndGroupsTest(unittest.TestCase):
    """Losses of targets, and losses of a training for groups of classes, against the same ones stated otherwise."""

    PARAMETERS = {
        "cross-entropy": {"logitAdjustment": "1/2"},
        "binary-cross-entropy": {"positiveWeights": ["2", "1/2", "1"]},
        "squared-error": {},
    }
    MODEL = {"lambdaW": "1/200", "lambdaH": "1/900", "bias": "free", "smoothing": "1/10", "classWeights": ["1", "1", "1"]}
    ONE, ZERO = "0x1p0", "0x0p+0"

    def statement(self, loss, more, file):
        model = {"loss": loss, "d": 1, **self.MODEL, **more}
        return verify({"format": proof_file.FORMAT, "theorem": "global-minimum", "model": model, **file})[2]

    def test_one_hot_targets_are_classes(self):
        one, zero = self.ONE, self.ZERO
        identity = [[one, zero, zero], [zero, one, zero], [zero, zero, one]]
        columns = [["0x1p-1", "0x1p-2", "0x1p-2"], ["0x1p-2", "0x1p-2", "0x1p-1"], ["0x1p-3", "0x1p-1", "0x1.8p-2"]]
        point = {"W": [["0x1p0"], ["-0x1p-1"], ["0x1p-2"]], "H": [["0x1p1", "-0x1p0", "0x1p-1"]], "b": ["0x1p-3", zero, "-0x1p-2"]}
        for kind, more in self.PARAMETERS.items():
            key = "residuals" if kind == "squared-error" else "q"
            file = {"point": point, "width": "0x1p4", "scale": "0x1p-1", key: columns}
            trained = kind if kind.startswith("binary") else "trained-" + kind
            margins = {"margins": ["0"] * 3} if kind == "cross-entropy" else {}
            of_classes = self.statement(trained, {"counts": [9, 5, 2], **more, **margins}, file)
            targets = {"counts": [9, 5, 2], "targets": identity, **more}
            self.assertEqual(of_classes, self.statement("target-" + kind, targets, file))
            with self.assertRaises(Refused):
                self.statement("target-" + kind, {**targets, "targets": identity[:2]}, file)
            with self.assertRaises(Refused):
                self.statement("target-" + kind, {**targets, "targets": [[one]] * 3}, file)
            # The dual point and Ĥ have a column for each target.
            parts = {**targets, "counts": [4, 5, 5, 2], "targets": identity[:1] + identity}
            with self.assertRaises(Refused):
                self.statement("target-" + kind, parts, file)

    def test_values_of_targets(self):
        counts, targets = [9, 5, 2, 4], [[1, 0, 0], [0.25, 0.5, 0.25], [0.125, 0.125, 0.75], [0, 0.5, 0.5]]
        w, h, b = [1.0, -0.5, 0.25], [2.0, -1.0, 0.5, 0.75], [0.125, 0.0, -0.25]
        hexes = lambda numbers: [x.hex() if x else self.ZERO for x in map(float, numbers)]
        share = [n / sum(counts) for n in counts]
        mean = [sum(s * column[k] for s, column in zip(share, targets)) for k in range(3)]
        weights, factor = [1, 1.5, 2], [2, 0.5, 1]
        for kind, more in self.PARAMETERS.items():
            model = {**self.MODEL, "loss": "target-" + kind, "counts": counts, "d": 1, "classWeights": ["1", "3/2", "2"], **more}
            model = proof_file.model({**model, "targets": [hexes(column) for column in targets]})
            point = proof_file.point({"W": [[x] for x in hexes(w)], "H": [hexes(h)], "b": hexes(b)}, "point", model, 1)
            expected = sum(x * x for x in w) / 400 + sum(x * x for x in h) / 1800
            for j, (n, column) in enumerate(zip(counts, targets)):
                z = [w[k] * h[j] / math.sqrt(n) + b[k] for k in range(3)]
                t = [0.1 / 3 + 0.9 * x for x in column]
                if kind == "cross-entropy":
                    z = [x + 0.5 * math.log(m) for x, m in zip(z, mean)]
                    log_sum = math.log(sum(map(math.exp, z)))
                    sample = sum(weights[k] * t[k] * (log_sum - z[k]) for k in range(3))
                elif kind == "squared-error":
                    sample = sum(weights[k] / 2 * (z[k] - t[k]) ** 2 for k in range(3))
                else:
                    soft = lambda x: math.log1p(math.exp(x))
                    sample = sum(
                        weights[k] * (factor[k] * t[k] * soft(-z[k]) + (1 - t[k]) * soft(z[k])) for k in range(3)
                    )
                expected += share[j] * sample
            value = State(Problem(model), point).value
            self.assertAlmostEqual(1, float(real(value.lo)) / expected, delta=1e-13)
            self.assertLess(value.hi - value.lo, ONE >> 200)

    def test_classes_of_a_group_one_by_one_give_the_same_bound(self):
        own, other = [0.5, 0.75, 0.625], [[0.125, 0.25, 0.0625], [0.125, 0.0625, 0.125], [0.25, 0.125, 0.125]]
        group_of = [0, 0, 1, 2]
        for kind, more in self.PARAMETERS.items():
            key = "residuals" if kind == "squared-error" else "q"
            more = {name: value for name, value in more.items() if isinstance(value, str)}
            options = {"classWeights": ["1", "3/2", "2"], **more}
            if kind == "cross-entropy":
                options["margins"] = ["0", "1/2", "1"]
            if kind == "binary-cross-entropy":
                options["positiveWeights"] = ["2", "1/2", "1"]
            single = {
                name: [value[g] for g in group_of] if isinstance(value, list) else value for name, value in options.items()
            }
            loss = kind if kind.startswith("binary") else "trained-" + kind
            columns = [
                [(own[g] if k == j else other[g][group_of[k]]).hex() for k in range(4)] for j, g in enumerate(group_of)
            ]
            base = {"format": proof_file.FORMAT, "scale": "0x1p-8"}
            grouped = {**base, "theorem": "grouped-global-lower-bound", key: [[x.hex() for x in column] for column in other]}
            grouped["model"] = {**self.MODEL, "loss": loss, "groups": [[2, 8], [1, 5], [1, 2]], **options}
            if kind != "cross-entropy":
                grouped["own"] = [x.hex() for x in own]
            ungrouped = {**base, "theorem": "global-lower-bound", key: columns}
            ungrouped["model"] = {**self.MODEL, "loss": loss, "counts": [8, 8, 5, 2], **single}
            first, second = verify(grouped)[2], verify(ungrouped)[2]
            self.assertEqual(first, second)


if __name__ == "__main__":
    unittest.main()
