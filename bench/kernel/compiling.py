"""Compile all that games need, from nothing; tell the processor time of each half: `python -m bench.kernel.compiling`.

Nothing that is kept is touched: the code goes to a folder that is thrown away.
"""

import resource
import subprocess
import tempfile
from pathlib import Path

from foedus.game.kernel.keeping.ready import CodeFor, Half, command_for


def main() -> None:
    """Print seconds of processor time for each half, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        for half in Half:
            before = _spent()
            with subprocess.Popen(command_for(CodeFor.GAMES, half, Path(folder)), stdin=subprocess.PIPE) as process:
                code = process.wait()
            functions = len(list(Path(folder).glob("*.code")))
            print(f"{half}: {_spent() - before:.1f} s, {functions} functions so far, exit code {code}", flush=True)


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
