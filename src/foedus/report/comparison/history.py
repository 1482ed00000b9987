"""How the model has done against history: the section below the answer."""

from foedus.report.comparison.answers.history import Records, history_sentences, history_words, threat_sentences
from foedus.report.page.inline import CodeSpan
from foedus.report.page.page import Entry, Paragraph, Points, Section


def history_section(records: Records) -> Section:
    """Say of each figure shown how it was held against history, or that it was not."""
    sentences = (*history_sentences(records), *threat_sentences(records))
    points = (Points(tuple(map(Entry, sentences))),) if sentences else ()
    more = (
        "Beside the cases stand simpler forecasters, and what the record says of each assumption: ",
        CodeSpan("foedus evidence"),
        " writes that page anew, docs/evidence.md tells it.",
    )
    return Section(
        "How the model has done against history",
        (Paragraph(history_words(records)), *points, Paragraph(more)),
        name="history",
    )
