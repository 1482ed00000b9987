"""Facts about parties: forces, economy, defence spending and what they have given to Ukraine."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from foedus.arrangement.fields.fields import Slug, Text, about
from foedus.arrangement.fields.marks import STRICT, After, Before, Config, Within
from foedus.arrangement.record import Source
from foedus.arrangement.vocabulary import Evidence
from foedus.text.kept import kept
from foedus.text.source import shipped_data

Unit: TypeAlias = Literal["troops", "bn EUR", "bn USD", "per cent of GDP", "share"]
"""What a figure is counted in; `bn` is a thousand million, `share` a part of one."""

_MAKERS = ("arrangement", "text", "values")
_Amount: TypeAlias = Annotated[float, Within(ge=0, allow_inf_nan=False, strict=True)]
_Day: TypeAlias = Annotated[str, Within(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]


class PartyKind(StrEnum):
    """What a party is."""

    STATE = "state"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class SourcedNumber:
    """A number with its unit, the time it speaks of, and where it comes from."""

    __pydantic_config__: ClassVar[Config] = STRICT

    value: Annotated[_Amount, about("the number", 64.7)]
    unit: Annotated[Unit, about("what it is counted in", "bn USD")]
    date: Annotated[_Day, about("the year, month or day it speaks of, or runs to", "2024")]
    source: Annotated[Text, about("title of the source; in the file, its key under `sources`", "sipri_2024")]
    evidence: Annotated[Evidence, about("how far it was checked", "seen")]
    note: Annotated[Text | None, about("how the number was read or what speaks against it", "the middle")] = None


def _counted_in(unit: Unit) -> After:
    def check(figure: SourcedNumber | None) -> SourcedNumber | None:
        if figure is not None and figure.unit != unit:
            raise ValueError(f"is in {figure.unit}; every party's figure here is in {unit}, so that they compare")
        return figure

    return After(check)


@dataclass(frozen=True)
class PartyFacts:
    """What is known of a party; a figure that is None is unknown. Organisations carry no figures."""

    __pydantic_config__: ClassVar[Config] = STRICT

    id: Annotated[Slug, about("its id, as arrangements write it", "ukraine")]
    name: Annotated[Text, about("its name", "Ukraine")]
    kind: Annotated[PartyKind, about("what it is", "state")]
    active_forces: Annotated[SourcedNumber | None, _counted_in("troops"), about("active armed forces", None)] = None
    gdp: Annotated[SourcedNumber | None, _counted_in("bn EUR"), about("GDP of 2021, at market rates", None)] = None
    defence_spending: Annotated[
        SourcedNumber | None, _counted_in("bn USD"), about("defence spending in a year", None)
    ] = None
    donor_total: Annotated[SourcedNumber | None, _counted_in("bn EUR"), about("aid allocated to Ukraine", None)] = None
    donor_military: Annotated[SourcedNumber | None, _counted_in("bn EUR"), about("of it, military aid", None)] = None
    donor_share_gdp: Annotated[
        SourcedNumber | None,
        _counted_in("per cent of GDP"),
        about("aid allocated, over all months, in GDP of 2021", None),
    ] = None
    donor_allocated_share: Annotated[
        SourcedNumber | None, _counted_in("share"), about("aid allocated for each euro committed; may pass 1", None)
    ] = None

    def __post_init__(self) -> None:
        if self.kind is PartyKind.ORGANISATION and self.figures:
            raise ValueError(f"{self.id} is an organisation and has {', '.join(self.figures)}; figures are for states")

    @property
    def figures(self) -> dict[str, SourcedNumber]:
        """The figures that are known, by name."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in values.items() if isinstance(value, SourcedNumber)}


def _with_ids(parties: Any) -> Any:
    if not isinstance(parties, dict):
        return parties
    return {key: {**facts, "id": key} if isinstance(facts, dict) else facts for key, facts in parties.items()}


@dataclass(frozen=True)
class _PartyFile:
    """The file as it is written: sources once, each with a key, and parties that cite them."""

    __pydantic_config__: ClassVar[Config] = STRICT

    sources: dict[Slug, Source]
    parties: Annotated[dict[Slug, PartyFacts], Before(_with_ids)]


@cache
def load_party_facts() -> Mapping[str, PartyFacts]:
    """Return the party facts that ship with the package, by party id."""
    text = (files("foedus") / "library" / "parties.yaml").read_text(encoding="utf-8")
    return MappingProxyType(kept("parties", text, rooms=_MAKERS, make=lambda: dict(read_party_facts(text))))


def read_party_facts(text: str) -> Mapping[str, PartyFacts]:
    """Read party facts from YAML; raise ``ValueError`` that names the party and the field.

    The file ships with the package and is no user's input, so a mistake in it is an exception and not a finding.
    """
    from pydantic import TypeAdapter  # what was read before is not validated again

    file = TypeAdapter(_PartyFile).validate_python(shipped_data(text))
    return MappingProxyType({id_: _cited(facts, sources=file.sources) for id_, facts in file.parties.items()})


def _cited(facts: PartyFacts, *, sources: Mapping[str, Source]) -> PartyFacts:
    """Put the title of each figure's source in the place of its key."""
    unknown = sorted({figure.source for figure in facts.figures.values()} - sources.keys())
    if unknown:
        raise ValueError(f"{facts.id} cites {', '.join(unknown)}, which is not among the sources")
    titled = {name: replace(figure, source=sources[figure.source].title) for name, figure in facts.figures.items()}
    return replace(facts, **titled)  # type: ignore[arg-type]  # names of figures are names of fields
