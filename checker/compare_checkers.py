#!/usr/bin/env python3
"""Feeds mutated proof files to both checkers: python3 compare_checkers.py FILE... (from the root of the project).

Fails if a checker proves a file that the format forbids, does not prove an unchanged file, or crashes.
Files that only one checker proves are listed: their statements are true unless that checker has a bug.
"""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

import verify_proof
from mutations import SAME, Mutation, mutations

BATCH = 400


def proved_by_java(paths):
    """The files that `./collapse4j verify` proves."""
    proved = set()
    for start in range(0, len(paths), BATCH):
        batch = [str(path) for path in paths[start : start + BATCH]]
        run = subprocess.run(["./collapse4j", "verify", *batch], capture_output=True, text=True)
        lines = run.stdout.splitlines()
        now = {line[len("Proved: ") :] for line in lines if line.startswith("Proved: ")} & set(batch)
        if run.returncode not in (0, 1) or len(batch) > 1 and f"Proved: {len(now)} of {len(batch)}" not in lines:
            sys.exit(f"./collapse4j verify stopped with exit code {run.returncode}: {run.stderr[-2000:]}")
        proved |= now
    return proved


def compare(source, folder):
    """Compares the checkers on a file and its mutations; returns the number of contradictions."""
    content = source.read_bytes()
    cases = [Mutation(SAME + "no change", content, False), *mutations(content)]
    paths = [folder / f"{index}.json" for index in range(len(cases))]
    for path, case in zip(paths, cases):
        path.write_bytes(case.content)
    java = proved_by_java(paths)
    wrong = both = 0
    lines = []
    for path, case in zip(paths, cases):
        by = ["java"] * (str(path) in java) + ["python"] * verify_proof.check(path, io.StringIO())
        both += len(by) == 2
        if by and case.refused or case.name.startswith(SAME) and len(by) < 2:
            wrong += 1
            lines.append(f"  WRONG: {case.name}: proved by {' and '.join(by) or 'neither'}")
        elif len(by) == 1:
            lines.append(f"  {case.name}: proved by {by[0]} only")
    print(f"{source}: {len(cases) - 1} mutations, {sum(case.refused for case in cases)} forbidden, {both} proved by both")
    print("\n".join(lines), flush=True)
    return wrong


def main(paths):
    wrong = 0
    for path in paths:
        with tempfile.TemporaryDirectory() as folder:
            wrong += compare(Path(path), Path(folder))
    print(f"{wrong} contradictions")
    return 1 if wrong or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
