"""Read the values of a claim file, noting everything that is wrong with where it stands."""

import math
import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from foedus.arrangement.vocabulary import Evidence
from foedus.errors import Finding
from foedus.insight.claims.record import Reference
from foedus.text.source import ParsedText, Path

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WHY = "a claim that is not written out cannot be tested or argued with"
_WHY_KEY = "a key that nobody reads would be lost in silence"
_REFERENCE = ("says", "citation", "evidence")
_CASE = ("says", "case")


class ClaimReader:
    """The plain data of a file, and the findings so far; what is wrong gives an empty value and a finding."""

    def __init__(self, source: ParsedText, *, cases: Sequence[str] = ()) -> None:
        self.source = source
        self.cases = cases
        """Names of texts that a reference may point to as a case."""
        self.findings: list[Finding] = list(source.findings)

    def wrong(self, place: Path, message: str, mend: str, *, why: str = _WHY) -> None:
        """Note what is wrong at a place."""
        message = message if place else f"the file {message}"
        self.findings.append(self.source.finding(place, code="wrong-claim", message=message, mend=mend, why=why))

    def unknown(self, place: Path, name: Any, *, known: Sequence[str], what: str) -> None:
        """Note a name that stands for nothing, with the nearest that does."""
        near = get_close_matches(str(name), known, n=1)
        listed = ", ".join(known[:12]) + (", ..." if len(known) > 12 else "")
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {listed}" if known else "there is none"
        self.wrong(place, f"names {name!r}, which is not {what}", hint)

    def mapping(
        self, place: Path, value: Any, *, required: Sequence[str] = (), optional: Sequence[str] = ()
    ) -> dict[str, Any] | None:
        """Return the known keys of a mapping; None where it is none."""
        if not isinstance(value, dict):
            if not (place == () and self.findings):
                self.wrong(place, "should be keys with values", f"keys are {', '.join((*required, *optional))}")
            return None
        known = (*required, *optional)
        for key in value:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"keys here are: {', '.join(known)}"
                self.wrong((*place, key), "is not a key of a claim here", hint, why=_WHY_KEY)
        for key in required:
            if key not in value:
                self.wrong(place, f"has no {key!r}", f"add {key}:")
        return {key: entry for key, entry in value.items() if key in known}

    def text(self, place: Path, value: Any, *, most: int = 2000) -> str:
        """Return a text that is not empty, on one line."""
        if value is None and place[-1:] and place not in self.source.marks:
            return ""  # the missing key has been told
        if not isinstance(value, str) or not value.strip():
            self.wrong(place, "should be text", "write it in words; put quotes around a text with a colon in it")
            return ""
        if len(value) > most:
            self.wrong(place, f"is longer than {most} characters", "say it in fewer words")
        return " ".join(value.split())

    def texts(self, place: Path, value: Any) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(self.text((*place, i), entry) for i, entry in enumerate(self.entries(place, value)))

    def name(self, place: Path, value: Any) -> str:
        """Return a word that can be named in an inequality."""
        if isinstance(value, str) and _NAME.fullmatch(value):
            return value
        if value is not None:
            self.wrong(place, f"is called {value!r}", "use small letters, digits and underscores, a letter first")
        return ""

    def number(self, place: Path, value: Any) -> float:
        """Return a finite number of 0 or more."""
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0:
            return float(value)
        self.wrong(place, f"is {value!r}", "write a number of 0 or more, such as 0.01")
        return 0.0

    def entries(self, place: Path, value: Any) -> list[Any]:
        """Return a list; an empty one where it is none."""
        if isinstance(value, list):
            return value
        self.wrong(place, "should be a list", "begin each entry with a dash")
        return []

    def references(self, place: Path, value: Any) -> tuple[Reference, ...]:
        """Return references; one that was seen says where."""
        found = [self._reference((*place, i), entry) for i, entry in enumerate(self.entries(place, value))]
        return tuple(each for each in found if each is not None)

    def _reference(self, place: Path, value: Any) -> Reference | None:
        if isinstance(value, dict) and "case" in value:
            return self._case(place, value)
        data = self.mapping(place, value, required=_REFERENCE, optional=("url",))
        if data is None:
            return None
        evidence = data.get("evidence")
        if evidence not in (Evidence.SEEN.value, Evidence.FROM_MEMORY.value):
            if "evidence" in data:
                self.wrong((*place, "evidence"), f"is {evidence!r}", "write seen or from_memory")
            return None
        self._check_address(place, data, is_seen=evidence == Evidence.SEEN.value)
        return Reference(
            says=self.text((*place, "says"), data.get("says")),
            citation=self.text((*place, "citation"), data.get("citation")),
            evidence=Evidence(evidence),
            url=str(data.get("url", "")),
        )

    def _case(self, place: Path, value: Any) -> Reference | None:
        data = self.mapping(place, value, required=_CASE)
        if data is None:
            return None
        if data["case"] not in self.cases:
            self.unknown((*place, "case"), data["case"], known=self.cases, what="a packaged arrangement")
        return Reference(says=self.text((*place, "says"), data.get("says")), case=str(data["case"]))

    def _check_address(self, place: Path, data: Mapping[str, Any], *, is_seen: bool) -> None:
        url = data.get("url")
        if url is not None and not (isinstance(url, str) and url.startswith(("http://", "https://"))):
            self.wrong((*place, "url"), f"is {url!r}", "write an address that begins with https://")
        if is_seen and url is None:
            why = "who reads that something was seen must be able to look"
            self.wrong(place, "was seen, and does not say where", "add url:, or write evidence: from_memory", why=why)
        if not is_seen and "%" in str(data.get("says", "")):
            why = "a figure that nobody has looked up is not evidence"
            self.wrong((*place, "says"), "gives a figure from memory", "look it up, or leave the figure out", why=why)
