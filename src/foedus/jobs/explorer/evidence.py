"""The recorded evidence as the site shows it."""

from foedus.jobs.explorer.questions import AnsweredQuestion, answered
from foedus.jobs.record.recorded import recorded_evidence


def show_recorded_evidence() -> AnsweredQuestion:
    """Return the page of the evidence that ships."""
    return answered(recorded_evidence().page, {})
