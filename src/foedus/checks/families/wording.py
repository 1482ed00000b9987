"""Words against keys: a hand for the adversary, a reservation, or an article, that only the words of a clause know."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from foedus.arrangement.clauses import Commitment
from foedus.arrangement.conditions import Fact
from foedus.arrangement.names.affiliations import bond, ties_to_adversary
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Bindingness, Content
from foedus.checks.case import Case
from foedus.checks.finding import Check, Hole
from foedus.checks.search.space import atoms
from foedus.checks.words import hostile_parties
from foedus.errors import Severity
from foedus.mechanism.rules.roles import adversaries, named
from foedus.text.source import Path
from foedus.values.names import party_name, sentence


def operative_words(arrangement: Arrangement) -> Iterator[tuple[Path, str]]:
    """Yield the words of the clauses that order something, with their places; remarks and history order nothing."""
    a = arrangement
    yield from ((("commitments", i, "text"), each.text) for i, each in enumerate(a.commitments) if each.text)
    for key in ("trigger", "decision", "sanctions", "term"):
        if text := getattr(a, key).text:
            yield (key, "text"), text
    if a.term.starts:
        yield ("term", "starts"), a.term.starts
    for key, entries, fields in (
        ("deployments", a.deployments, ("where", "mandate", "purpose")),
        ("exclusions", a.exclusions, ("text",)),
        ("monitoring", a.monitoring, ("text",)),
        ("standing_support", a.standing_support, ("text",)),
    ):
        for i, entry in enumerate(entries):
            yield from (((key, i, field), getattr(entry, field)) for field in fields if getattr(entry, field))
    yield from ((("duties", "others", i), each) for i, each in enumerate(a.duties.others))


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.;:])\s+", text)


# V12


def find_hands_in_words(case: Case) -> Iterator[Hole]:
    """V12: an office or a say that the words of a clause give to the adversary, and no key of the text."""
    a = case.arrangement
    ties, hostile = ties_to_adversary(a), adversaries(a)
    called = {party: _called(a, party) for party in (*sorted(hostile), *sorted(ties))}
    for path, text in operative_words(a):
        given = None if _says_so_elsewhere(case, path) else _first_hand(text, called)
        if given is None:
            continue
        party, said = given
        is_hostile = party in hostile
        who = f"{hostile_parties([party])}," if is_hostile else f"{bond(ties[party])}, and"
        yield Hole(
            sentence(f"{who} is given a hand in it by the words '{said.strip().rstrip('.;:')}'"),
            (path, path[:-1]),
            severity=Severity.ERROR if is_hostile else Severity.WARNING,
        )


def _first_hand(text: str, called: Mapping[str, list[str]]) -> tuple[str, str] | None:
    """Return the first party that a text gives an office or a say, and the sentence that does."""
    pairs = ((party, said) for said in _sentences(text) for party in called)
    return next((pair for pair in pairs if _has_a_hand(pair[1], called[pair[0]])), None)


def _has_a_hand(said: str, names: list[str]) -> bool:
    lowered = said.lower()
    present = [name for name in names if name in lowered]
    if not present:
        return False
    masked = re.sub("|".join(map(re.escape, present)), _SOMEBODY, said, flags=re.IGNORECASE)
    found = _hand().search(masked)
    return found is not None and not _DENIED.search(masked[: found.start()][-_BESIDE:])


def _called(arrangement: Arrangement, party: str) -> list[str]:
    names = {party_name(party), arrangement.party_names.get(party, "")} - {""}
    general = ["the adversary", "the aggressor"] if party in arrangement.parties.adversary else []
    return [re.sub(r"^the ", "", name.lower()) for name in sorted(names)] + general


_SOMEBODY = "Qparty"
"""What stands for a party's names while its words are looked at, so that one pattern serves all."""
_OFFICES = (
    r"bank|account|escrow|trust|custody|treasury|court|courts|tribunal|arbitrator|arbitrators|umpire|judge|judges|"
    r"chair|chairman|president|panel|secretariat|inspector|inspectors|registrar|agent|depositary|minister|parliament|commander"
)
_SAY = (
    r"consent|agreement|approval|permission|leave|invitation|ratification|signature|veto|assent|confirmation|"
    r"certification|vote|chairmanship|presidency|appointment|choice|good offices|mediation|arbitration|verdict"
)
_HOLDS = (
    r"appoints?|nominates?|names|chooses|chairs?|presides?|hosts?|keeps|holds|certif(?:y|ies)|verif(?:y|ies)|confirms?|"
    r"approves?|consents?|agrees?|ratif(?:y|ies)|has ratified|accedes?|decides?|refuses?|mediates?|arbitrates?|"
    r"(?:must|may|can|is to|shall)\s+(?:sign|agree|ratify|consent|approve|refuse|veto|block|end|appoint|chair|decide)"
)
_DONE = (
    r"appointed|nominated|named|chosen|chaired|led|hosted|certified|verified|confirmed|approved|financed|funded|paid|"
    r"guarded|commanded|mediated|arbitrated|presided over|ratified|signed"
)
_PLACED = r"seat|headquarters|offices?|sits?|based|meets?|held|deposited|kept|stored|paid|arbitration|hearings?"
_BEFORE = r"(?:the\s+)?(?:[\w-]+\s+){0,4}?"


