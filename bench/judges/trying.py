"""Tests run in a child of this process against a package with changed files, without writing any copy of it."""

import ast
import importlib.util
import json
import os
import resource
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from time import process_time
from types import CodeType, ModuleType
from typing import Any

import pytest

from bench.judges.mutants import functions_of
from bench.measuring.page import ROOT

SOURCE = ROOT / "src"
_REACHED = "_reached_"


@dataclass(frozen=True)
class Tried:
    """What became of the tests."""

    failed: tuple[str, ...]
    """Names of tests that failed, or of what stopped them all."""
    seconds: Mapping[str, float]
    """Processor time of each test."""
    reached: frozenset[str]
    """Functions that ran, where they were watched."""


@dataclass
class _Watch:
    """A plugin of pytest that keeps what happens."""

    failed: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        began = process_time()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = process_time() - began

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed.append(f"{report.nodeid}: not read")


def try_tests(
    tests: Sequence[str],
    *,
    changed: Mapping[str, ast.Module],
    watched: Sequence[Path] = (),
    without: Sequence[str] = (),
    seconds: int,
) -> Tried:
    """Run tests in a child, until one fails; what takes longer than ``seconds`` of processor time failed too."""
    with tempfile.TemporaryDirectory(prefix="foedus-slip-") as folder:
        answer = Path(folder) / "answer.json"
        child = os.fork()
        if not child:
            _run(tests, changed=changed, watched=watched, without=without, seconds=seconds, answer=answer)
        os.waitpid(child, 0)
        if not answer.exists():
            return Tried(("no answer: it ended, or ran for ever",), {}, frozenset())
        told = json.loads(answer.read_text(encoding="utf-8"))
    return Tried(tuple(told["failed"]), told["seconds"], frozenset(told["reached"]))


def module_of(file: Path) -> str:
    """Return the name under which a file is imported."""
    parts = file.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _run(
    tests: Sequence[str],
    *,
    changed: Mapping[str, ast.Module],
    watched: Sequence[Path],
    without: Sequence[str],
    seconds: int,
    answer: Path,
) -> None:
    """Be the child."""
    os.setsid()
    used = int(process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, used + seconds + 5))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    watch, reached = _Watch(), set[str]()
    trees = {**{module_of(file): _watched(file) for file in watched}, **changed}
    sys.meta_path.insert(0, _Finder(trees, reached))
    words = ["-q", "-x", "--tb=no", "-p", "no:cacheprovider", f"--rootdir={ROOT}", *tests]
    code = 1
    try:
        code = int(pytest.main([*words, *(f"--deselect={each}" for each in without)], plugins=[watch]))
    except BaseException as error:
        watch.failed.append(f"{type(error).__name__} on the way")
    if code not in (0, 5) and not watch.failed:
        watch.failed.append(f"pytest ended with {code}")
    told = {"failed": watch.failed, "seconds": watch.seconds, "reached": sorted(reached)}
    answer.write_text(json.dumps(told), encoding="utf-8")
    os._exit(0)


def _watched(file: Path) -> ast.Module:
    """Return a file whose functions say that they run."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    module = module_of(file)
    for name, function in functions_of(tree):
        place = 1 if ast.get_docstring(function) else 0
        said = ast.parse(f"{_REACHED}({f'{module}:{name}'!r})").body[0]
        for node in ast.walk(said):
            if isinstance(node, ast.stmt | ast.expr):
                ast.copy_location(node, function)
        function.body.insert(place, said)
    return tree


class _Finder(MetaPathFinder):
    """Finds the changed modules before those on the disk."""

    def __init__(self, trees: Mapping[str, ast.Module], reached: set[str]) -> None:
        self._trees, self._reached = trees, reached

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """Return a way to load the changed module."""
        if name not in self._trees:
            return None
        file = SOURCE.joinpath(*name.split("."))
        place = file / "__init__.py" if file.is_dir() else file.with_suffix(".py")
        loader = _Changed(name, str(place), tree=self._trees[name], reached=self._reached)
        return importlib.util.spec_from_file_location(name, place, loader=loader)


class _Changed(SourceFileLoader):
    def __init__(self, name: str, path: str, *, tree: ast.Module, reached: set[str]) -> None:
        super().__init__(name, path)
        self._tree, self._reached = tree, reached

    def get_code(self, _: str) -> CodeType:
        return compile(self._tree, self.path, "exec", dont_inherit=True)

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__[_REACHED] = self._reached.add
        self._reached.add(f"{module.__name__}:")  # it may hold no function at all
        super().exec_module(module)
