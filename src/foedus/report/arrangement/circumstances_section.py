"""What a file says of the world around the text: whose interest is how large, and who is stronger."""

from foedus.arrangement.record import Arrangement, StatedBalance, StatedInterest
from foedus.arrangement.vocabulary import Evidence, Unspecified
from foedus.report.page.page import Entry, Section, listing
from foedus.report.words.party_names import PartyNames
from foedus.report.words.plain_words import forces_in_words, meaning, paragraph, word


def circumstances_section(arrangement: Arrangement, *, names: PartyNames) -> tuple[Section, ...]:
    """Tell interests and balance with their sources; nothing where the file states neither."""
    balance = arrangement.balance
    entries = (
        *(_interest(each, names=names) for each in arrangement.interest),
        *([_balance(balance)] if balance else []),
    )
    return (listing("Interests and strength", entries=entries),) if entries else ()


def _interest(stated: StatedInterest, *, names: PartyNames) -> Entry:
    parts = [f"{names.listed(stated.by)}: {meaning(stated.level)}", stated.text or "", _whence(stated)]
    return Entry(paragraph([part for part in parts if part]), label=f"Interest, {word(stated.level)}")


def _balance(stated: StatedBalance) -> Entry:
    parts = [*_in_numbers(stated), stated.text or "", _whence(stated)]
    return Entry(paragraph([part for part in parts if part]), label="Adversaries against protected states")


def _in_numbers(stated: StatedBalance) -> list[str]:
    spread = f", give or take {stated.give_or_take:g}" if stated.give_or_take else ""
    ratio = [] if stated.log_ratio is None else [f"the logarithm of their strengths is {stated.log_ratio:g}{spread}"]
    sides = (stated.adversary, stated.protected_state)
    if all(side is Unspecified.NONE for side in sides):
        return ratio
    against = f"{forces_in_words(sides[0])} against {forces_in_words(sides[1])}"
    return [*ratio, against if ratio else f"{against}{spread}"]


def _whence(stated: StatedInterest | StatedBalance) -> str:
    checked = "" if stated.evidence is Evidence.SEEN else f" ({word(stated.evidence)})"
    return f"source: {stated.source}{checked}"
