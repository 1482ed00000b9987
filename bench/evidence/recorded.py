"""Write the record of the evidence that ships: `python -m bench.evidence.recorded out/backtest.json`.

From what `foedus evidence --data DATA --futures 400 --seed 1 --out out` wrote, without forecasts case by case.
"""

import argparse
import json
from importlib.resources import as_file, files
from pathlib import Path

from foedus.report.evidence.recorded import RECORD, shippable
from foedus.values.atomic import write_together


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(prog="python -m bench.evidence.recorded", description=__doc__)
    parser.add_argument("file", type=Path)
    record = json.loads(parser.parse_args().file.read_text(encoding="utf-8"))
    with as_file(files("foedus") / "parameters") as folder:
        for path in write_together(folder, {RECORD: shippable(record)}):
            print(path)


if __name__ == "__main__":
    main()
