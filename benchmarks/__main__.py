"""Runs every benchmark, one after the other, each in a process of its own.

    ./dev bench

Arguments are those of single benchmarks: run `python -m benchmarks.NAME --help` for them.  Exit status 1 if
one of them missed its mark.  Run them on a computer that does nothing else.
"""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = ("encoding", "indexing", "searching", "asking", "window", "reading")


def main() -> int:
    """Run them all and tell whether every mark was reached."""
    missed = []
    for name in BENCHMARKS:
        print(f"\n## {name}\n", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode != 0:
            missed.append(name)
    if missed:
        print(f"\nMissed its mark: {', '.join(missed)}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