@cache
def _hand() -> re.Pattern[str]:
    """Return what says that somebody holds an office or has a say."""
    who = _SOMEBODY
    ways = (
        rf"\b(?:{_OFFICES})\b\s+(?:of|in|with|at|from)\s+{_BEFORE}{who}\b",
        rf"\b{who}(?:'s|n|an|ian)?\s+(?:[\w-]+\s+)?(?:{_OFFICES})\b",
        rf"\b{who}\s+(?:[\w-]+ly\s+)?(?:{_HOLDS})\b",
        rf"\b(?:{_SAY})\s+(?:of|by|from|in)\s+{_BEFORE}{who}\b",
        rf"\b{who}'s\s+(?:[\w-]+\s+)?(?:{_SAY})\b",
        rf"\b(?:{_DONE})\s+(?:\w+ly\s+)?by\s+{_BEFORE}{who}\b",
        rf"\b(?:{_SAY})s?\b[^.;]*\b{who}\w*[^.;]{{0,15}}\b(?:included|among them)\b",
        rf"\b(?:{_PLACED})\s+(?:is\s+|are\s+)?(?:in|at|with)\s+{who}\b",
    )
    return re.compile("|".join(ways), re.IGNORECASE)


_BESIDE = 25
"""How many letters before a say a word that denies it stands."""
_DENIED = re.compile(r"\b(?:no|not|without|never|nor|neither|whether or not|unless)\b|n't\b", re.IGNORECASE)


def _says_so_elsewhere(case: Case, path: Path) -> bool:
    """Tell whether a key beside the words already gives the adversary its say, which other checks then tell."""
    a = case.arrangement
    hostile = adversaries(a)
    match path[0]:
        case "monitoring":
            mission = a.monitoring[int(path[1])]
            return bool(hostile & named((*mission.can_be_ended_by, *mission.renewed_by, *mission.by), a))
        case "deployments":
            return bool(hostile & named(a.deployments[int(path[1])].can_be_ended_by, a))
        case "exclusions":
            return a.exclusions[int(path[1])].unless is not None
        case "term":
            return bool(hostile & named(a.consents.settlement, a))
        case "decision" | "trigger":
            return bool(hostile & named((*a.consents.response, *a.trigger.blocked_by, *a.trigger.members), a))
        case _:
            return False


# D09


def find_articles_not_there(case: Case) -> Iterator[Hole]:
    """D09: a clause that refers to an article beyond the last one of the text, or to scenarios that nobody names."""
    yield from _scenarios_not_there(case)
    last = _last_article(case.arrangement)
    if last is None:
        return
    for path, text in operative_words(case.arrangement):
        beyond = [int(found[1]) for found in _REFERENCE.finditer(text) if int(found[1]) > last]
        if beyond:
            yield Hole(
                sentence(
                    f"the words refer to {_ARTICLE} {beyond[0]}, and the last one of which anything stands here is "
                    f"{_ARTICLE} {last}: what the clause rests on is not there"
                ),
                (path, path[:-1]),
            )


_ARTICLE = "article"
_REFERENCE = re.compile(r"\b[Aa]rticles?\s+(\d+)\b(?!\s*(?:\([^)]*\)\s*)?(?:of|in)\b)")
_ENOUGH = 3
"""How many articles a text must number before their order says where it ends."""


