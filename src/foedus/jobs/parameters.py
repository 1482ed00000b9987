"""List what futures are drawn from: every parameter with its range and source, and the views of the world."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from rich.console import Console

from foedus.errors import UnknownName
from foedus.futures.parameters.load import default_parameters, load_parameters, packaged_views
from foedus.futures.parameters.overlay_text import Overlay
from foedus.futures.parameters.record import Parameter, Parameters, View
from foedus.jobs.telling.rows import frame_of
from foedus.jobs.telling.showing import JobResult
from foedus.report.parameters.listing import (
    counted,
    parameters_as_data,
    print_entries,
    print_parameters,
    print_views,
    views_as_data,
)

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ParametersRequest:
    """Which parameters to list, under which views and files."""

    words: tuple[str, ...] = ()
    """A name, or words that a name must have in it, or else what it is; all where empty."""
    overlays: tuple[Overlay, ...] = ()
    """Parameter files, or their texts, laid over the default and the views."""
    views: tuple[str, ...] = ()
    """Names or files of views of the world."""
    is_changed: bool = False
    """Whether to list only what differs from the default."""


@dataclass(frozen=True, eq=False, repr=False)
class ParametersResult(JobResult):
    """Parameters that futures are drawn from."""

    parameters: Parameters
    chosen: tuple[Parameter, ...]

    def print_on(self, console: Console) -> None:
        """Print name, range and status of each; one alone is told in full."""
        if len(self.chosen) == 1:
            self.print_in_full(console)
        elif self.chosen:
            print_parameters(self.chosen, console=console)
            console.print(counted(self.chosen, of=self.parameters), style="dim")
        else:
            console.print("nothing differs from the default")

    def print_in_full(self, console: Console) -> None:
        """Print meaning, unit, source and cause of each."""
        print_entries(self.chosen, console=console)

    def to_data(self) -> list[dict[str, object]]:
        """Return plain data for JSON."""
        return parameters_as_data(self.chosen)

    def to_pandas(self) -> "pd.DataFrame":
        """Return one row for each parameter."""
        return frame_of(self.to_data()).drop(columns="cause", errors="ignore")


@dataclass(frozen=True, eq=False, repr=False)
class ViewsResult(JobResult):
    """The views of the world that ship with foedus."""

    views: Mapping[str, View]

    def print_on(self, console: Console) -> None:
        """Print each with who argues for it."""
        print_views(self.views, console=console)

    def to_data(self) -> list[dict[str, str]]:
        """Return plain data for JSON."""
        return views_as_data(self.views)


def list_parameters(request: ParametersRequest) -> ParametersResult:
    """List parameters; raise `UnknownName` where none has all the words in it."""
    parameters = load_parameters(request.overlays, views=request.views)
    known = _changed(parameters) if request.is_changed else list(parameters.entries)
    chosen = _chosen(request.words, known)
    if request.words and not chosen:
        raise UnknownName(_nothing_found(request.words, parameters))
    return ParametersResult(parameters, tuple(chosen))


def list_views() -> ViewsResult:
    """List the packaged views of the world."""
    return ViewsResult(packaged_views())


def _changed(parameters: Parameters) -> list[Parameter]:
    return [change.after for change in parameters.changes_from(default_parameters())]


def _chosen(words: Sequence[str], known: Sequence[Parameter]) -> list[Parameter]:
    """Return the one that is named, or all with every word in their name; where there are none, in what they are."""
    exact = [each for each in known if words == (each.name,)]
    by_name = [each for each in known if all(word.lower() in each.name.lower() for word in words)]
    return exact or by_name or [each for each in known if all(word.lower() in each.what.lower() for word in words)]


def _nothing_found(words: Sequence[str], parameters: Parameters) -> str:
    named = " and ".join(repr(word) for word in words)
    near = get_close_matches(words[0], list(parameters), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "`foedus params` lists all names"
    return f"no parameter has {named} in its name or in what it is; {hint}"
