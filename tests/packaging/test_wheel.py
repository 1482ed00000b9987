"""The wheel, as somebody has it who has nothing else."""

import os
import shutil
import subprocess
import sys
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from bench.measuring.page import ROOT
from bench.packaging.built import build, build_wheel, names_in_wheel, wheel_of_sources
from bench.packaging.cut_off import compilers_called, cut_off
from bench.packaging.with_code import with_code

FOEDUS = "import sys; from foedus.cli.main import main; main()"


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return build(tmp_path_factory.mktemp("dist"))


def test_the_wheel_holds_the_package_and_all_its_data(packages: tuple[Path, Path]) -> None:
    """Texts, parameters, templates and files of pages are in it, and nothing that a run has left behind."""
    package = ROOT / "src" / "foedus"
    here = {f"foedus/{file.relative_to(package).as_posix()}" for file in package.rglob("*") if file.is_file()}
    there = {name for name in names_in_wheel(packages[0]) if name.startswith("foedus/")}
    assert there == {name for name in here if "__pycache__" not in name}


def test_a_wheel_with_machine_code_is_the_same_wheel_for_one_platform(
    packages: tuple[Path, Path], tmp_path: Path
) -> None:
    """It holds the code besides, its record is true of every file, its name and head say for which Python it is."""
    code = {"foedus/game/kernel/brought/a-games/a.code": b"machine code"}
    wheel, again = (with_code(packages[0], code, folder=tmp_path / name) for name in ("one", "two"))
    assert wheel.read_bytes() == again.read_bytes()
    assert names_in_wheel(wheel) == names_in_wheel(packages[0]) | code.keys()
    with ZipFile(wheel) as archive:
        (record,) = (name for name in archive.namelist() if name.endswith("/RECORD"))
        rows = [line.split(",") for line in archive.read(record).decode().splitlines()]
        head = archive.read(record.replace("RECORD", "WHEEL")).decode()
        for name, digest, length in rows:
            content = archive.read(name)
            expected = "sha256=" + urlsafe_b64encode(sha256(content).digest()).decode().rstrip("=")
            assert (digest, length) == (("", "") if name == record else (expected, str(len(content))))
    assert {name for name, *_ in rows} == names_in_wheel(wheel)
    tag = wheel.stem.partition("0.1.0-")[2]
    assert tag.startswith(f"cp{sys.version_info.major}{sys.version_info.minor}-")
    assert f"Tag: {tag}\n" in head
    assert head.count("Tag:") == 1
    assert "Root-Is-Purelib: false\n" in head


def test_the_sources_give_the_same_wheel(packages: tuple[Path, Path], tmp_path: Path) -> None:
    """Who builds from the archive of sources gets the files that the wheel has."""
    assert names_in_wheel(wheel_of_sources(packages[1], tmp_path)) == names_in_wheel(packages[0])


def test_what_the_image_is_built_from_gives_the_same_wheel(packages: tuple[Path, Path], tmp_path: Path) -> None:
    """The files that `Containerfile` copies are all that a build needs."""
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("COPY ") and "--from" not in line:
            *copied, where = line.split()[1:]
            for name in copied:
                place, source = tmp_path / where, ROOT / name
                if source.is_dir():
                    shutil.copytree(source, place, ignore=shutil.ignore_patterns("__pycache__"))
                else:
                    shutil.copy(source, place)
    wheel = build_wheel(tmp_path / "dist", source=tmp_path)
    assert names_in_wheel(wheel) == names_in_wheel(packages[0])


def test_a_wheel_alone_lists_shows_and_checks(packages: tuple[Path, Path], tmp_path: Path) -> None:
    """In an empty folder, without a network or a compiler: what is listed can be shown, and a mistake is told."""
    with ZipFile(packages[0]) as archive:
        archive.extractall(tmp_path / "wheel")
    around = cut_off(tmp_path / "around", path=os.defpath, before=(tmp_path / "wheel",))
    (tmp_path / "empty").mkdir()

    def foedus(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", FOEDUS, *words]
        return subprocess.run(command, cwd=tmp_path / "empty", env=around, capture_output=True, encoding="utf-8")

    assert "austria_1955" in foedus("library").stdout
    assert "Austrian State Treaty" in foedus("show", "austria_1955").stdout
    wrong = foedus("check", "ukraine/budapest_memorandum_1995")
    assert wrong.returncode == 2
    assert "budapest_memorandum_1994" in wrong.stderr
    assert compilers_called(tmp_path / "around") == ()


def test_the_surroundings_have_no_network_and_no_compiler(tmp_path: Path) -> None:
    """What is said to do without both could not have used either."""
    around = cut_off(tmp_path, path=os.defpath)
    asked = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run([sys.executable, "-c", asked], env=around, capture_output=True, encoding="utf-8")
    assert "there is no network here, and 192.0.2.1 was asked for" in done.stderr
    subprocess.run(["sh", "-c", "cc --version"], env=around, check=False)
    assert compilers_called(tmp_path) == ("cc",)
