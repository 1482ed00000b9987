"""The command `foedus`."""

import click

from foedus import __version__
from foedus.cli import arrangement_commands, compare_command, game_commands


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="foedus")
def main() -> None:
    """Security guarantees as text: compare, check and explain them.

    Start with `foedus library`, then `foedus show ukraine/budapest_memorandum_1994`, then
    `foedus compare ukraine`.
    """


for _command in (*arrangement_commands.commands, *compare_command.commands, *game_commands.commands):
    main.add_command(_command)
