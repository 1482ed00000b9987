"""Run every bench in a quick version and write docs/benchmarks.md: `python -m bench`, or `make bench`."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from bench.measuring.page import ROOT, Command, Part, page, run, this_machine

PAGE = ROOT / "docs" / "benchmarks.md"

PARTS: Mapping[str, Part] = {
    "kernel": Part(
        heading="Speed of the kernel",
        about="A game is one arrangement in one future, solved to a residual of 1e-4 and pushed forward over ten "
        "years. The games are ten designs of guarantee with six guarantors. A game on one thread is the same to the "
        "last bit as on many.",
        commands=(
            Command("bench.kernel.speed", "--futures 4 --repeats 3 --oracle 0"),
            Command("bench.kernel.speed", "--library --futures 10 --repeats 3 --oracle 0"),
            Command("bench.kernel.first_edition", "--futures 4 --repeats 3"),
            Command("bench.kernel.scaling", "--only oracle --oracle 4 --repeats 3"),
            Command("bench.kernel.warm", "--repeats 3"),
        ),
    ),
    "scaling": Part(
        heading="How time grows",
        about="With threads, with the grid (belief points, balance points, slices), with guarantors and with the "
        "number of games. The median of the sweeps tells work for each sweep from how many were needed.",
        commands=(Command("bench.kernel.scaling", "--only threads grids guarantors futures --futures 4 --repeats 3"),),
    ),
    "grids": Part(
        heading="Error of the grid",
        about="The Ukraine library on coarser grids against a fine one.",
        commands=(Command("bench.accuracy.grids", "--futures 4"),),
    ),
    "convergence": Part(
        heading="Convergence",
        about="How often each way of seeking the fixed point reaches it. What each way is: "
        "[the decision](decisions/006-convergence.md).",
        commands=(
            Command("bench.accuracy.convergence", "--futures 6 --seed 2"),
            Command("bench.accuracy.convergence", "--library --futures 20"),
        ),
    ),
    "peers": Part(
        heading="Beside others",
        about="Gambit's agent logit equilibrium of one and two periods at the same lambda; and, where it is installed "
        "(extra `bench`), OpenSpiel's nearest solver on the same tree, which seeks another equilibrium.",
        commands=(Command("bench.judges.peers", "--games 2 --repeats 3"),),
    ),
    "checks": Part(
        heading="Checks",
        about="A made-up text of 30 guarantors with 10 clauses each, by both engines.",
        commands=(Command("bench.checks.large_text", "--guarantors 30 --clauses 10 --runs 3"),),
    ),
    "starting": Part(
        heading="Starting",
        about="Processor time of short commands, user and system, against that of an interpreter that does nothing.",
        commands=(Command("bench.checks.starting", "--repeats 5"),),
    ),
    "log": Part(
        heading="The log",
        about="Events that are on the disk of the repository's folder before the receipt is given; verification of "
        "every hash and every signature; writers that are killed at random moments.",
        commands=(
            Command("bench.exercise.log", "--appends 300 --events 10000"),
            Command("bench.exercise.log", "--appends 0 --events 0 --kills 200"),
        ),
    ),
    "determination": Part(
        heading="The determination",
        about="Incidents drawn from the judgments that ship, told by sources a tenth worse than labelled, half of them "
        "echoed, one origin in seven with a story that somebody made up. Right and recall of 'armed attack' are the "
        "share of what is said that is so, and the share of what is so that is said. "
        "[What it reckons with](determination.md#how-reports-are-weighed).",
        commands=(Command("bench.exercise.determination", "--cases 1500"),),
    ),
    "room": Part(
        heading="The room",
        about="One server on this machine, so many open streams of one seat, a message five times a second: from the "
        "sending of the form until each stream has its line. None may be lost. Then six people in a Chromium each, who "
        "play each scenario that ships to its report through a server that is killed in the middle.",
        commands=(
            Command("bench.exercise.room", "--clients 60"),
            Command("bench.exercise.room", "--clients 200"),
            Command("bench.exercise.browsers"),
        ),
    ),
    "web": Part(
        heading="In the browser",
        about="The explorer in a headless Chromium against a server on the same machine, which shares its cores with "
        "the browser; what a lever costs by stage; how far rough pictures lie from exact ones, and what they spare; "
        "and fifty people at once.",
        commands=(
            Command("bench.web.waiting", "--repeats 5"),
            Command("bench.web.lever", ""),
            Command("bench.web.rough", "--futures 40"),
            Command("bench.web.crowd", ""),
        ),
    ),
    "compare": Part(
        heading="What a person waits for",
        about="`foedus compare ukraine` from the start of Python to the written files, at the default settings but for "
        "the number of futures.",
        commands=(
            Command("bench.ensembles.compare", "--futures 10 --repeats 3"),
            Command("bench.ensembles.compare", "--plan --chunks 2"),
            Command("bench.ensembles.compare", "--futures 100 --repeats 1 --workers 2"),
        ),
    ),
}
TINY: Mapping[str, tuple[Command, ...]] = {
    "kernel": (
        Command("bench.kernel.speed", "--futures 1 --repeats 2 --oracle 0"),
        Command("bench.kernel.scaling", "--only oracle --oracle 1 --repeats 2"),
    ),
    "scaling": (
        Command("bench.kernel.scaling", "--only threads grids guarantors futures --futures 1 --repeats 2 --most 20"),
    ),
    "grids": (Command("bench.accuracy.grids", "--futures 1"),),
    "convergence": (Command("bench.accuracy.convergence", "--futures 1 --max-sweeps 500"),),
    "peers": (Command("bench.judges.peers", "--games 1 --repeats 2"),),
    "checks": (Command("bench.checks.large_text", "--guarantors 4 --clauses 3 --runs 2"),),
    "log": (Command("bench.exercise.log", "--appends 20 --events 200 --repeats 2"),),
    "determination": (Command("bench.exercise.determination", "--cases 10"),),
    "room": (Command("bench.exercise.room", "--clients 5 --messages 5"),),
    "compare": (Command("bench.ensembles.compare", "--futures 4 --repeats 2"),),
}

TOO_SMALL = "These sizes are too small to mean much: the page comes from a trial run. `make bench` measures in earnest."


def main() -> None:
    """Run the parts that are asked for; the page is written when all of them ran, or where ``--page`` says."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", type=_names, default=list(PARTS), metavar="PART,...", help=", ".join(PARTS))
    parser.add_argument("--tiny", action="store_true", help="sizes too small to mean much; to try the benches out")
    parser.add_argument("--page", type=Path, help="where to write the page; docs/benchmarks.md when every part runs")
    options = parser.parse_args()
    machine = this_machine()
    results = []
    for name in options.only:
        part = PARTS[name]
        print(f"\n{part.heading}\n{'=' * len(part.heading)}\n", flush=True)
        results.append((part, [run(command) for command in (TINY[name] if options.tiny else part.commands)]))
    is_whole = set(options.only) == set(PARTS)
    target = options.page or (PAGE if is_whole else None)
    if target is None:
        print("No page is written unless every part runs, or --page says where.")
        return
    made_by = f"python -m bench{'' if is_whole else ' --only ' + ','.join(options.only)}{' --tiny' * options.tiny}"
    warning = TOO_SMALL if options.tiny else ""
    target.write_text(page(results, machine=machine, made_by=made_by, warning=warning), encoding="utf-8")
    print(f"written: {target}")


def _names(text: str) -> list[str]:
    names = text.split(",")
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no part is called {', '.join(unknown)}; there are {', '.join(PARTS)}")
    return names


if __name__ == "__main__":
    main()
