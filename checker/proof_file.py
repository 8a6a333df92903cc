"""Reads proof files, and refuses whatever docs/proof-format.md does not describe.

The result is exact: rationals are pairs of integers, doubles are integers in units of 2^-1074. Errors name the field.
"""

import json
import os
import re
import stat
from dataclasses import dataclass, field

from intervals import BITS, Interval

FORMAT = "collapse4j-proof/1"
COMMON_KEYS = ("format", "theorem", "note")
LARGEST_FILE = 64 << 20  # bytes
MOST_CLASSES = 1000
DOUBLE_BITS = 1074
DOUBLE_ONE = 1 << DOUBLE_BITS
LARGEST_DOUBLE = DOUBLE_ONE << 40
SMALLEST_RADIUS = DOUBLE_ONE >> 1000

_INTEGER = re.compile(r"0|[1-9][0-9]{0,8}")
_RATIONAL = re.compile(r"(0|[1-9][0-9]{0,39})(?:/([1-9][0-9]{0,39}))?")
_NORMAL = re.compile(r"(-?)0x1(?:\.([0-9a-f]{1,13}))?p([+-]?(?:0|[1-9][0-9]{0,3}))")
_SUBNORMAL = re.compile(r"(-?)0x0\.([0-9a-f]{1,13})p-1022")


class Refused(Exception):
    """The file is not exactly what the format describes."""


@dataclass(frozen=True)
class Model:
    """Groups of (m classes, n samples each); `counts` are groups of one class, or the samples of one target each.

    Without `d` where it may be any.
    """

    loss: str
    groups: tuple
    d: int | None
    lambda_w: tuple
    lambda_h: tuple
    bias: str
    lambda_b: tuple | None
    trained: "Trained | None" = None

    @property
    def kind(self):
        """The loss without what a training adds."""
        return self.loss.removeprefix("trained-").removeprefix("target-")

    @property
    def cross_entropy(self):
        return self.kind == "cross-entropy"

    @property
    def has_shift(self):
        """Whether a constant added to all biases changes nothing."""
        return self.bias == "free" and self.cross_entropy

    @property
    def targets(self):
        """M columns of K doubles; empty if samples have classes."""
        return self.trained.targets if self.trained else []

    @property
    def rows(self):
        """The rows of W: K, or one for each group of classes."""
        return len(self.targets[0]) if self.targets else len(self.groups)

    @property
    def has_bias(self):
        return self.bias != "none"

    @property
    def classes(self):
        return len(self.targets[0]) if self.targets else sum(m for m, _ in self.groups)

    @property
    def samples(self):
        return sum(m * n for m, n in self.groups)

    def __str__(self):
        counts = ", ".join(f"{m} x {n}" if m > 1 else str(n) for m, n in self.groups[:12])
        if len(self.groups) > 12:
            counts += f", ... ({len(self.groups)} in all)"
        fraction = lambda pair: f"{pair[0]}/{pair[1]}" if pair[1] > 1 else str(pair[0])
        bias = f"bias regularised by {fraction(self.lambda_b)}" if self.lambda_b else f"bias {self.bias}"
        options = f", {self.trained}" if self.trained and not self.targets else ""
        if self.targets:
            options = f", targets {len(self.targets)} x {self.classes}"
        return (
            f"{self.loss}, K = {self.classes}, samples {counts}, {'any d' if self.d is None else f'd = {self.d}'}, "
            f"lambda_W = {fraction(self.lambda_w)}, lambda_H = {fraction(self.lambda_h)}, {bias}{options}"
        )


@dataclass(frozen=True)
class Trained:
    """What a training adds to a loss: pairs of integers, for `logit_adjustment` with a sign before them, and doubles."""

    smoothing: tuple
    class_weights: list
    logit_adjustment: tuple
    margins: list
    positive_weights: list
    targets: list = field(default_factory=list, repr=False)


TRAINED_KEYS = {
    "trained-cross-entropy": ["smoothing", "classWeights", "logitAdjustment", "margins"],
    "binary-cross-entropy": ["smoothing", "classWeights", "positiveWeights"],
    "trained-squared-error": ["smoothing", "classWeights"],
    "target-cross-entropy": ["smoothing", "classWeights", "logitAdjustment", "targets"],
    "target-binary-cross-entropy": ["smoothing", "classWeights", "positiveWeights", "targets"],
    "target-squared-error": ["smoothing", "classWeights", "targets"],
}


