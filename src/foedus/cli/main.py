"""The command `foedus`."""

import click

from foedus import __version__
from foedus.cli import (
    arrangement_commands,
    check_command,
    claims_command,
    compare_command,
    data_command,
    design_command,
    estimate_command,
    evidence_command,
    explain_command,
    export_command,
    game_commands,
    insight_command,
    negotiate_command,
    params_command,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="foedus")
def main() -> None:
    """Security guarantees as text: compare, check and explain them.

    Start with `foedus library`, then `foedus show ukraine/budapest_memorandum_1994`, then
    `foedus compare ukraine`.
    """


_ROOMS = (
    arrangement_commands,
    check_command,
    claims_command,
    compare_command,
    data_command,
    game_commands,
    explain_command,
    negotiate_command,
    design_command,
    params_command,
    export_command,
    insight_command,
    evidence_command,
    estimate_command,
)
for _command in (command for room in _ROOMS for command in room.commands):
    main.add_command(_command)
