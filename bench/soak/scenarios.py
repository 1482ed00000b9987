"""Files of exercises, scripts, reports and judgments with mistakes, and logs with altered bytes."""

import tempfile
from functools import cache
from pathlib import Path
from random import Random

import foedus
from bench.soak.texts import CHANGES
from bench.soak.trial import Kind, NotRight
from foedus.exercise.scenario.exercise_file import load_exercise
from foedus.exercise.scenario.judgments_file import default_judgments, load_judgments
from foedus.exercise.scenario.packaged import sample_exercises, sample_reports, sample_scripts
from foedus.jobs.log import export_log, verify_log
from foedus.jobs.procedure.determine import DetermineRequest, determine_incident
from foedus.jobs.procedure.replay import ReplayRequest, replay_script

_UNDER = "ukraine/kyiv_security_compact_2022"
_HEAD = "# soak: {}\n"


def make_scenario(random: Random) -> str:
    """Return a file of a scenario that ships, with one to four changes; its first line says which."""
    name = random.choice(sorted(_files()))
    text = _files()[name].read_text(encoding="utf-8")
    for _ in range(random.choice([1, 1, 2, 4])):
        text = random.choice(CHANGES)(text, random)
    return _HEAD.format(name) + text


def use_scenario(text: str) -> None:
    """Read it as what it was, and play or determine what can be read."""
    name = text.partition("\n")[0].removeprefix("# soak: ")
    origin = _files()[name]
    with tempfile.TemporaryDirectory(prefix="foedus-soak-") as folder:
        for each in origin.parent.glob("*.yaml"):
            (Path(folder) / each.name).write_bytes(each.read_bytes())
        file = Path(folder) / origin.name
        file.write_text(text, encoding="utf-8", errors="surrogatepass")
        if origin in sample_scripts():
            replay_script(ReplayRequest(file))
        elif origin in sample_reports():
            determine_incident(DetermineRequest(_UNDER, file))
        elif origin in sample_exercises():
            load_exercise(file, judgments=default_judgments())
        else:
            load_judgments(file)


def make_log(random: Random) -> str:
    """Return a log with one to three bytes altered, left out or doubled, written as hexadecimal."""
    content = bytearray(_log())
    for _ in range(random.choice([1, 1, 3])):
        place = random.randrange(len(content))
        way = random.randrange(4)
        if way == 0:
            content[place] ^= 1 << random.randrange(8)
        elif way == 1:
            del content[place : place + random.choice([1, 8, 4096])]
        elif way == 2:
            content[place:place] = content[max(0, place - random.choice([1, 64, 4096])) : place]
        else:
            content[place : place + 8] = bytes(random.choices(range(256), k=8))
    return bytes(content).hex()


def use_log(text: str) -> None:
    """Verify it: what verifies tells what was recorded, or its beginning; without a checkpoint no end is known."""
    with tempfile.TemporaryDirectory(prefix="foedus-soak-") as folder:
        file = Path(folder) / "altered.log"
        file.write_bytes(bytes.fromhex(text))
        if verify_log(str(file)).flaw is None and not _recorded().startswith(export_log(str(file))):
            raise NotRight("a log that was altered counts as whole")


SCENARIOS = Kind("files of scenarios", make_scenario, use_scenario)
LOGS = Kind("altered logs", make_log, use_log)


@cache
def _files() -> dict[str, Path]:
    folder = Path(foedus.__file__).parent
    files = [
        *sample_scripts(),
        *sample_reports(),
        *sample_exercises(),
        *(folder / "parameters").rglob("judgments*.yaml"),
    ]
    return {str(file.relative_to(folder)): file for file in files}


@cache
def _log() -> bytes:
    with tempfile.TemporaryDirectory(prefix="foedus-soak-") as folder:
        file = Path(folder) / "whole.log"
        replay_script(ReplayRequest(sample_scripts()[0], log=file))
        return file.read_bytes()


@cache
def _recorded() -> bytes:
    with tempfile.TemporaryDirectory(prefix="foedus-soak-") as folder:
        file = Path(folder) / "whole.log"
        file.write_bytes(_log())
        return export_log(str(file))
