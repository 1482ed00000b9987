"""The scenarios that ship, as a page offers them."""

from dataclasses import dataclass

from foedus.exercise.scenario.exercise_file import load_exercise
from foedus.exercise.scenario.judgments_file import default_judgments
from foedus.exercise.scenario.packaged import sample_exercises
from foedus.jobs.asking.texts import load_text
from foedus.report.arrangement.show import party_names


@dataclass(frozen=True)
class OfferedScenario:
    """A scenario."""

    name: str
    title: str
    about: str
    text: str
    """Title of the arrangement that it was written for."""
    player: str
    """Whom somebody alone plays, in words."""
    objectives: tuple[str, ...]
    injects: int


def scenarios() -> tuple[OfferedScenario, ...]:
    """Return the scenarios that ship."""
    judgments = default_judgments()
    found = []
    for file in sample_exercises():
        exercise = load_exercise(file, judgments=judgments)
        text = load_text(exercise.arrangement)
        found.append(
            OfferedScenario(
                file.parent.name,
                exercise.name,
                exercise.about,
                text.label,
                party_names(text.arrangement).within(exercise.player),
                tuple(each.words for each in exercise.objectives),
                len(exercise.injects),
            )
        )
    return tuple(found)
