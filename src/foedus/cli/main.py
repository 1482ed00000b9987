"""The command `foedus`."""

import os

import click

from foedus.cli.examples import EXAMPLES, as_foot
from foedus.cli.leaving import MainGroup
from foedus.cli.on_demand import OnDemand
from foedus.values.user_folder import can_keep, folder_of_the_user, passing_folder

_MODULES = {
    "arrangement": ("show", "schema", "diff", "new", "library"),
    "check": ("check",),
    "claims": ("claims",),
    "brief": ("brief",),
    "compare": ("compare",),
    "record.data": ("data",),
    "solve": ("solve",),
    "explain": ("explain",),
    "negotiate": ("negotiate",),
    "design": ("design",),
    "params": ("params",),
    "export": ("export",),
    "sensitivity": ("sensitivity",),
    "record.evidence": ("evidence",),
    "record.estimate": ("estimate",),
    "log": ("log",),
    "site.serve": ("serve",),
    "site.rehearse": ("rehearse", "convene"),
    "procedure.determine": ("determine",),
    "procedure.replay": ("replay",),
}
"""Where each command stands, in `commands`."""

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
# no plugin of another package looks at what is read, and none is sought among all that are installed
if not can_keep(folder_of_the_user()):
    os.environ.setdefault("MPLCONFIGDIR", str(passing_folder() / "matplotlib"))
    # or each run would say in three lines that it has no place for a list of fonts


@click.group(
    cls=MainGroup,
    commands=OnDemand(
        {name: f"foedus.cli.commands.{module}" for module, names in _MODULES.items() for name in names},
        extras=dict.fromkeys(("data", "estimate", "evidence"), "evidence"),
    ),
    epilog=as_foot(EXAMPLES["foedus"]),
    context_settings={"max_content_width": 100},
)
@click.version_option(package_name="foedus", prog_name="foedus")
def main() -> None:
    """Security guarantees as text: compare, check and explain them.

    Start with `foedus serve`, which opens all of it in a browser; or in the terminal with
    `foedus library`, then `foedus show ukraine/budapest_memorandum_1994`, then
    `foedus compare ukraine`.
    """
