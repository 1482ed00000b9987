"""Write the tables and figures of the case study: `python -m bench.docs.case_study`.

What is made stands between marks in docs/explanation/case_study.md, and in pictures beside it; the prose around it is
written by hand and names no figure. Run it again whenever parameters, claims, checks or texts change.
"""

import argparse

import foedus
from bench.docs.case_study.arguments import chart_of_claims, claims_table, disagreements
from bench.docs.case_study.arrangements import chart_of_outcomes, checks_table, outcomes_table, spoken_of
from bench.docs.case_study.cases import cases_table, vetoes_table
from bench.docs.pieces import with_pieces
from bench.measuring.page import ROOT
from foedus.insight.claims.record import ArgumentOrigin
from foedus.values.atomic import write_together

PAGE = ROOT / "docs" / "explanation" / "case_study.md"
FIGURES = PAGE.parent / "figures"
BASELINE = "no_guarantee"
ESSAYS = {"2022": ArgumentOrigin.ESSAY_2022, "2025": ArgumentOrigin.ESSAY_2025}
FUTURES = 200


def main() -> None:
    """Try everything, and write it where it belongs."""
    parser = argparse.ArgumentParser(prog="python -m bench.docs.case_study", description=__doc__)
    parser.add_argument("--futures", type=int, default=FUTURES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int)
    asked = parser.parse_args()
    run = {"futures": asked.futures, "seed": asked.seed} | ({"workers": asked.workers} if asked.workers else {})
    names = {essay: spoken_of(origin) for essay, origin in ESSAYS.items()}
    texts = list(dict.fromkeys([*names["2022"], *names["2025"], f"ukraine/{BASELINE}"]))
    compared = foedus.compare(texts, baseline=BASELINE, **run)
    answers = foedus.claims(**run).answers
    essays = {
        essay: [each for each in answers.answers if each.claim.origin is origin] for essay, origin in ESSAYS.items()
    }
    given = f"--futures {asked.futures} --seed {asked.seed}"
    pieces = {
        "command": f"`python -m bench.docs.case_study {given}`, {asked.futures} futures, seed {asked.seed}.",
        "texts": checks_table(compared, names=names),
        "outcomes": outcomes_table(compared),
        "vetoes": vetoes_table(),
        **{f"claims {essay}": claims_table(said) for essay, said in essays.items()},
        **{f"disagreements {essay}": disagreements(said) for essay, said in essays.items()},
        **{f"cases {essay}": cases_table(said) for essay, said in essays.items()},
    }
    figures = {
        "case_outcomes.svg": chart_of_outcomes(compared),
        **{f"case_claims_{essay}.svg": chart_of_claims(said, name=f"claims{essay}") for essay, said in essays.items()},
    }
    text = with_pieces(PAGE.read_text(encoding="utf-8"), pieces)
    for path in write_together(FIGURES, {name: f"{svg}\n".encode() for name, svg in figures.items()}):
        print(path)
    print(*write_together(PAGE.parent, {PAGE.name: text.encode()}))


if __name__ == "__main__":
    main()
