"""The command `foedus`."""

import click

from foedus import __version__
from foedus.cli.on_demand import OnDemand

_MODULES = {
    "arrangement_commands": ("show", "schema", "diff", "new", "library"),
    "check_command": ("check",),
    "claims_command": ("claims",),
    "compare_command": ("compare",),
    "data_command": ("data",),
    "game_commands": ("solve",),
    "explain_command": ("explain",),
    "negotiate_command": ("negotiate",),
    "design_command": ("design",),
    "params_command": ("params",),
    "export_command": ("export",),
    "insight_command": ("sensitivity",),
    "evidence_command": ("evidence",),
    "estimate_command": ("estimate",),
    "log_command": ("log",),
}
"""Where each command stands, in this room."""


@click.group(
    commands=OnDemand({name: f"foedus.cli.{module}" for module, names in _MODULES.items() for name in names}),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="foedus")
def main() -> None:
    """Security guarantees as text: compare, check and explain them.

    Start with `foedus library`, then `foedus show ukraine/budapest_memorandum_1994`, then
    `foedus compare ukraine`.
    """