@dataclass(frozen=True)
class Point:
    """W by rows, Ĥ by rows, and b, which is empty without a bias; entries are doubles."""

    w: list
    h: list
    b: list


def enclose(double):
    """The interval around a double in units of 2^-1074."""
    excess = DOUBLE_BITS - BITS
    lo = double >> excess
    return Interval(lo, lo if lo << excess == double else lo + 1)


# ---- JSON ------------------------------------------------------------------------------------------------------------


def shown(value):
    """A value on one line, in ASCII and of limited length."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if value is None or isinstance(value, bool):
        return str(value).lower().replace("none", "null")
    text = ascii(value[:60] if isinstance(value, str) else value)
    return text[:60]


def _members(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        seen = set()
        for key, _ in pairs:
            if key in seen:
                raise Refused(f"the key {shown(key)} appears twice")
            seen.add(key)
    return result


def _integer(text):
    if not _INTEGER.fullmatch(text):
        raise Refused(f"expected an integer of at most nine digits without sign or leading zero, found {text[:40]}")
    return int(text)


def _no_number(text):
    raise Refused(f"expected an integer, found {text[:40]}")


def read_bytes(path):
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Refused("not a regular file")
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Refused(f"larger than {LARGEST_FILE} bytes")
    return content


def parse_json(content):
    try:
        text = content.decode("utf-8")
        if text.startswith("\ufeff"):
            raise Refused("a byte-order mark is not allowed")
        return json.loads(
            text,
            object_pairs_hook=_members,
            parse_int=_integer,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except UnicodeDecodeError as error:
        raise Refused(f"not UTF-8 at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise Refused(f"not JSON: {error}") from None
    except RecursionError:
        raise Refused("not JSON of this format: nested too deeply") from None


# ---- the grammar -----------------------------------------------------------------------------------------------------


def _found(field, expected, value):
    return Refused(f"{field}: expected {expected}, found {shown(value)}")


def members(value, field, keys, optional=()):
    """The values of these keys, in this order, of an object that has no others; optional keys are accepted and ignored."""
    if type(value) is not dict:
        raise _found(field, "an object", value)
    for key in keys:
        if key not in value:
            raise Refused(f"{field}: the key '{key}' is missing")
    for key in value:
        if key not in keys and key not in optional:
            raise Refused(f"{field}: unexpected key {shown(key)}")
    return [value[key] for key in keys]


def integer(value, field, least, most=999_999_999):
    if type(value) is not int or not least <= value <= most:
        raise _found(field, f"an integer from {least} to {most}", value)
    return value


def choice(value, field, values):
    if type(value) is not str or value not in values:
        raise _found(field, " or ".join(f'"{one}"' for one in values), value)
    return value


def rational(value, field):
    match = _RATIONAL.fullmatch(value) if type(value) is str else None
    if not match or match[1] == "0":
        raise _found(field, 'a positive rational as a text such as "1/500"', value)
    return int(match[1]), int(match[2] or 1)


def double(value, field, least=-LARGEST_DOUBLE, most=LARGEST_DOUBLE):
    """A double in units of 2^-1074."""
    if type(value) is not str or len(value) > 32:
        raise _found(field, "a double as a hexadecimal text", value)
    result = _double(value)
    if result is None:
        raise _found(field, "a double as a hexadecimal text", value)
    if not least <= result <= most:
        raise _found(field, "a double in its range", value)
    return result


def _double(text):
    if text in ("0x0.0p+0", "0x0p+0"):
        return 0
    if match := _NORMAL.fullmatch(text):
        exponent = int(match[3])
        if not -1022 <= exponent <= 1023:
            return None
        digits = (match[2] or "").ljust(13, "0")
        magnitude = int("1" + digits, 16) << (exponent + 1022)
    elif match := _SUBNORMAL.fullmatch(text):
        magnitude = int(match[2].ljust(13, "0"), 16)
    else:
        return None
    return -magnitude if match[1] else magnitude


def items(value, field, size):
    if type(value) is not list or len(value) != size:
        raise _found(field, f"a list of {size}", value)
    return value


def doubles(value, field, size, least=-LARGEST_DOUBLE, most=LARGEST_DOUBLE):
    return [double(item, f"{field}[{i}]", least, most) for i, item in enumerate(items(value, field, size))]


def matrix(value, field, rows, columns, least=-LARGEST_DOUBLE, most=LARGEST_DOUBLE):
    return [doubles(row, f"{field}[{i}]", columns, least, most) for i, row in enumerate(items(value, field, rows))]


def fraction(value, field):
    """0 or a positive rational."""
    return (0, 1) if type(value) is str and value == "0" else rational(value, field)


def signed_fraction(value, field):
    """0, or a positive rational that may follow a minus sign: a sign and the magnitude."""
    negative = type(value) is str and value.startswith("-")
    magnitude = rational(value[1:], field) if negative else fraction(value, field)
    return (-1 if negative else 1, *magnitude)


def _targets(value, loss, groups):
    columns = items(value, "model.targets", groups)
    if type(columns[0]) is not list or not 2 <= len(columns[0]) <= MOST_CLASSES:
        raise _found("model.targets[0]", f"a list of 2 to {MOST_CLASSES}", columns[0])
    ends = (-LARGEST_DOUBLE, LARGEST_DOUBLE) if loss == "target-squared-error" else (0, DOUBLE_ONE)
    return matrix(columns, "model.targets", groups, len(columns[0]), *ends)


def _trained(value, loss, groups):
    """The parameters for a number of groups of classes, or of samples with one target each."""
    keys = TRAINED_KEYS[loss]
    targets = _targets(value["targets"], loss, groups) if "targets" in keys else []
    classes = len(targets[0]) if targets else groups
    smoothing = fraction(value["smoothing"], "model.smoothing")
    if smoothing[0] >= smoothing[1]:
        raise _found("model.smoothing", "a fraction below 1", value["smoothing"])

    def numbers(key, parse):
        if key not in keys:
            return []
        return [parse(one, f"model.{key}[{k}]") for k, one in enumerate(items(value[key], f"model.{key}", classes))]

    return Trained(
        smoothing,
        numbers("classWeights", rational),
        signed_fraction(value["logitAdjustment"], "model.logitAdjustment") if "logitAdjustment" in keys else (1, 0, 1),
        numbers("margins", fraction),
        numbers("positiveWeights", fraction),
        targets,
    )


def model(value, *, grouped=False, with_d=True):
    """Parses `model`; samples with targets have no groups of classes."""
    size_key = "groups" if grouped else "counts"
    keys = ["loss", size_key, "lambdaW", "lambdaH", "bias"] + (["d"] if with_d else [])
    if type(value) is dict and value.get("bias") == "regularised":
        keys.append("lambdaB")
    trained_losses = [loss for loss, names in TRAINED_KEYS.items() if not grouped or "targets" not in names]
    losses = ("cross-entropy", "squared-error", *trained_losses)
    loss = choice(value.get("loss"), "model.loss", losses) if type(value) is dict else None
    keys += TRAINED_KEYS.get(loss, [])
    members(value, "model", keys)
    sizes, field = value[size_key], f"model.{size_key}"
    if type(sizes) is not list or not 1 <= len(sizes) <= MOST_CLASSES:
        raise _found(field, f"a list of at most {MOST_CLASSES}", sizes)
    if grouped:
        pairs = [items(pair, f"{field}[{i}]", 2) for i, pair in enumerate(sizes)]
        groups = tuple(
            tuple(integer(number, f"{field}[{i}][{j}]", 1) for j, number in enumerate(pair))
            for i, pair in enumerate(pairs)
        )
    else:
        groups = tuple((1, integer(n, f"{field}[{i}]", 1)) for i, n in enumerate(sizes))
    trained = _trained(value, loss, len(groups)) if loss in TRAINED_KEYS else None
    has_targets = trained and trained.targets
    classes = len(trained.targets[0]) if has_targets else sum(m for m, _ in groups)
    if classes < 2:
        raise Refused(f"{field}: expected at least two classes, found one")
    return Model(
        loss,
        groups,
        integer(value["d"], "model.d", 1, min(classes, 999_999_999)) if with_d else None,
        rational(value["lambdaW"], "model.lambdaW"),
        rational(value["lambdaH"], "model.lambdaH"),
        choice(value["bias"], "model.bias", ("none", "free", "regularised")),
        rational(value["lambdaB"], "model.lambdaB") if "lambdaB" in value else None,
        trained,
    )


def point(value, field, model, d):
    """Parses a point of the model in feature dimension d."""
    members(value, field, ["W", "H"] + (["b"] if model.has_bias else []))
    return Point(
        matrix(value["W"], f"{field}.W", model.rows, d),
        matrix(value["H"], f"{field}.H", d, len(model.groups)),
        doubles(value["b"], f"{field}.b", model.rows) if model.has_bias else [],
    )
