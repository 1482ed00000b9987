"""Build a wheel for this platform with the kernel's machine code in it: `python -m bench.packaging.with_code`.

Code is made for kinds of processors and serves every machine of such a kind with the same Python, Numba and LLVM;
elsewhere the game is compiled as it is without. Then it is tried: two texts are compared from the wheel, where nothing
is kept yet, and once more with code that is compiled for this very processor. Exits with 1 where the first compiles
anything, or where one bit differs. Takes some two and a half minutes of a core.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from llvmlite import binding
from packaging.tags import sys_tags

from bench.measuring.page import ROOT
from bench.packaging.built import build_wheel
from bench.packaging.cut_off import cut_off
from bench.packaging.stranger import spent
from foedus.game.kernel.keeping.brought import FOLDER, KINDS, ProcessorKind
from foedus.game.kernel.keeping.place import complete
from foedus.game.kernel.keeping.ready import CodeFor, Half, command_for

_IN_WHEEL = f"foedus/game/kernel/{FOLDER}"
_COMPARE = (
    *("compare", "ukraine/nato_membership", "ukraine/no_guarantee"),
    *("--futures", "40", "--workers", "1", "--out", "."),
)


def main() -> None:
    """Build, try, and tell what it weighs and spares."""
    parser = argparse.ArgumentParser(prog="python -m bench.packaging.with_code", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("dist"), help="folder for the wheel; dist where none is named")
    out = parser.parse_args().out
    if platform.machine() not in ("x86_64", "AMD64"):
        sys.exit(f"code is made for kinds of x86-64, and this is {platform.machine()}: the plain wheel serves it")
    with tempfile.TemporaryDirectory() as where:
        folder = Path(where)
        plain = build_wheel(folder / "plain", source=ROOT)
        code = {name: content for kind in KINDS for name, content in _made(kind, folder / kind.name).items()}
        wheel = with_code(plain, code, folder=out)
        print(f"{wheel}: {wheel.stat().st_size / 2**20:.1f} MB, {plain.stat().st_size / 2**20:.1f} MB without code")
        found = list(_tried(wheel, folder / "tried"))
    print("\n".join(found) or "nothing was compiled, and no bit differs")
    sys.exit(bool(found))


def with_code(wheel: Path, code: Mapping[str, bytes], *, folder: Path) -> Path:
    """Write a wheel for this platform that holds these files besides; return it."""
    tag = next(str(tag) for tag in sys_tags() if "many" not in tag.platform and "musl" not in tag.platform)
    with ZipFile(wheel) as archive:
        files = {name: archive.read(name) for name in archive.namelist()} | dict(code)
    (head,) = (name for name in files if name.endswith(".dist-info/WHEEL"))
    files[head] = _for_platform(files[head].decode(), tag).encode()
    record = head.replace("WHEEL", "RECORD")
    rows = [f"{name},{_digest(content)},{len(content)}" for name, content in files.items() if name != record]
    files[record] = "\n".join([*rows, f"{record},,\n"]).encode()
    name, version, *_ = wheel.stem.split("-")
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / f"{name}-{version}-{tag}.whl"
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for each, content in files.items():
            archive.writestr(_of_no_day(each), content)
    return made


def _of_no_day(name: str) -> ZipInfo:
    """Describe a file so that the same files give the same wheel."""
    said = ZipInfo(name, date_time=(2020, 2, 2, 0, 0, 0))
    said.compress_type, said.external_attr = ZIP_DEFLATED, 0o644 << 16
    return said


def _for_platform(said: str, tag: str) -> str:
    kept = [line for line in said.splitlines() if not line.startswith(("Tag:", "Root-Is-Purelib:"))]
    return "\n".join([*filter(None, kept), "Root-Is-Purelib: false", f"Tag: {tag}", ""])


def _digest(content: bytes) -> str:
    return "sha256=" + urlsafe_b64encode(sha256(content).digest()).rstrip(b"=").decode()


def _made(kind: ProcessorKind, folder: Path) -> dict[str, bytes]:
    """Compile for a kind of processor; return the files by their names in the wheel."""
    folder.mkdir()
    before = spent()
    around = {**os.environ, **kind.settings, "PYTHONPATH": str(ROOT / "src")}
    for half in Half:
        command = command_for(CodeFor.GAMES, half, folder)
        with subprocess.Popen(command, stdin=subprocess.PIPE, env=around) as process:
            if process.wait():
                sys.exit(f"compiling for {kind.name} failed")
    complete(folder)
    print(f"compiled for {kind.name}: {spent() - before:.0f} s of processor time", flush=True)
    place = f"{_IN_WHEEL}/{kind.code}-{CodeFor.GAMES}"
    return {f"{place}/{file.name}": file.read_bytes() for file in sorted(folder.iterdir())}


def _tried(wheel: Path, folder: Path) -> list[str]:
    """Compare from the wheel with the code that it brings, and with code for this very processor."""
    with ZipFile(wheel) as archive:
        archive.extractall(folder / "unpacked")
    brought, kept = _compared(folder, "brought", {})
    compiled, _ = _compared(folder, "compiled", {"NUMBA_CPU_NAME": str(binding.get_host_cpu_name())})
    told = [f"with its own code it compiled {file.name}" for file in kept]
    return told if brought == compiled else [*told, "its own code gives other results"]


def _compared(folder: Path, name: str, settings: Mapping[str, str]) -> tuple[bytes, list[Path]]:
    """Return the outcomes of a comparison where nothing is kept, and the code that is kept then."""
    around = cut_off(folder / name, path=os.defpath, before=(folder / "unpacked",))
    kept = folder / name / "kept"
    before = spent()
    subprocess.run(
        [sys.executable, "-m", "foedus", *_COMPARE],
        cwd=folder / name,
        env={**around, **settings, "XDG_CACHE_HOME": str(kept)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    print(f"40 futures of two texts, code {name}: {spent() - before:.1f} s of processor time", flush=True)
    return (folder / name / "results.parquet").read_bytes(), list(kept.rglob("*.code"))


if __name__ == "__main__":
    main()
