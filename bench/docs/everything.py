"""Write everything in docs/ that is made, in the order in which it is needed: `python -m bench.docs.everything`.

The benchmarks are left out (`python -m bench`), and so are the long validations of the page for the referee.
"""

import subprocess
import sys
from time import perf_counter

PARTS = (
    "bench.docs",
    "bench.docs.notebook",
    "bench.docs.figures",
    "bench.docs.case_study",
    "bench.docs.tutorials",
    "bench.docs.referee",
)
"""Modules, each with a command of its own."""


def main() -> None:
    """Run each part, and say how long it took."""
    for part in PARTS:
        start = perf_counter()
        subprocess.run([sys.executable, "-m", part], check=True)
        print(f"{part}: {perf_counter() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
