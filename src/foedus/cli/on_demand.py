"""Commands that are imported when they are asked for: most need libraries that take longer to load than they to run."""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module

import click

from foedus.cli.examples import with_examples


class OnDemand(MutableMapping[str, click.Command]):
    """Commands by name; each is imported from its module, ``commands`` there, when it is first looked up."""

    def __init__(self, modules: Mapping[str, str]) -> None:
        self._modules = modules
        self._added: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._added:
            found: tuple[click.Command, ...] = import_module(self._modules[name]).commands
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
