"""The command `negotiate`: who would sign which arrangement, and how that moves with the balance of forces."""

from pathlib import Path

import click

from foedus.cli.command_words import command_words
from foedus.cli.leaving import Guarded
from foedus.cli.options.names import TEXT
from foedus.cli.options.run import futures_option, out_option, run_options
from foedus.cli.options.types import BALANCE as BALANCE_TYPE
from foedus.cli.progress_bar import progress_bar
from foedus.cli.telling import print_result
from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.asking.reading import write_balance
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.negotiate import BALANCE, STEPS, NegotiateRequest, negotiate_texts


@click.command("negotiate", cls=Guarded)
@click.argument("files", type=TEXT, nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--balance",
    type=BALANCE_TYPE,
    default=write_balance(BALANCE),
    show_default=True,
    help="Log force ratio of adversary to protected state at the start.",
)
@click.option("--steps", type=click.IntRange(min=1), default=STEPS, show_default=True, help="Balances in that range.")
@run_options(futures_option(FUTURES["negotiate"]))
@out_option("out/negotiate", about="Folder for report.html and negotiation.json.")
def negotiate_command(
    files: tuple[str, ...], balance: tuple[float, float], steps: int, run: RunSettings, out: Path
) -> None:
    """Tell who would rather sign than fight on.

    For adversary, protected state and each guarantor: in how many futures signing beats fighting on, at several
    balances of forces; the frontier between what the adversary would accept and what protects; and what asking for its
    consent costs. Each FILE is a path, the name of a packaged arrangement, or a theatre for all of its arrangements.
    """
    command = command_words(click.get_current_context(), always=("balance", "steps"))
    request = NegotiateRequest(files, run, balance=balance, steps=steps, out=out, command=command)
    with progress_bar() as tell:
        result = negotiate_texts(request, tell=tell)
    report, results = result.write(out)
    print_result(result)
    click.echo(f"report:  {report}\nresults: {results}")


commands: tuple[click.Command, ...] = (negotiate_command,)
