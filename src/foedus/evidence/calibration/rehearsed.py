"""The observation of a rehearsal, as its after-action report writes it, read as an observation of the record.

What is held against the model is what people did with what fell due to them. What bots did is left out: they play the
model, and would only confirm it. What was still due at the end may have gone either way, and the interval says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import StrictInt, TypeAdapter, ValidationError

from foedus.arrangement.dump import dump
from foedus.arrangement.library import find_arrangement_file, library_files
from foedus.arrangement.load import load
from foedus.errors import Finding
from foedus.evidence.calibration.observation import Observation, Statistic
from foedus.evidence.calibration.rehearsal_format import FORMAT, VERSION
from foedus.evidence.targets.statistics.intervals import estimate_share
from foedus.text.source import ParsedText
from foedus.values.digest import digest_of_bytes

DISCREPANCY = 0.25
"""Standard deviation of what an exercise and the record mean differently, in shares of promises: people in an exercise
pay nothing for what they give. A judgment; a file of observations of one's own can state another."""
_WHY = "People in a rehearsal pay nothing for what they give, and know that nothing has happened."


@dataclass(frozen=True)
class PeopleDuties:
    """What became of the binding obligations that fell due to people."""

    due: StrictInt
    met: StrictInt
    breached: StrictInt

    @property
    def is_possible(self) -> bool:
        """Whether these are counts of one another."""
        return self.met >= 0 and self.breached >= 0 and self.met + self.breached <= self.due


@dataclass(frozen=True)
class RehearsalObserved:
    """What of a rehearsal is held against the model."""

    text: str
    """Name in the library."""
    duties: PeopleDuties


def is_rehearsal(data: Mapping[str, Any]) -> bool:
    """Tell whether a file says that it is the observation of a rehearsal."""
    return data.get("format") == FORMAT


def read_rehearsal(source: ParsedText) -> RehearsalObserved | Finding:
    """Return what was observed, or what is wrong with the file."""
    data: Any = source.data
    if data.get("format_version") != VERSION:
        return _wrong(source, "format_version", f"this is not version {VERSION}", "write it anew with this foedus")
    try:
        duties = TypeAdapter(PeopleDuties).validate_python(data.get("duties_of_people"))
    except ValidationError as error:
        where = ("duties_of_people", *error.errors()[0]["loc"])
        said = f"{'.'.join(map(str, where))}: {error.errors()[0]['msg']}"
        return _wrong(source, "duties_of_people", said, "take the file from the after-action report as it is")
    if not duties.is_possible:
        return _wrong(source, "duties_of_people", "more was met and broken than fell due", "take the file as it was")
    if duties.due == 0:
        return _wrong(
            source, "duties_of_people", "nothing that binds fell due to people in it", "leave this rehearsal out"
        )
    text = _text_of(str(data.get("arrangement")), str(data.get("arrangement_digest")))
    if not text:
        return _wrong(
            source,
            "arrangement",
            f"{data.get('arrangement')} as it was rehearsed is no text of the library",
            "state an observation of your own for it, see docs/evidence.md",
        )
    return RehearsalObserved(text, duties)


def pooled(observed: Sequence[RehearsalObserved]) -> tuple[Observation, ...]:
    """Return one observation for each text, over all rehearsals of it."""
    texts = dict.fromkeys(each.text for each in observed)
    return tuple(_observation(text, [each.duties for each in observed if each.text == text]) for text in texts)


def _observation(text: str, duties: Sequence[PeopleDuties]) -> Observation:
    due, met = sum(each.due for each in duties), sum(each.met for each in duties)
    still = due - met - sum(each.breached for each in duties)
    several = "1 rehearsal" if len(duties) == 1 else f"{len(duties)} rehearsals"
    return Observation(
        id=f"rehearsed_{text.replace('/', '_')}",
        what="what fell due to people in rehearsals, and came",
        statistic=Statistic.KEPT,
        texts=(text,),
        discrepancy=DISCREPANCY,
        why=_WHY,
        value=(met + still / 2) / due,
        low=estimate_share(met, due).low,
        high=estimate_share(met + still, due).high,
        n=due,
        source=f"{several}: {met} of {due} met, {still} still due at the end",
    )


def _text_of(name: str, digest: str) -> str:
    """Return the name in the library of a text of this wording; empty where there is none."""
    for each in library_files():
        if each.rpartition("/")[2] == name:
            wording = dump(load(find_arrangement_file(each))).encode()
            return each if digest_of_bytes(wording) == digest else ""
    return ""


def _wrong(source: ParsedText, key: str, message: str, mend: str) -> Finding:
    why = "an observation that cannot be read cannot be held against the model"
    return source.finding((key,), code="wrong-observation", message=message, why=why, mend=mend)
