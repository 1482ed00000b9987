"""The command `foedus`."""

import click

from foedus import __version__
from foedus.cli import arrangement_commands, check_command, compare_command, game_commands


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="foedus")
def main() -> None:
    """Security guarantees as text: compare, check and explain them.

    Start with `foedus library`, then `foedus show ukraine/budapest_memorandum_1994`, then
    `foedus compare ukraine`.
    """


_ROOMS = (arrangement_commands, check_command, compare_command, game_commands)
for _command in (command for room in _ROOMS for command in room.commands):
    main.add_command(_command)
