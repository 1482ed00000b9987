"""Commands that are imported when they are asked for: most need libraries that take longer to load than they to run."""

import gc
from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from types import ModuleType

import click

from foedus.cli.examples import with_examples
from foedus.cli.leaving import Guarded
from foedus.cli.summaries import SUMMARIES
from foedus.jobs.asking.extras import ask_for, is_installed


class OnDemand(MutableMapping[str, click.Command]):
    """Commands by name; each is imported from its module, ``commands`` there, when it is first looked up.

    ``extras`` names the commands whose module needs an extra; where that is missing they say so and nothing else.
    """

    def __init__(self, modules: Mapping[str, str], *, extras: Mapping[str, str]) -> None:
        self._modules = modules
        self._extras = extras
        self._added: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._added and (extra := self._extras.get(name)) and not is_installed(extra):
            self._added[name] = _without(name, extra)
        if name not in self._added:
            found: tuple[click.Command, ...] = _loaded(self._modules[name]).commands
            self._added |= {str(each.name): with_examples(each, name=str(each.name)) for each in found}
        return self._added[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._added[name] = command

    def __delitem__(self, name: str) -> None:
        raise TypeError(f"{name} cannot be taken away")

    def __contains__(self, name: object) -> bool:
        return name in self._modules or name in self._added

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._modules, *self._added)))

    def __len__(self) -> int:
        return len(dict.fromkeys((*self._modules, *self._added)))


def _loaded(module: str) -> ModuleType:
    """Import a module without looking for garbage meanwhile, and leave what it made out of every later search."""
    # what is imported stays: going through it over and over is a tenth of what a short command takes
    was_searching = gc.isenabled()
    gc.disable()
    try:
        return import_module(module)
    finally:
        gc.freeze()
        if was_searching:
            gc.enable()


def _without(name: str, extra: str, /) -> click.Command:
    """Return a command in the place of one that cannot be imported."""

    def refuse() -> None:
        ask_for(extra, what=f"`foedus {name}` needs")

    about = f"{SUMMARIES[name]}\n\nNeeds an extra: pip install 'foedus[{extra}]'"
    anything = {"ignore_unknown_options": True, "allow_extra_args": True}
    return Guarded(name, callback=refuse, help=about, context_settings=anything)
