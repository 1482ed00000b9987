"""An example for every command, shown at the foot of its help; a command without one is refused by a test."""

import click

EXAMPLES: dict[str, tuple[str, ...]] = {
    "foedus": ("foedus library", "foedus compare ukraine --baseline no_guarantee --futures 20"),
    "show": ("foedus show ukraine/budapest_memorandum_1994",),
    "schema": ("foedus schema", "foedus schema --reference"),
    "diff": ("foedus diff ukraine/kyiv_security_compact_2022 ukraine/nato_membership --meaning",),
    "new": ("foedus new --from ukraine/kyiv_security_compact_2022 --output mine.yaml",),
    "library": ("foedus library", "foedus library --json"),
    "check": (
        "foedus check ukraine/budapest_memorandum_1994",
        "foedus check ukraine/kyiv_security_compact_2022 --price --futures 20",
        "foedus check --explain V01",
    ),
    "claims": ("foedus claims --list", "foedus claims nato_deters_best --futures 20"),
    "brief": ("foedus brief ukraine/nato_membership ukraine/no_guarantee --futures 20",),
    "compare": (
        "foedus compare ukraine/nato_membership ukraine/no_guarantee --futures 20",
        "foedus compare ukraine --require 'war<=20%' --view weak_guarantors --out out",
    ),
    "data": ("foedus data", "foedus data show huth_signorino_tarar"),
    "data figures": ("foedus data figures A3",),
    "data reference": ("foedus data reference",),
    "data show": ("foedus data show huth_signorino_tarar",),
    "solve": ("foedus solve --example-future",),
    "explain": (
        "foedus explain ukraine/nato_membership",
        "foedus explain ukraine/minsk_osce_2015 --anatomy --futures 4",
    ),
    "negotiate": ("foedus negotiate ukraine/istanbul_draft_2022 ukraine/nato_membership --futures 20 --steps 3",),
    "design": (
        "foedus design ukraine/kyiv_security_compact_2022 --list",
        "foedus design ukraine/kyiv_security_compact_2022 --keep trigger --budget 50",
    ),
    "params": ("foedus params prior", "foedus params --views", "foedus params --view weak_guarantors --changed"),
    "export": ("foedus export ukraine/minsk_osce_2015 --gambit minsk.efg --guarantors 1 --sure",),
    "sensitivity": ("foedus sensitivity ukraine/nato_membership ukraine/no_guarantee --base 64",),
    "evidence": ("foedus evidence --futures 200 --out out",),
    "estimate": (
        'foedus estimate egame12 crises.csv "esc + war ~ s_wt_re1 + revis1 | 0 | regime1 | balanc + regime2"',
    ),
    "log": ("foedus log verify sitting.db",),
    "log checkpoint": ("foedus log checkpoint sitting.db",),
    "log erase": ('foedus log erase sitting.db --event 3 --actor director --reason "asked to"',),
    "log export": ("foedus log export sitting.db --out sitting.jsonl",),
    "log import": ("foedus log import sitting.jsonl sitting.db",),
    "log verify": ("foedus log verify sitting.db",),
    "serve": ("foedus serve", "foedus serve --port 0 --no-browser"),
    "rehearse": ("foedus rehearse --list", "foedus rehearse ukraine/kyiv_security_compact_2022 --solo"),
    "convene": ("foedus convene ukraine/kyiv_security_compact_2022 --log sitting.db",),
    "determine": ("foedus determine --samples",),
    "replay": ("foedus replay --samples",),
}
"""[command, by the words after foedus] lines to be given as they are."""


def with_examples(command: click.Command, *, name: str) -> click.Command:
    """Give a command, and every command in it, its examples; ``name`` is what is written after ``foedus``."""
    command.epilog = as_foot(EXAMPLES[name]) if name in EXAMPLES else command.epilog
    if isinstance(command, click.Group):
        for inner, each in command.commands.items():
            with_examples(each, name=f"{name} {inner}")
    return command


def as_foot(lines: tuple[str, ...]) -> str:
    """Write examples as the foot of a command's help, each on a line of its own."""
    heading = "Example:" if len(lines) == 1 else "Examples:"
    return "\b\n" + "\n".join((heading, *(f"  {line}" for line in lines)))
