"""Damages proof files in every way we could think of, reproducibly.

Each mutation states whether the format forbids it (`refused`): then no checker may prove it. Otherwise the statement may
still be true: a checker that proves it is right, or has a bug that the other checker reveals.
"""

import copy
import json
import random
import re
from typing import NamedTuple


SAME = "the same file with "  # names of mutations that change nothing


class Mutation(NamedTuple):
    name: str
    content: bytes
    refused: bool


class Raw:
    """Text that stands for a value in JSON, even if it is not valid JSON."""

    def __init__(self, text):
        self.text = text


NOT_INTEGERS = [Raw(text) for text in (
    "-1", "-0", "1.0", "1e0", "1E+1", "01", "00", "+1", "1234567890", "1e999999999", "0x1", "NaN", "Infinity", "-Infinity",
    "true", "null", "\u0661", "\uff11", "9" * 5000, "1_0", ".5", "1.")] + ["1", [1], {}, []]
NOT_RATIONALS = [
    "-1/250", "-1", "0", "0/5", "00", "1/0", "+1/2", "01/2", "1/02", "0.004", "1e-3", " 1/2", "1/2 ", "1/2\n", "\uff11/2",
    "\u0661", "1/2/3", "", "1/", "/2", "1//2", "1/-2", "1" * 41, "1/" + "1" * 41, "0x1p0", "NaN", "1\u00a0", "1_0", ["1/2"], {},
    Raw("1"), Raw("0.5"), Raw("true"), Raw("null")]
NOT_FRACTIONS = [wrong for wrong in NOT_RATIONALS if wrong != "0"] + ["-0"]
NOT_SIGNED = [wrong for wrong in NOT_FRACTIONS if wrong not in ("-1", "-1/250")] + ["--1", "-0/5", "- 1", "-1/-2", "\u22121"]
NOT_DOUBLES = [
    "NaN", "Infinity", "-Infinity", "1.0", "0", "1e0", "0X1.0p0", "0x1.0P0", "0x1.Ap0", "0x1.0p+1024", "0x1.0p+41", "-0x1.0p+41",
    "0x1.0p-1023", "0x1p99999", "0x2.0p0", "0x0.8p0", "0x0.8p-1021", "0x1.0p01", "0x1.0p+00", "0x1.00000000000000p0", " 0x1p0",
    "0x1p0 ", "0x1p0\n", "\n0x1p0", "0x1.\u0660p0", "0x\uff11p0", "0x1.p0", "+0x1p0", "--0x1p0", "0x1p", "0x1", "0x0.0p0", "0x0p0",
    "0x0.0p1", "-0x0.0p+0", "-0x0p+0", "0x1.0p0f", "0x1.0p0d", "", "1/2", "0x1_0p0", ["0x1p0"], {}, [],
    Raw("0"), Raw("1"), Raw("1.5"), Raw("true"), Raw("null"), Raw("NaN")]
POINTS = ("point", "lower", "direction")
TRAINED = {  # losses of a training, with their parameters
    "trained-cross-entropy": ("smoothing", "classWeights", "logitAdjustment", "margins"),
    "binary-cross-entropy": ("smoothing", "classWeights", "positiveWeights"),
    "trained-squared-error": ("smoothing", "classWeights"),
    "target-cross-entropy": ("smoothing", "classWeights", "logitAdjustment", "targets"),
    "target-binary-cross-entropy": ("smoothing", "classWeights", "positiveWeights", "targets"),
    "target-squared-error": ("smoothing", "classWeights", "targets"),
}
THEOREMS = (
    "spurious-local-minimum", "strict-saddle", "global-lower-bound", "global-minimum", "grouped-global-lower-bound",
    "grouped-global-minimum", "two-simplices")


