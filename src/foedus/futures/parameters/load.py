"""Read parameter files with the strict reader of the arrangement language."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from foedus.errors import Finding, InvalidFile
from foedus.futures.parameters.amiss import wrong
from foedus.futures.parameters.entries import read_entry
from foedus.futures.parameters.given import GivenDraws
from foedus.futures.parameters.given_file import read_given
from foedus.futures.parameters.order import find_turned_over, place_of
from foedus.futures.parameters.overlay_text import Overlay, OverlayText
from foedus.futures.parameters.record import Parameter, Parameters, View
from foedus.futures.parameters.views import find_view, view_files
from foedus.text.kept import kept
from foedus.text.source import ParsedText, read_shipped, read_source

_VIEW, _SAMPLE = "view", "sample"
_VIEW_KEYS = ("title", "argued_by", "note")


def load_parameters(overlays: Sequence[Overlay] = (), *, views: Sequence[str] = ()) -> Parameters:
    """Return the default parameters with views laid over them, and over those the user's files or texts.

    Raises `UnknownName` for a view that does not exist and `InvalidFile` with all findings.
    """
    parameters = default_parameters()
    findings: list[Finding] = []
    for file in (*(find_view(name) for name in views), *overlays):
        try:
            parameters = _lay_over(parameters, file)
        except InvalidFile as error:
            findings += error.findings
    if findings:
        raise InvalidFile(findings)
    return parameters


@cache
def default_parameters() -> Parameters:
    """Return the parameters that ship with the package."""
    folder = files("foedus") / "parameters"
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in ("game.yaml", "yardsticks.yaml")}
    rooms = ("futures/parameters", "game/future.py", "text", "values")
    return Parameters(kept("parameters", "\n".join(texts.values()), rooms=rooms, make=lambda: _entries(texts)))


def _entries(texts: Mapping[str, str]) -> tuple[Parameter, ...]:
    """Return the parameters of files that ship."""
    return tuple(
        entry
        for name, text in texts.items()
        for entry in _read(read_shipped(text, file=name), defaults=None, folder=None).entries
    )


@cache
def packaged_views() -> Mapping[str, View]:
    """Return what the packaged views say of themselves, by name, the default first."""
    read = {name: _lay_over(default_parameters(), file).views for name, file in view_files().items()}
    return {name: views[0] if views else View(name, name, "", "") for name, views in read.items()}


def read_parameters(
    text: str, *, file: str, defaults: Parameters | None = None, folder: Path | Traversable | None = None
) -> Parameters:
    """Read a parameter file; an overlay must name parameters that exist and may leave out what and unit.

    An overlay may say of itself which view of the world it is (``view``), and name weighted draws that lie beside it in
    ``folder`` (``sample``). Raises `InvalidFile` with all findings.
    """
    return _read(read_source(text, file=file), defaults=defaults, folder=folder)


def _read(source: ParsedText, *, defaults: Parameters | None, folder: Path | Traversable | None) -> Parameters:
    entries: list[Parameter] = []
    views, findings = _read_view(source) if defaults else ((), [])
    header = (_VIEW, _SAMPLE) if defaults else ()
    for name, fields in (source.data or {}).items():
        if name not in header:
            read, amiss = read_entry(name, fields, source=source, defaults=defaults)
            entries, findings = entries + read, findings + amiss
    overlay = Parameters(tuple(entries), views=views)
    findings += [*source.findings, *_find_twice(overlay, source), *_find_torn_causes(overlay, defaults, source)]
    if defaults and not findings:
        findings = find_turned_over(overlay, defaults.overlaid_with(overlay), source)
    given = None
    if defaults and _SAMPLE in (source.data or {}) and not findings:
        given, findings = _read_draws(source, folder, ranges=defaults.overlaid_with(overlay))
    if findings:
        raise InvalidFile(findings)
    return Parameters(overlay.entries, given=given, views=views)


def _lay_over(parameters: Parameters, file: Overlay | Traversable) -> Parameters:
    if isinstance(file, OverlayText):
        return parameters.overlaid_with(read_parameters(file.text, file=file.file, defaults=parameters))
    packaged = file in view_files().values()
    folder = file.parent if isinstance(file, Path) else files("foedus") / "parameters"
    label = file.name if packaged else str(file)
    return parameters.overlaid_with(read_parameters(_text_of(file), file=label, defaults=parameters, folder=folder))


def _text_of(file: Path | Traversable) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        source = ParsedText(file=str(file))
        message = f"the file cannot be read: {reason}"
        raise InvalidFile(
            [
                source.finding(
                    (),
                    code="not-readable",
                    message=message,
                    why="nothing of it can be used",
                    mend="name a YAML file of parameters, saved as UTF-8",
                    mark=(0, 0),
                )
            ]
        ) from error


def _read_view(source: ParsedText) -> tuple[tuple[View, ...], list[Finding]]:
    written = (source.data or {}).get(_VIEW)
    if written is None:
        return (), []
    mend = "write view: {title: in a few words, argued_by: who holds it, note: what it means}"
    is_mapping = isinstance(written, dict) and set(written) <= set(_VIEW_KEYS) and "title" in written
    if not is_mapping or any(not isinstance(text, str) or not text for text in written.values()):
        return (), [wrong(source, (_VIEW,), f"needs a title, and may have {' and '.join(_VIEW_KEYS[1:])}", mend)]
    texts: dict[str, Any] = dict.fromkeys(_VIEW_KEYS, "") | written
    return (View(name=PurePosixPath(source.file).stem, **texts),), []


def _read_draws(
    source: ParsedText, folder: Path | Traversable | None, *, ranges: Parameters
) -> tuple[GivenDraws | None, list[Finding]]:
    name = source.data[_SAMPLE]
    place = (_SAMPLE,)
    is_beside = isinstance(name, str) and PurePosixPath(name).name == PureWindowsPath(name).name == name
    if folder is None:
        mend = "leave sample out, or give the file with its draws beside it to a command, with --parameters"
        return None, [wrong(source, place, "names draws beside the file, and a text lies beside nothing", mend)]
    if not is_beside:
        return None, [wrong(source, place, "is no file beside this one", "write the name of an NPZ or Parquet file")]
    if ranges.given is not None:
        mend = f"leave out one of the two; {ranges.given.file} brings draws already"
        return None, [wrong(source, place, "is the second sample, and draws cannot be laid over draws", mend)]
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        mend = f"put {name} beside the file that names it"
        return None, [wrong(source, place, f"cannot be read: {name}: {error.strerror}", mend)]
    return read_given(content, file=str(folder / name), parameters=ranges)


def _find_twice(overlay: Parameters, source: ParsedText) -> list[Finding]:
    """Find tiers that a file states under two names."""
    counts = Counter(entry.name for entry in overlay.entries)
    mend = "keep one of the two"
    return [wrong(source, (name,), "is stated twice, here and per tier", mend) for name, n in counts.items() if n > 1]


def _find_torn_causes(overlay: Parameters, defaults: Parameters | None, source: ParsedText) -> list[Finding]:
    """Find entries that would be drawn together with others, but are led by another cause than they."""
    merged = defaults.overlaid_with(overlay) if defaults else overlay
    first: dict[str, Parameter] = {}
    for entry in merged.entries:
        if entry.name not in overlay or entry.group not in first:
            first[entry.group] = entry
    torn = [entry for entry in overlay.entries if entry.cause != first[entry.group].cause]
    return [
        wrong(
            source,
            place_of(entry, source),
            f"has another cause than {first[entry.group].name!r}",
            f"parameters of the group {entry.group!r} are drawn together: give all of them the same cause",
        )
        for entry in torn
    ]
