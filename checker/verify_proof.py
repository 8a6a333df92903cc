#!/usr/bin/env python3
"""Checks proof files of collapse4j: python3 verify_proof.py FILE... (Python 3.10 or newer, nothing else).

Written from docs/proof-format.md and docs/theory.md §11, independently of `./collapse4j verify`. Exits with 0 only if every
file is proved.
"""

import sys

import critical_points
import lower_bounds
import proof_file
import two_simplices
from intervals import NotProved
from proof_file import Refused

THEOREMS = {
    "spurious-local-minimum": critical_points.spurious_local_minimum,
    "strict-saddle": critical_points.strict_saddle,
    "global-lower-bound": lower_bounds.global_lower_bound,
    "grouped-global-lower-bound": lower_bounds.grouped_global_lower_bound,
    "global-minimum": lower_bounds.global_minimum,
    "grouped-global-minimum": lower_bounds.grouped_global_minimum,
    "two-simplices": two_simplices.two_simplices,
}


def verify(content):
    """The theorem proved by the bytes of a file: its name, the model, and statements, one per line."""
    file = proof_file.parse_json(content)
    if type(file) is not dict:
        raise Refused(f"expected an object, found {proof_file.shown(file)}")
    proof_file.choice(file.get("format"), "format", (proof_file.FORMAT,))
    theorem = proof_file.choice(file.get("theorem"), "theorem", tuple(THEOREMS))
    if "note" in file and type(file["note"]) is not str:
        raise Refused(f"note: expected a text, found {proof_file.shown(file['note'])}")
    model, statements = THEOREMS[theorem](file)
    return theorem, model, statements


def check(path, out):
    """Checks one file, prints the outcome, and returns whether it is proved."""
    try:
        theorem, model, statements = verify(proof_file.read_bytes(path))
    except Refused as error:
        print(f"{path}: refused: {error}", file=out)
    except NotProved as error:
        print(f"{path}: not proved: {error}", file=out)
    except OSError as error:
        print(f"{path}: cannot be read: {error.strerror}", file=out)
    except (MemoryError, RecursionError):
        print(f"{path}: not proved: too large for this machine", file=out)
    else:
        print(f"{path}: proved: {theorem}\n  {model}", file=out)
        for statement in statements:
            print(f"  {statement}", file=out)
        return True
    return False


def main(paths, out=sys.stdout):
    if not paths:
        print("usage: verify_proof.py FILE...", file=sys.stderr)
        return 2
    return 0 if all([check(path, out) for path in paths]) else 1


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # file names can contain any bytes
    sys.exit(main(sys.argv[1:]))
