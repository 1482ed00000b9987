"""Which files it takes to add something: the one table of docs/architecture.md that is written by hand."""

ADDITIONS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "an arrangement",
        ("src/foedus/library/ukraine/nato_membership.yaml",),
        "one YAML file in the folder of its theatre; `foedus new` writes a skeleton, `foedus check` reads it",
    ),
    (
        "a claim",
        ("src/foedus/claims/interest_beats_words.yaml",),
        "one YAML file; docs/claims.md is written by `foedus claims`",
    ),
    (
        "a view of the world",
        ("src/foedus/parameters/views",),
        "one YAML file with the ranges that differ, and who argues for them",
    ),
    (
        "a check",
        ("src/foedus/checks/families/gaps.py", "src/foedus/checks/specimens.yaml"),
        "promise, search, claim and mending in one `Check` of its family's `CHECKS`, a good and a bad specimen; "
        "docs/checks.md is generated",
    ),
    (
        "a parameter of the game",
        (
            "src/foedus/parameters/game.yaml",
            "src/foedus/game/future.py",
            "src/foedus/game/plain/stage.py",
            "src/foedus/game/kernel/pack.py",
            "docs/theory.md",
        ),
        "unit, range and source; its symbol; the formula in the plain game, the judge (`game/plain/regret.py`) and the "
        "kernel",
    ),
    (
        "a yardstick (how many days, how much weight)",
        ("src/foedus/parameters/yardsticks.yaml", "src/foedus/mechanism/numbers/timeliness.py"),
        "unit, range and source, and the place in `mechanism` that reads it",
    ),
    (
        "a clause or a word of the language",
        (
            "src/foedus/arrangement/vocabulary.py",
            "src/foedus/arrangement/clauses.py",
            "src/foedus/arrangement/process.py",
            "src/foedus/mechanism/rules/duties.py",
        ),
        "declared once with its meaning; the rule that reads it; docs/language.md and the JSON Schema are generated",
    ),
    (
        "an outcome",
        (
            "src/foedus/game/outcome.py",
            "src/foedus/game/plain/forward.py",
            "src/foedus/game/kernel/forward.py",
            "src/foedus/game/outcomes.py",
            "docs/theory.md",
        ),
        "its definition, its computation by plain game and kernel, and the one declaration from which it is shown",
    ),
    (
        "a statistic over futures",
        ("src/foedus/insight/ranking/regret.py", "docs/insight.md"),
        "a record and a function from arrays to it; its definition on the page",
    ),
    (
        "a data set",
        ("src/foedus/evidence/data/catalogue/huth_signorino_tarar.yaml",),
        "one YAML file: what the file is called, whose it is, which columns are read; docs/data.md is generated",
    ),
    (
        "a figure of the record",
        ("src/foedus/evidence/targets/figures/a_deterrence.yaml", "src/foedus/evidence/targets/registry.py"),
        "declared first, then computed by a function of `evidence/targets/by_study`",
    ),
    (
        "a page of the report",
        ("src/foedus/report/page/page.py", "src/foedus/report/arrangement/show.py"),
        "one function that returns a page as plain data; how pages are written is settled",
    ),
    (
        "a command",
        ("src/foedus/jobs/price.py", "src/foedus/cli/commands/params.py", "src/foedus/cli/main.py"),
        "the job, a function from a request to a result; a file in `cli/commands` that calls it, its name in `main`",
    ),
    (
        "a bench",
        ("bench/__main__.py", "bench/measuring/repeats.py"),
        "a module that prints a table; named in `PARTS`, its output stands in docs/benchmarks.md",
    ),
    ("a decision", ("docs/decisions/001-dependencies.md",), "the next number: what was decided, why, and what lost"),
)
"""(what to add, files that it takes or an example of them, remark)."""
