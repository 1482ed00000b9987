"""Small changes of a file that a slip of the hand could make, found in its syntax tree."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_TURNED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_TAKEN_FOR = {"min": "max", "max": "min", "any": "all", "all": "any"}
_NOTHING: dict[str, ast.expr] = {
    "bool": ast.Constant(True),
    "int": ast.Constant(0),
    "float": ast.Constant(0.0),
    "str": ast.Constant(""),
}
_TYPES = frozenset(
    {"Callable", "Counter", "Iterator", "Literal", "Mapping", "Sequence", "defaultdict", "dict", "frozenset", "tuple"}
)
"""What stands in brackets behind these is an annotation."""
_Change = Callable[[], None]


@dataclass(frozen=True)
class Mutant:
    """A file with one change; ``number`` is the place of the change among all that the file has."""

    file: Path
    number: int
    kind: str
    function: str
    """Where it is: the function's name with those around it; empty for what runs when the file is imported."""
    line: int
    was: str
    now: str
    tree: ast.Module

    @property
    def words(self) -> str:
        """The change as it is told."""
        return f"{self.was} → {self.now}"


@dataclass(frozen=True)
class _Site:
    kind: str
    function: str
    shown: ast.AST
    """The piece that is printed before and after."""
    line: int
    change: _Change


def count_mutants(file: Path) -> int:
    """Return how many changes a file has."""
    return sum(1 for _ in _sites(_read(file)))


def mutant(file: Path, number: int) -> Mutant:
    """Return the file with the change of this number in it."""
    tree = _read(file)
    site = list(_sites(tree))[number]
    was = _words_of(site.shown)
    site.change()
    ast.fix_missing_locations(tree)
    now = "nothing" if site.kind == "statement dropped" else _words_of(site.shown)
    return Mutant(file, number, site.kind, site.function, site.line, was, now, tree)