def write(value):
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, dict):
        keys = [key.text if isinstance(key, Raw) else json.dumps(key) for key in value]
        return "{" + ", ".join(f"{key}: {write(one)}" for key, one in zip(keys, value.values())) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(write, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _walk(value, path=()):
    yield path, value
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from _walk(child, path + (key,))


def _at(value, path):
    for key in path:
        value = value[key]
    return value


def _name(path):
    return ".".join(map(str, path)) or "file"


def _kind(path, value):
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return "integer"
    if isinstance(value, str) and path[0] not in ("format", "theorem", "note") and path[-1] not in ("loss", "bias"):
        if "0x" in value:
            return "double"
        name = [part for part in path if isinstance(part, str)][-1]
        if name == "logitAdjustment":
            return "signed"
        return "fraction" if name in ("smoothing", "margins", "positiveWeights") else "rational"
    return None


def _rows(model):
    return len(model["targets"][0]) if "targets" in model else len(model["counts"])


class _Mutator:
    def __init__(self, content, seed):
        self.source = content.decode("utf-8")
        self.file = json.loads(self.source)
        self.file.pop("note", None)
        self.random = random.Random(seed)
        self.result = []

    def add(self, name, refused, change):
        file = copy.deepcopy(self.file)
        try:
            change(file)
        except (KeyError, IndexError, TypeError):
            return  # this theorem has no such field
        self.result.append(Mutation(name, write(file).encode("utf-8", "surrogatepass"), refused))

    def set(self, path, value, refused, label=None):
        def change(file):
            parent = _at(file, path[:-1])
            if path[-1] in parent and isinstance(parent, dict) and write(parent[path[-1]]) == write(value):
                raise KeyError("no change")
            parent[path[-1]] = value

        shown = label or (value.text if isinstance(value, Raw) else ascii(value))
        self.add(f"{_name(path)} = {shown[:50]}", refused, change)

    def sample(self, items, count):
        items = list(items)
        return items if len(items) <= count else self.random.sample(items, count)

    # ---- what the grammar forbids ----

    def text(self):
        body = self.source.strip()
        inner = body[1:-1]
        forbidden = {
            "empty": "", "white space": " \n", "text after": body + " x", "second object": body + body, "comma after": body + ",",
            "text before": "x" + body, "byte-order mark": "\ufeff" + body, "no-break space after": body + "\u00a0",
            "form feed after": body + "\f", "zero byte after": body + "\0", "list around": "[" + body + "]", "cut short": body[:-1],
            "comma at the end": "{" + inner.rstrip() + ",}", "comment": "{/* */" + inner + "}", "single quotes": body.replace('"', "'"),
            "deep nesting": "[" * 200_000, "deep note": '{"note": ' + "[" * 5000 + "]" * 5000 + "," + inner + "}",
            "key twice": '{"format": "collapse4j-proof/1",' + inner + "}",
            "key twice, once escaped": '{"\\u0066ormat": "collapse4j-proof/1",' + inner + "}",
            "note twice": '{"note": "a", "note": "b",' + inner + "}", "unknown key": '{"extra": "1",' + inner + "}",
            "empty key": '{"": "1",' + inner + "}", "note is a number": '{"note": 1,' + inner + "}", "note is null": '{"note": null,' + inner + "}",
            "key in capitals": body.replace('"format"', '"Format"', 1), "control character in note": '{"note": "a\nb",' + inner + "}",
        }
        for name, text in forbidden.items():
            self.result.append(Mutation(name, text.encode("utf-8"), True))
        raw = body.encode("utf-8")
        self.result.append(Mutation("not UTF-8", raw[:-1] + b', "note": "\xff"}', True))
        self.result.append(Mutation("overlong UTF-8", raw[:-1] + b', "note": "\xc0\xa2"}', True))
        self.result.append(Mutation("UTF-16", body.encode("utf-16"), True))
        for name, text in {
            "a note": '{"note": "\\u00e9 \U0001d54f \\"",' + inner + "}",
            "half a surrogate pair in the note": '{"note": "\\ud800",' + inner + "}",
            "white space around": " \t\r\n" + body + " \t\r\n",
            "a key with an escape": body.replace('"format"', '"\\u0066ormat"', 1),
            "a value with an escape": body.replace('"collapse4j-proof', '"collapse4j\\u002dproof', 1),
            "keys in reverse order": write(dict(reversed(list(self.file.items())))),
            "signed exponents": re.sub(r'p([0-9]+)"', r'p+\1"', body),
        }.items():
            self.result.append(Mutation(SAME + name, text.encode("utf-8"), False))

    def grammar(self):
        leaves = {"integer": [], "double": [], "rational": [], "fraction": [], "signed": []}
        for path, value in _walk(self.file):
            kind = _kind(path, value)
            if kind:
                leaves[kind].append(path)
            if isinstance(value, dict):
                for key in value:
                    name = _name(path + (key,))
                    self.add(f"{name} deleted", True, lambda file: _at(file, path).pop(key))
                    for again in (f'"{key}"', f'"\\u{ord(key[0]):04x}{key[1:]}"'):
                        self.add(f"{name} twice: {again}", True, lambda file: _at(file, path).update({Raw(again): value[key]}))
                    for wrong in (Raw("null"), [], {}, "", Raw("0"), Raw("true")):
                        self.set(path + (key,), wrong, True)
                self.add(f"{_name(path)} with an unknown key", True, lambda file: _at(file, path).update({"x": "1"}))
        lists = [(path, value) for path, value in _walk(self.file) if isinstance(value, list) and value]
        for path, value in self.sample(lists, 12):
            self.add(f"{_name(path)} shorter", True, lambda file: _at(file, path).pop())
            self.add(f"{_name(path)} longer", True, lambda file: _at(file, path).append(copy.deepcopy(value[-1])))
            self.set(path, {}, True)
            self.set(path, [value], True, "itself in a list")
        for kind, wrongs in (
            ("integer", NOT_INTEGERS), ("double", NOT_DOUBLES), ("rational", NOT_RATIONALS), ("fraction", NOT_FRACTIONS),
            ("signed", NOT_SIGNED)):
            named = [path for path in leaves[kind] if len(path) <= 2 and isinstance(path[-1], str)]
            inner = [path for path in leaves[kind] if path not in named]
            for wrong in wrongs:
                for path in named[:8] + self.sample(inner, 1):
                    self.set(path, wrong, True)
        for path in (("format",), ("theorem",), ("model", "loss"), ("model", "bias")):
            texts = ("", "Free", "cross_entropy", "collapse4j-proof/2", " none", "none\n", "global")
            for wrong in (*texts, ["free"], Raw("1"), Raw("null")):
                self.set(path, wrong, True)

    # ---- what the format forbids, and what can make a statement false ----

    def meaning(self):
        file = self.file
        for value in (Raw('"0x0.0p+0"'), "0x0p+0", "-0x1p-15", "0x1.0000000000001p+0", "0x1p+1", "0x1p-1001"):
            self.set(("radius",), value, True)
        for value in ("-0x1p-1", "0x1.0000000000001p+0", "-0x0.0000000000001p-1022"):
            self.set(("scale",), value, True)
        for value in ("0x0.0p+0", "-0x1p-30"):
            self.set(("width",), value, True)
        for value in ("0x1p0", "0x1p-1000", "0x1p-30", "0x1p-10"):
            self.set(("radius",), value, False)
        for value in ("0x1p40", "-0x1p40", "0x0p+0", "0x1p-1000", "0x1p0"):
            for key in ("sigma", "squareSigma", "gaugeSigma"):
                self.set((key,), value, False)
        for value in ("0x1p0", "0x1p-1", "0x0p+0", "0x1p-1022", "0x0.0000000000001p-1022"):
            self.set(("scale",), value, False)
        for value in ("0x1p40", "0x1p-1000", "0x0.0000000000001p-1022", "0x1p-60"):
            self.set(("width",), value, False)
        for value in ("1" * 40, "1/" + "9" * 40, "1", "1000/1000000", "4/1000"):
            for path in (("gaugeWeight",), ("model", "lambdaW"), ("model", "lambdaH"), ("model", "lambdaB"), ("kappa",)):
                self.set(path, value, path == ("kappa",) and value in ("1", "1" * 40))
        if "kappa" in file:
            for value in ("1001/1000", "3/3"):
                self.set(("kappa",), value, True)
            for value in ("999/1000", "1/1000", "1/2", "99999999/100000000", "3/10"):
                self.set(("kappa",), value, False)
            for pair in ([5, 10], [10, 6], [6, 1001], [0, 7], [6]):
                self.set(("classes",), pair, True)
            self.set(("classes",), [6, 6], False)
            return
        model = file["model"]
        # A bias of another kind, without and with the fields that belong to it.
        has_point = any(name in file for name in POINTS)
        for bias in ("none", "free", "regularised"):
            lambda_b = bias == "regularised" or "lambdaB" in model
            self.set(("model", "bias"), bias, lambda_b or has_point and "none" in (bias, model["bias"]))
        if model["bias"] != "regularised":
            for value in ("1/100", "-1/100", "0", Raw("-1"), Raw("null")):
                self.set(("model", "lambdaB"), value, True)
        if model["bias"] == "none":
            zeros = ["0x0p+0"] * (_rows(model) if "counts" in model else len(model["groups"]))
            self.add("a bias in the point", True, lambda file: file["point"].update({"b": zeros}))
        has_dual = "q" in file or "residuals" in file
        benign = file["theorem"] == "spurious-local-minimum" and model["bias"] != "regularised"
        other = "squared-error" if model["loss"] == "cross-entropy" else "cross-entropy"
        self.set(("model", "loss"), other, has_dual or benign)
        self._trained(model)
        for theorem in THEOREMS:
            if theorem != file["theorem"]:
                self.set(("theorem",), theorem, True)
        for size in ("counts", "groups"):
            numbers = [(p, v) for p, v in _walk(file) if p[:2] == ("model", size) and isinstance(v, int)]
            for path, value in self.sample(numbers, 4):
                self.set(path, Raw("0"), True)
                for count in (value + 1, value * 2, 999_999_999, 1):
                    self.set(path, Raw(str(count)), False)
        if "d" in model:
            classes = sum(m for m, _ in model["groups"]) if "groups" in model else _rows(model)
            for d in (0, model["d"] + 1, classes + 1, 999_999_999):
                self.set(("model", "d"), Raw(str(d)), d == 0 or d > classes or "rank" not in file or "direction" in file)
        self.set(("model", "counts"), [1], True)
        self.set(("model", "counts"), [], True)
        self.set(("model", "counts"), [1] * 1001, True)
        for groups in ([], [[1, 5]], [[0, 5], [2, 5]], [[2, 0]], [[2, 5, 1]], [2, 5]):
            self.set(("model", "groups"), groups, True)
        self.set(("model", "groups"), [[1000000000, 5]], True)
        if "rank" in file:
            for rank in (file["rank"] + 1, model["d"] + 1):
                self.set(("rank",), Raw(str(rank)), True)
        if "separation" in file.get("point", {}):
            for g, (m, _) in enumerate(model["groups"]):
                for value in ("-0x1p-30", "-0x0.0000000000001p-1022"):
                    self.set(("point", "separation", g), value, True)
                for value in ("0x1p-1", "0x1.0000000000001p5", "0x0p+0"):
                    self.set(("point", "separation", g), value, m == 1 and value != "0x0p+0")
        for name in POINTS:
            if name in file:
                self._zero(name, file)
        if file["theorem"] == "spurious-local-minimum":
            self.add("lower is the point", False, lambda file: file.update(lower=file["point"]))
            self.add("point and lower swapped", False, lambda file: file.update(lower=file["point"], point=file["lower"]))
            for d in range(max(model["d"] + 1, _rows(model) - 1), _rows(model) + 1):
                self.add(f"padded to d = {d}", True, lambda file: self._pad(file, d))
        for key in ("q", "residuals"):
            if key in file:
                self._columns(key, file)

    def _trained(self, model):
        for loss in (*TRAINED, "cross-entropy", "squared-error"):
            if loss in TRAINED or model["loss"] in TRAINED:
                self.set(("model", "loss"), loss, True)
        present = TRAINED.get(model["loss"], ())
        for name, value in (("smoothing", "0"), ("classWeights", []), ("logitAdjustment", "0"), ("margins", []), ("positiveWeights", []), ("targets", [])):
            if name not in present:
                self.set(("model", name), value, True)
        for value in ("1", "2/2", "3/2", "-1/10"):
            self.set(("model", "smoothing"), value, True)
        for value in ("0", "1/2", "1/11", "999999/1000000", "1/" + "9" * 40):
            self.set(("model", "smoothing"), value, "smoothing" not in present)
        for value in ("0", "-3", "5", "1/7", "9" * 40, "-" + "9" * 40):
            self.set(("model", "logitAdjustment"), value, "logitAdjustment" not in present)
        for name in present:
            if name == "targets":
                self._targets(model)
            elif isinstance(model[name], list):
                k = self.random.randrange(len(model[name]))
                for value in ("1000", "1/1000", "9" * 40, "1/" + "9" * 40):
                    self.set(("model", name, k), value, False)
                self.set(("model", name, k), "0", name == "classWeights")
                self.set(("model", name, k), "-1", True)
                self.add(f"{name} turned", False, lambda file: file["model"].update({name: model[name][1:] + model[name][:1]}))

    def _targets(self, model):
        in_unit = model["loss"] != "target-squared-error"
        for value in ("-0x1p-30", "0x1.0000000000001p0", "0x1p40"):
            self.set(("model", "targets", 0, 0), value, in_unit)
        for value in ("0x0p+0", "0x1p0", "0x1p-1000"):
            self.set(("model", "targets", 0, 0), value, False)
        turned = model["targets"][1:] + model["targets"][:1]
        self.add("targets turned", False, lambda file: file["model"].update(targets=turned))
        self.add("one output", True, lambda file: file["model"].update(targets=[column[:1] for column in turned]))
        self.add("a target less", True, lambda file: file["model"]["targets"].pop())
        self.add("a longer target", True, lambda file: file["model"]["targets"][-1].append("0x0p+0"))

    def _zero(self, name, file):
        def change(file):
            for path, value in list(_walk(file[name], (name,))):
                if isinstance(value, str):
                    _at(file, path[:-1])[path[-1]] = "0x0p+0"

        self.add(f"{name} is zero", False, change)

    @staticmethod
    def _pad(file, d):
        missing = d - file["model"]["d"]
        file["model"]["d"] = d
        for name in ("point", "lower"):
            file[name]["W"] = [row + ["0x0p+0"] * missing for row in file[name]["W"]]
            file[name]["H"] += [["0x0p+0"] * len(file["model"]["counts"])] * missing

    def _columns(self, key, file):
        size = len(file[key])
        far = self.random.randrange(size)
        if key == "q":
            other = [i for i in range(size) if i != far][0] if size > 1 else 0
            for value in ("-0x1p-30", "-0x0.0000000000001p-1022", "0x1.0000000000001p0", "0x1p1"):
                self.set((key, far, other), value, True)
            if size > 1:
                self.set((key, far, other), "0x1p0", False)
            self.set((key, far, far), "0x1p-1", False)
            self.set((key, far, far), "0x1.8p0", True)
            are_distributions = file["model"]["loss"] in ("cross-entropy", "trained-cross-entropy")
            self.add("sums above 1", size > 2 and are_distributions, lambda file: file[key].__setitem__(far, ["0x1.8p-1"] * size))
            self.add("identity", False, lambda file: file.update({key: [["0x0p+0"] * size] * size}))
        self.add("transposed", False, lambda file: file.update({key: [list(row) for row in zip(*file[key])]}))
        self.add("columns turned", False, lambda file: file.update({key: file[key][1:] + file[key][:1]}))

    def numbers(self):
        """Small and large changes to single numbers."""
        doubles = [(path, value) for path, value in _walk(self.file) if _kind(path, value) == "double"]
        in_unit = ("q", "scale", "radius", "width")
        for path, value in self.sample(doubles, 24):
            negative = value[1:] if value.startswith("-") else "-" + value
            if value not in ("0x0p+0", "0x0.0p+0"):
                self.set(path, negative, path[0] in in_unit, "sign changed")
                number = float.fromhex(value)
                for label, changed in (("doubled", 2 * number), ("halved", number / 2), ("plus 1e-9", number * (1 + 1e-9))):
                    text = changed.hex()
                    self.set(path, text, False, label)
            self.set(path, "0x0p+0", path[0] in ("radius", "width"))
            self.set(path, "0x1.fffffffffffffp+39", path[0] in ("q", "scale", "radius"))
            self.set(path, "0x0.0000000000001p-1022", path[0] == "radius")


def mutations(content, seed=1):
    """All mutations of a valid proof file."""
    mutator = _Mutator(content, seed)
    mutator.text()
    mutator.grammar()
    mutator.meaning()
    mutator.numbers()
    seen = set()
    for mutation in mutator.result:
        if mutation.content not in seen and mutation.content != content:
            seen.add(mutation.content)
            yield mutation
