"""Names that a shell completes: those of the library's texts and of the packaged claims, beside files."""

from collections.abc import Callable, Iterable

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
        """Offer the names that begin so, and let the shell offer files."""
        offered = [CompletionItem(name) for name in self._known() if name.startswith(incomplete)]
        return [*offered, CompletionItem(incomplete, type="file")]


TEXT = PackagedName("text", text_names)
CLAIM = PackagedName("text", claim_names)
