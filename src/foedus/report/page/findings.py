"""Findings with the line that they are about, and a mark below the place."""

from collections.abc import Sequence

from rich.cells import cell_len

from foedus.errors import Finding

_LONGEST = 160


def write_findings(findings: Sequence[Finding], *, lines: Sequence[str]) -> str:
    """Write findings one below the other, each with its line quoted and a caret; ``lines`` is the file."""
    blocks = [_block(finding, lines=lines) for finding in findings]
    count = len(findings)
    return "\n".join([*blocks, f"{count} {'finding' if count == 1 else 'findings'}"]) + "\n"


def _block(finding: Finding, *, lines: Sequence[str]) -> str:
    head, *rest = str(finding).split("\n")
    return "\n".join([head, *_quoted(finding, lines=lines), *rest])


def _quoted(finding: Finding, *, lines: Sequence[str]) -> list[str]:
    if not 1 <= finding.line <= len(lines):
        return []
    line, column = lines[finding.line - 1], max(finding.column, 1)
    start = max(0, column - _LONGEST // 2) if len(line) > _LONGEST else 0
    shown = "".join(char if char.isprintable() else " " for char in line[start : start + _LONGEST])
    before = shown[: column - 1 - start]
    number = f"{finding.line:5d} | "
    return [f"{number}{shown}".rstrip(), f"{' ' * (len(number) - 2)}| {' ' * cell_len(before)}^"]