def _last_article(arrangement: Arrangement) -> int | None:
    """Return the number of the last article that clauses stand in; None where too few are numbered to tell."""
    a = arrangement
    stated = [
        *(each.article for each in a.commitments),
        *(each.article for each in a.deployments),
        *(each.article for each in a.exclusions),
        *(each.article for each in a.monitoring),
        *(each.article for each in a.standing_support),
        *(a.trigger.article, a.decision.article, a.consents.article, a.term.article),
    ]
    numbers = {int(found[1]) for article in stated if article and (found := re.fullmatch(r"[Aa]rticle (\d+)", article))}
    return max(numbers) if len(numbers) >= _ENOUGH and a.term.article else None


def _scenarios_not_there(case: Case) -> Iterator[Hole]:
    """D09: a clause that answers the scenarios that the text names, where no words of it name any."""
    a = case.arrangement
    for index, clause in enumerate(a.commitments):
        if clause.when is None or _SCENARIO not in set(atoms(clause.when)):
            continue
        if not (clause.text or a.trigger.text or a.purpose or a.unknowns):
            yield Hole(
                sentence(
                    f"clause {clause.id} waits for one of the scenarios that the text names, and no words here name any"
                ),
                (("commitments", index, "when"), ("commitments", index)),
                mend="say in `trigger.text`, or in the words of the clause, which scenarios they are",
            )


_SCENARIO = Fact("named_scenario")


# O07


def find_softer_words(case: Case) -> Iterator[Hole]:
    """O07: words that leave the act to its debtor, in a clause that is written down as binding it to a named act."""
    for index, clause in case.binding:
        soft = _SOFTENS.search(clause.text or "")
        if soft and _is_firm(clause):
            yield Hole(
                sentence(
                    f"clause {clause.id} is written down as a duty to do a named thing, and its words, "
                    f"'{soft[0]}', leave that to the debtor"
                ),
                (("commitments", index, "text"), ("commitments", index, "bindingness")),
            )


_SOFTENS = re.compile(
    r"\b(?:as (?:it|they|each) (?:deems?|sees|thinks|judges)(?: \w+)?|at (?:its|their) (?:sole )?discretion|"
    r"best (?:efforts|endeavours)|where (?:possible|appropriate)|as appropriate|if (?:it|they) so (?:decides?|chooses?|"
    r"wish(?:es)?)|endeavours? to|constitutional process(?:es)?|reservations?|reserves? (?:the right|its position)|"
    r"stands? ready|considers? (?:whether|what)|seeks? to|may (?:decide|choose|consider))\b",
    re.IGNORECASE,
)


def _is_firm(clause: Commitment) -> bool:
    return clause.bindingness is Bindingness.SHALL_SPECIFIED and clause.content is not Content.DEBTOR_CHOOSES


def _refers(case: Case) -> bool:
    conditions = [each.when for each in case.arrangement.commitments if each.when is not None]
    return _last_article(case.arrangement) is not None or any(_SCENARIO in set(atoms(each)) for each in conditions)


def _has_words(case: Case) -> bool:
    return any(True for _ in operative_words(case.arrangement))


CHECKS = (
    Check(
        id="V12",
        title="hand that only the words give",
        promise="No words give the adversary an office or a say of which the rest of the text knows nothing.",
        severity=Severity.ERROR,
        how="the words of each clause that orders something: the adversary's banks, courts, chairs, seats, consents",
        mend="give it to somebody else; where a veto is meant, write it where the rules read it (`consents`, "
        "`trigger.blocked_by`, `monitoring.renewed_by`)",
        find=find_hands_in_words,
        subject=_has_words,
    ),
    Check(
        id="D09",
        title="reference to what is not there",
        promise="Every article and scenario to which a clause refers is there.",
        severity=Severity.WARNING,
        how="numbers of articles in the words of clauses, against the last article in which anything stands; scenarios "
        "that no words tell",
        mend="refer to an article that is there, or write down what that one says",
        find=find_articles_not_there,
        subject=_refers,
    ),
    Check(
        id="O07",
        title="words softer than they are written down",
        promise="The words of a clause bind as far as it is written down that they do.",
        severity=Severity.WARNING,
        how="words such as 'as it deems necessary' in clauses that are written down as owing a named thing",
        mend="write `shall_discretionary` and `content: debtor_chooses`, or take the reservation out of the words",
        find=find_softer_words,
        subject=lambda case: [each for _, each in case.binding if each.text],
    ),
)
