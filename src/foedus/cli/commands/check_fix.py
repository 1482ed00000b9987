"""`foedus check --fix`: mend what can be mended in one way only, show the change, and write it where that is asked."""

from difflib import unified_diff
from pathlib import Path

import click

from foedus.checks.mending.fix import Fixed, fix
from foedus.cli.leaving import WRONG_INPUT
from foedus.errors import InvalidFile
from foedus.report.page.findings import write_findings
from foedus.values.atomic import write_together

HAS_ERRORS = 1


def fix_file(file: Path, *, output: Path | None, in_place: bool) -> int:
    """Fix a file, tell what was done and what was not, and return the exit code."""
    try:
        text = file.read_bytes().decode("utf-8")
        fixed = fix(text, file=str(file))
    except InvalidFile as error:
        click.echo(write_findings(error.findings, lines=tuple(text.split("\n"))), err=True, nl=False)
        return WRONG_INPUT
    except (OSError, UnicodeDecodeError) as error:
        click.echo(f"{file} cannot be read: {error}", err=True)
        return WRONG_INPUT
    _tell(fixed, file=file)
    if not fixed.done:
        click.echo("nothing to write: no hole here can be mended in one way only")
    elif target := file if in_place else output:
        try:
            _write(target, fixed.after, is_new=not in_place)
        except OSError as error:
            click.echo(f"{target} cannot be written: {error.strerror}", err=True)
            return WRONG_INPUT
        click.echo(f"written: {target}")
    else:
        click.echo("nothing was written; add --in-place, or --output NEW to write another file")
    return HAS_ERRORS if fixed.worst_left else 0


def _tell(fixed: Fixed, *, file: Path) -> None:
    diff = unified_diff(
        fixed.before.splitlines(keepends=True), fixed.after.splitlines(keepends=True), str(file), f"{file} (mended)"
    )
    click.echo("".join(diff), nl=False)
    for finding, mending in fixed.done:
        click.echo(f"mended [{finding.id}] {finding.message}\n  by: {mending.words}")
    for finding, reason in fixed.left:
        click.echo(f"left   [{finding.id}] {finding.position.path}: {finding.message}\n  since {reason}")


def _write(target: Path, text: str, *, is_new: bool) -> None:
    if is_new and target.exists():
        raise FileExistsError(17, "it exists already and is left as it is; choose another name")
    write_together(target.parent, {target.name: text.encode()})
