"""The record of a script that was played, step by step, with the clause beside each."""

from collections.abc import Iterable, Iterator

from foedus.exercise.scenario.play import Played
from foedus.exercise.scenario.script_file import Script
from foedus.report.determination.events import sentence_of
from foedus.report.determination.prose import paragraph, quoted, time
from foedus.report.words.party_names import PartyNames


def record_lines(script: Script, steps: Iterable[Played], *, names: PartyNames) -> Iterator[str]:
    """Write a record in lines of eighty columns: when, what, by which clause, and what the script says of it."""
    yield script.name
    yield from paragraph(script.about)
    last = None
    for played in steps:
        for event in played.events:
            if event.at != last:
                yield ""
                yield time(event.at)
            last = event.at
            yield from paragraph(sentence_of(event, names=names), indent=2)
            yield from paragraph(f"by {quoted(event.clause)}", indent=6)
        if played.step and played.step.comment:
            yield from paragraph(f"* {played.step.comment}", indent=2)
