"""Open a room, or find one as it was left: what is asked for, what is read, where it is kept."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from foedus.arrangement.record import Arrangement
from foedus.errors import UnknownName, WrongRequest
from foedus.exercise.bots.choices import bot_choices
from foedus.exercise.log.places import open_log
from foedus.exercise.room import happenings as h
from foedus.exercise.room.injects.inject import Exercise
from foedus.exercise.room.keeping.room_keeper import Now, RoomKeeper, wall_now
from foedus.exercise.room.keeping.room_log import opening_of
from foedus.exercise.room.keeping.room_writer import RoomWriter
from foedus.exercise.room.room_opening import delegations, rehearsal, sitting
from foedus.exercise.scenario.exercise_file import load_exercise
from foedus.exercise.scenario.judgments_file import default_judgments
from foedus.exercise.scenario.packaged import sample_exercises
from foedus.jobs.asking.texts import Given, load_text
from foedus.jobs.procedure.determine import weights_in
from foedus.jobs.telling.files import refuse_unwritable_file
from foedus.mechanism.procedure.deciding.decide import opening


@dataclass(frozen=True)
class RehearseRequest:
    """Which scenario to rehearse, under which text, and who plays."""

    arrangement: Given = ""
    """A text; the scenario's own where empty."""
    scenario: str = ""
    """Name of one that ships, or path of a file; the first that was written for the text where empty."""
    player: str = ""
    """The party that somebody alone plays; the scenario's own where empty."""
    seed: int = 1
    """Of everything that bots draw."""
    log: Path | None = None
    """Where the room is kept; taken up again where it is there, and thrown away at the end where None."""
    needs_two: bool = False
    """Whether votes and commitments take two persons of a delegation; a room that is taken up keeps what it had."""


@dataclass(frozen=True)
class ConveneRequest:
    """Under which text to sit in earnest, and where it is kept."""

    arrangement: Given
    log: Path
    prior: str = "flat"
    needs_two: bool = False
    """Whether votes and commitments take two persons of a delegation; a room that is taken up keeps what it had."""


@dataclass(frozen=True, eq=False)
class OpenedRoom:
    """A room that is open."""

    keeper: RoomKeeper
    arrangement: Arrangement
    exercise: Exercise | None
    player: str
    """The party of whoever plays alone."""
    place: Path
    is_kept: bool


def open_rehearsal(request: RehearseRequest, *, now: Now = wall_now) -> OpenedRoom:
    """Open a rehearsal or take it up; raise `UnknownName`, `InvalidFile`, `WrongRequest`, `LogUnavailable`."""
    exercise = find_exercise(request.scenario, arrangement=request.arrangement)
    arrangement = load_text(request.arrangement or exercise.arrangement).arrangement
    player = request.player or exercise.player
    if player not in delegations(arrangement):
        known = ", ".join(delegations(arrangement))
        raise UnknownName(f"{player or 'nobody'} has no seat under {arrangement.id}; seats are {known}")
    log, place, is_new = _opened_log(request.log)
    wall, weights, judgments = now(), weights_in(arrangement), default_judgments()
    mechanism, events = rehearsal(
        exercise,
        arrangement,
        judgments=judgments,
        wall=wall,
        seed=request.seed,
        weights=weights,
        needs_two=request.needs_two,
    )
    if is_new:
        keeper = RoomKeeper.open_new(log, mechanism=mechanism, opened=events, watch=bot_choices, now=now)
    else:
        first = opening_of(log.events())
        _refuse_other(first, arrangement.id, events, scenario=exercise.id)
        keeper = RoomKeeper.resume(log, mechanism=mechanism, watch=bot_choices, now=now)
    return OpenedRoom(keeper, arrangement, exercise, player, place, is_kept=request.log is not None)


def open_sitting(request: ConveneRequest, *, now: Now = wall_now) -> OpenedRoom:
    """Open a sitting in earnest or take it up; raise `UnknownName`, `InvalidFile`, `WrongRequest`, `LogUnavailable`."""
    arrangement = load_text(request.arrangement).arrangement
    judgments, weights = default_judgments(), weights_in(arrangement)
    if request.prior not in judgments.priors:
        raise UnknownName(f"{request.prior!r} is no prior; known are {', '.join(judgments.priors)}")
    log, place, is_new = _opened_log(request.log)
    if is_new:
        mechanism, events = sitting(
            arrangement,
            judgments=judgments,
            prior=request.prior,
            wall=now(),
            weights=weights,
            needs_two=request.needs_two,
        )
        keeper = RoomKeeper.open_new(log, mechanism=mechanism, opened=events, now=now)
    else:
        first = opening_of(log.events())
        mechanism, opened = opening(arrangement, judgments=judgments, prior=first.prior, at=first.at, weights=weights)
        _refuse_other(first, arrangement.id, (first, opened), scenario="")
        keeper = RoomKeeper.resume(log, mechanism=mechanism, now=now)
    return OpenedRoom(keeper, arrangement, None, "", place, is_kept=True)


def exercises() -> tuple[tuple[str, str], ...]:
    """Return the scenarios that ship, each with what it is about."""
    files = sample_exercises()
    return tuple((each.parent.name, load_exercise(each, judgments=default_judgments()).about) for each in files)


def find_exercise(name: str, *, arrangement: Given = "") -> Exercise:
    """Return a scenario by its name or path; without a name, the first that was written for the text."""
    judgments, files = default_judgments(), sample_exercises()
    if name and Path(name).is_file():
        return load_exercise(Path(name), judgments=judgments)
    shipped = {file.parent.name: file for file in files}
    if name:
        if name not in shipped:
            raise UnknownName(f"{name!r} is no scenario and no file; those that ship are {', '.join(shipped)}")
        return load_exercise(shipped[name], judgments=judgments)
    known = [load_exercise(file, judgments=judgments) for file in files]
    wanted = load_text(arrangement).arrangement.id if arrangement else known[0].arrangement.split("/")[-1]
    fitting = [each for each in known if each.arrangement.split("/")[-1] == wanted]
    return (fitting or known)[0]


def _opened_log(place: Path | None) -> tuple[RoomWriter, Path, bool]:
    path = place or Path(tempfile.mkdtemp(prefix="foedus-room-")) / "room.db"
    is_new = not path.exists()
    if is_new:
        refuse_unwritable_file(path, is_new=True)
    log = RoomWriter(lambda: open_log(str(path)))
    return log, path, log.size == 0


def _refuse_other(first: h.RoomOpened, arrangement: str, events: tuple[object, ...], *, scenario: str) -> None:
    """Refuse to go on with another text or scenario than the room was opened with."""
    digest = next((each.digest for each in events if isinstance(each, h.RoomOpened)), "")
    if first.arrangement != arrangement or (digest and first.digest != digest):
        raise WrongRequest(f"this log was opened under {first.arrangement} as it then was; give that text")
    if first.scenario != scenario:
        raise WrongRequest(f"this log is that of {first.scenario or 'a sitting in earnest'}; give that")
