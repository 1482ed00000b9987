"""What foedus rests on: everything is pinned, and the audit notices what is wrong without asking anybody."""

import json
from pathlib import Path

import pytest
from bench.packaging import weights
from bench.packaging.audit import about_advisories, about_installed, about_pins, not_known
from bench.packaging.materials import CONSTRAINTS, materials
from bench.packaging.pinned import Pin, asked_directly, reached, read_pins
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PINS, LOOSE = read_pins(CONSTRAINTS)
OLD = {
    "id": "X-1",
    "affected": [{"package": {"ecosystem": "PyPI", "name": "Click"}, "versions": [PINS["click"].version]}],
}


def test_everything_is_pinned_exactly() -> None:
    """Nobody's index and no loose version stands in the constraints, and what they pin is what is asked for."""
    assert LOOSE == ()
    assert [line for line in about_pins(PINS, asked_directly()) if "not pinned" in line or "is asked for" in line] == []


def test_every_installed_package_names_its_licence() -> None:
    """What is shipped with foedus may be shipped."""
    assert [line for line in about_installed(PINS) if "licence" in line] == []


def test_wrong_pins_are_noticed(tmp_path: Path) -> None:
    """A package that nobody pinned, one pinned too low and a line that pins nothing are told."""
    file = tmp_path / "constraints.txt"
    file.write_text("click==1.0\nrich>=13\n")
    pins, loose = read_pins(file)
    assert loose == ("rich>=13",)
    told = "\n".join(about_pins(pins, [Requirement("click>=8"), Requirement("rich")]))
    assert "click: 1.0 is pinned, and >=8 is asked for" in told
    assert "rich: foedus asks for it, and it is not pinned" in told
    assert "installed, and 1.0 is pinned" in "\n".join(about_installed(pins))


def test_what_nobody_asks_for_is_noticed_where_all_is_known() -> None:
    """A pin that was left behind is told, unless something that may ask for it is not installed here."""
    roots = [Requirement("click")]
    assert [*about_pins({"click": PINS["click"], "rich": PINS["rich"]}, roots)] == [
        "rich: it is pinned, and nobody asks for it"
    ]
    absent = {"click": PINS["click"], "left": Pin("left", "1"), "no-such": Pin("no-such", "1")}
    asked = [*roots, Requirement("no-such")]
    assert not_known(absent, reached(absent, asked)) == ("no-such",)
    assert [*about_pins(absent, asked)] == []


@pytest.mark.parametrize(
    ("events", "is_told"),
    [
        ([{"introduced": "0"}], True),
        ([{"introduced": "0"}, {"fixed": "2.0"}], False),
        ([{"introduced": "2.0"}, {"fixed": "9.0"}], True),
        ([{"introduced": "2.0"}, {"last_affected": "3.0"}], False),
        ([{"introduced": "9.0"}], False),
    ],
)
def test_an_advisory_is_told_where_its_range_holds_the_pin(events: list[dict[str, str]], *, is_told: bool) -> None:
    """Ranges in the OSV format are followed: introduced, fixed, last affected."""
    package = {"ecosystem": "PyPI", "name": "some.package"}
    advisory = {"id": "X-2", "affected": [{"package": package, "ranges": [{"type": "ECOSYSTEM", "events": events}]}]}
    assert bool([*about_advisories({"some-package": Pin("some_package", "4.5")}, [advisory])]) is is_told


def test_advisories_name_versions_and_may_be_withdrawn() -> None:
    """A listed version is told by the advisory's name; a withdrawn one, or one of another index, is about nothing."""
    assert "X-1" in "\n".join(about_advisories(PINS, [OLD]))
    assert [*about_advisories(PINS, [OLD | {"withdrawn": "2026-01-01T00:00:00Z"}])] == []
    elsewhere = json.loads(json.dumps(OLD).replace("PyPI", "npm"))
    assert [*about_advisories(PINS, [elsewhere])] == []


def test_the_list_of_materials_is_whole() -> None:
    """Each pin is a component with its address, each dependency leads to a component, and nothing is dated."""
    said = materials(PINS)
    references = {each["bom-ref"] for each in said["components"]}
    assert len(references) == len(PINS)
    assert {ref for each in said["dependencies"] for ref in each["dependsOn"]} <= references
    (own,) = [each for each in said["dependencies"] if each["ref"] == "foedus"]
    assert len(own["dependsOn"]) > 10
    assert "timestamp" not in said["metadata"]
    assert said == materials(PINS)


def test_all_that_a_core_install_weighs_has_its_reason() -> None:
    """Whatever foedus asks for without an extra stands among the reasons, and whatever is heavy has one."""
    told = weights.reasons()
    assert {canonicalize_name(asked.name) for asked in weights.core()} <= told.keys()
    heavy = {name for name in reached(PINS, weights.core()) if weights.megabytes(PINS[name]) >= 1}
    assert heavy <= told.keys() | weights.BROUGHT_ALONG.keys()
    assert {"llvmlite", "numpy", "scipy"} <= heavy
    assert "pyarrow" not in reached(PINS, weights.core())