def functions_of(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield every function with its full name."""
    yield from _functions(tree, "")


def _functions(node: ast.AST, inside: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for child in ast.iter_child_nodes(node):
        name = f"{inside}.{child.name}".lstrip(".") if isinstance(child, ast.FunctionDef | ast.ClassDef) else inside
        if isinstance(child, ast.FunctionDef):
            yield name, child
        yield from _functions(child, name)


def _read(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _words_of(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())


def _sites(node: ast.AST, inside: str = "", returns: str = "") -> Iterator[_Site]:
    """Yield what can go wrong below a node: no annotation, no name of one, no decorator, no words of a refusal."""
    if isinstance(node, ast.Raise | ast.Import | ast.ImportFrom | ast.JoinedStr):
        return
    if isinstance(node, ast.FunctionDef):
        inside, returns = f"{inside}.{node.name}".lstrip("."), ast.unparse(node.returns) if node.returns else ""
        children: list[ast.AST] = [*node.args.defaults, *(each for each in node.args.kw_defaults if each), *node.body]
    elif isinstance(node, ast.ClassDef):
        inside, children = f"{inside}.{node.name}".lstrip("."), [*node.body]
    elif isinstance(node, ast.AnnAssign):
        is_alias = isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias"
        children = [node.value] if node.value and not is_alias else []
    else:
        children = list(ast.iter_child_nodes(node))
    line = getattr(node, "lineno", 0)
    for kind, shown, change in _changes(node, returns):
        yield _Site(kind, inside, shown, line, change)
    for child in children:
        yield from _sites(child, inside, returns)


def _changes(node: ast.AST, returns: str) -> Iterator[tuple[str, ast.AST, _Change]]:
    yield from _wrong_expressions(node)
    yield from _dropped(node)
    if isinstance(node, ast.Call):
        yield from _wrong_calls(node)
    if isinstance(node, ast.Return) and returns in _NOTHING and not isinstance(node.value, ast.Constant | None):
        yield "constant returned", node, _set(node, "value", _NOTHING[returns])


def _wrong_expressions(node: ast.AST) -> Iterator[tuple[str, ast.AST, _Change]]:
    match node:
        case ast.Compare():
            for place, op in enumerate(node.ops):
                if type(op) in _TURNED:
                    yield "comparison", node, _put(node.ops, place, _TURNED[type(op)]())
        case ast.BoolOp() | ast.BinOp() if type(node.op) in _TURNED and not _joins_words(node):
            kind = "and, or" if isinstance(node, ast.BoolOp) else "sign"
            yield kind, node, _set(node, "op", _TURNED[type(node.op)]())
        case ast.UnaryOp(op=ast.Not()):
            yield "not dropped", node, _set(node, "op", ast.UAdd())
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            for wrong in _near(value):
                yield "number", node, _set(node, "value", wrong)
        case ast.IfExp():
            yield "branches swapped", node, _swap(node, "body", "orelse")
        case ast.comprehension() if node.ifs:
            yield "condition dropped", node, _set(node, "ifs", node.ifs[1:])
        case ast.Subscript(slice=ast.Tuple(elts=[_, _, *_])) if isinstance(node.slice, ast.Tuple) and _is_place(node):
            yield "indices swapped", node, _exchange(node.slice.elts)


def _is_place(node: ast.Subscript) -> bool:
    """Tell whether something is looked up, and no type is written."""
    return not (isinstance(node.value, ast.Name) and node.value.id in _TYPES)


def _joins_words(node: ast.BoolOp | ast.BinOp) -> bool:
    """Tell whether text is put together: no reader would take a minus for that."""
    sides = [node.left, node.right] if isinstance(node, ast.BinOp) else []
    return any(isinstance(side, ast.JoinedStr) or _is_text(side) for side in sides)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _near(value: float) -> tuple[float, ...]:
    if isinstance(value, int):
        return (value + 1, value - 1)
    return (value * 1.5 if value else 1.0,)


def _wrong_calls(node: ast.Call) -> Iterator[tuple[str, ast.AST, _Change]]:
    if isinstance(node.func, ast.Name) and node.func.id in _TAKEN_FOR:
        yield "the other of a pair", node, _set(node.func, "id", _TAKEN_FOR[node.func.id])
    if len(node.args) > 1 and _is_order_read(node):
        yield "arguments swapped", node, _exchange(node.args)
    if len(node.keywords) > 1 and all(each.arg for each in node.keywords[:2]):
        first, second = node.keywords[:2]
        if ast.dump(first.value) != ast.dump(second.value):
            yield "arguments swapped", node, lambda: _swap_values(first, second)


def _is_order_read(node: ast.Call) -> bool:
    """Tell whether it matters in which order the first two arguments stand."""
    if isinstance(node.func, ast.Name) and node.func.id in ("isinstance", "min", "max"):
        return False
    first, second = node.args[:2]
    return not isinstance(first, ast.Starred) and ast.dump(first) != ast.dump(second)


def _dropped(node: ast.AST) -> Iterator[tuple[str, ast.AST, _Change]]:
    for field in ("body", "orelse"):
        statements = getattr(node, field, None)
        if not isinstance(statements, list):
            continue
        for place, each in enumerate(statements):
            is_act = isinstance(each, ast.Expr) and isinstance(each.value, ast.Call | ast.Yield | ast.YieldFrom)
            is_guard = isinstance(each, ast.If) and not each.orelse
            if is_act or is_guard or isinstance(each, ast.AugAssign | ast.Continue | ast.Break):
                yield "statement dropped", each, _drop(statements, place, each)


def _drop(statements: list[ast.stmt], place: int, statement: ast.stmt) -> _Change:
    """Leave a statement out, and keep a generator one."""

    def change() -> None:
        is_yield = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Yield | ast.YieldFrom)
        nothing = ast.parse("yield from ()" if is_yield else "pass").body[0]
        for each in ast.walk(nothing):
            if isinstance(each, ast.stmt | ast.expr):
                ast.copy_location(each, statement)
        statements[place] = nothing

    return change


def _put(items: list[ast.cmpop], place: int, value: ast.AST) -> _Change:
    return lambda: items.__setitem__(place, value)  # type: ignore[call-overload]


def _set(node: ast.AST, field: str, value: object) -> _Change:
    return lambda: setattr(node, field, value)


def _swap(node: ast.AST, one: str, other: str) -> _Change:
    def change() -> None:
        first, second = getattr(node, one), getattr(node, other)
        setattr(node, one, second)
        setattr(node, other, first)

    return change


def _exchange(items: list[ast.expr]) -> _Change:
    def change() -> None:
        items[0], items[1] = items[1], items[0]

    return change


def _swap_values(first: ast.keyword, second: ast.keyword) -> None:
    first.value, second.value = second.value, first.value
