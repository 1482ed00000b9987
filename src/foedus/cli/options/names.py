"""Names that a shell completes: those of the library's texts and of the packaged claims, beside files."""

from collections.abc import Callable, Iterable
from glob import escape
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from foedus.jobs.asking.names import claim_names, text_names


class PackagedName(click.ParamType[str]):
    """A word that is a path or the name of something that ships; it is read later, by the job that it is given to."""

    def __init__(self, name: str, known: Callable[[], Iterable[str]]) -> None:
        self.name = name
        self._known = known

    def convert(self, value: object, _param: click.Parameter | None, _ctx: click.Context | None) -> str:
        """Take the word as it is."""
        return str(value)

    def shell_complete(self, _ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Offer the names that begin so, and paths beside them; the shell's own way with paths where no name does.

        Not both: in bash a word for the shell's own way drops all that were offered before it.
        """
        names = [name for name in self._known() if name.startswith(incomplete)]
        if not names:
            return [CompletionItem(incomplete, type="file")]
        return [CompletionItem(each) for each in (*names, *_paths(incomplete))]


def _paths(incomplete: str) -> list[str]:
    head, slash, begun = incomplete.rpartition("/")
    folder = Path(head or slash or ".")
    found = folder.glob(f"{escape(begun)}*") if folder.is_dir() else ()
    return sorted(f"{head}{slash}{path.name}" for path in found if begun or not path.name.startswith("."))


TEXT = PackagedName("text", text_names)
CLAIM = PackagedName("text", claim_names)
