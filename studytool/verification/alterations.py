"""Every alteration of a module: one operator, constant, condition, call or keyword at a time."""

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.MatMult: ast.Mult,
}  # fmt: skip
WORDS_ONLY = frozenset({"Phrase", "Annotated", "TypeVar", "ParamSpec", "Field", "cast", "overload"})
"""Calls and subscripts whose arguments are texts or types: nothing that marks a learner."""
_OF_ZIP = "strict"
"""True alters no value of what is equally long by the way it is made; False is what is unsaid."""

_Path = tuple[tuple[str, int | None], ...]
Alterations = Callable[[ast.AST], Iterator[ast.AST]]
"""From a node to what may stand in its place."""


@dataclass(frozen=True, slots=True)
class SourceMutant:
    """One alteration of a module's source.

    Attributes:
        place: ``function: text -> altered text``, and ``(n)`` where a function has it again; it
            stays the same when lines move.
        lines: where the altered part begins and ends, counted from 1.
        function: the outermost function whose body has it; None where it is in none.
        body: the first and the last line of that body.
    """

    place: str
    lines: tuple[int, int]
    function: str | None
    body: tuple[int, int]
    _module: ast.Module = attribute(repr=False)
    _path: _Path = attribute(repr=False)
    _altered: ast.AST = attribute(repr=False)

    @property
    def line(self) -> int:
        """Where it begins, counted from 1."""
        return self.lines[0]

    @property
    def is_inside_function(self) -> bool:
        """Whether it stands in the body of a function or a lambda."""
        if self.function is not None:
            return True
        above = [_follow(self._module, self._path[:end]) for end in range(len(self._path))]
        return any(isinstance(one, ast.Lambda) for one in above)

    @property
    def parent(self) -> ast.AST:
        """The node that the altered part belongs to."""
        return _follow(self._module, self._path[:-1])

    @property
    def statement(self) -> ast.stmt:
        """The statement of the module, outside of all others, that has it; not altered."""
        return self._module.body[self._path[0][1] or 0]

    @property
    def statement_text(self) -> str:
        """The same, as Python writes it: comments and the length of lines do not count."""
        return ast.unparse(self.statement)

    @property
    def altered_statement(self) -> ast.stmt:
        """The same, altered."""
        return self.tree.body[self._path[0][1] or 0]

    @property
    def tree(self) -> ast.Module:
        """The whole module, altered."""
        tree = copy.deepcopy(self._module)
        _put(tree, self._path, self._altered)
        return ast.fix_missing_locations(tree)


def alter(source: str, alterations: Alterations | None = None) -> Iterator[SourceMutant]:
    """Return every mutant of a module, from its first line to its last."""
    module = ast.parse(source)
    seen: Counter[str] = Counter()
    for spot in _walk(module, _Spot((), module, "", None, (0, 0))):
        first = getattr(spot.node, "lineno", 0)
        lines = (first, getattr(spot.node, "end_lineno", first))
        for altered in (alterations or general_alterations)(spot.node):
            place = f"{spot.name or 'module'}: {_text(spot.node)} -> {_text(altered)}"
            seen[place] += 1
            again = f" ({seen[place]})" if seen[place] > 1 else ""
            yield SourceMutant(
                place + again, lines, spot.function, spot.body, module, spot.path, altered
            )


@dataclass(frozen=True, slots=True)
class _Spot:
    """A node, the way to it from the module, and the definitions around it."""

    path: _Path
    node: ast.AST
    name: str
    function: str | None
    body: tuple[int, int]


def _walk(node: ast.AST, above: _Spot) -> Iterator[_Spot]:
    """Return the nodes that may be altered: no annotations, decorators, docstrings or texts."""
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "type_params", "bases"}:
            continue
        function, body = above.function, above.body
        if isinstance(node, ast.FunctionDef) and field == "body" and function is None:
            function, body = above.name, (node.body[0].lineno, node.end_lineno or 0)
        parts = value if isinstance(value, list) else [value]
        for index, part in enumerate(parts):
            if not isinstance(part, ast.AST) or _is_text_or_type(part):
                continue
            name = above.name
            if isinstance(part, ast.FunctionDef | ast.ClassDef):
                name = f"{name}.{part.name}" if name else part.name
            step = (field, index if isinstance(value, list) else None)
            spot = _Spot((*above.path, step), part, name, function, body)
            yield spot
            yield from _walk(part, spot)


def _is_text_or_type(node: ast.AST) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Raise() | ast.JoinedStr():
            return True
        case ast.Expr(value=ast.Constant()) | ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.keyword(arg=name, value=value):  # `elements` says a size in memory
            is_true = isinstance(value, ast.Constant) and value.value is True
            return name == "elements" or (name == _OF_ZIP and is_true)
        case ast.Call(func=ast.Name(id=name)) | ast.Subscript(value=ast.Name(id=name)):
            return name in WORDS_ONLY
        case ast.Assign(value=ast.BinOp(op=ast.BitOr())):  # an alias of types
            return True
        case _:
            return False


def general_alterations(node: ast.AST) -> Iterator[ast.AST]:
    """Return what an oversight in any code may be."""
    match node:
        case ast.Compare():
            yield from other_comparisons(node, COMPARISONS)
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in ARITHMETIC:
            yield replaced(node, op=ARITHMETIC[type(op)]())
        case ast.Constant():
            yield from _other_constants(node)
        case ast.Expr(value=ast.Call()):
            yield ast.copy_location(ast.Pass(), node)
        case ast.Call():
            for index, keyword in enumerate(node.keywords):
                if keyword.arg != _OF_ZIP:
                    rest = [*node.keywords[:index], *node.keywords[index + 1 :]]
                    yield replaced(node, keywords=rest)
        case _:
            yield from other_conditions(node)


def other_conditions(node: ast.AST) -> Iterator[ast.AST]:
    """Return a condition turned round, or a sign left out."""
    match node:
        case ast.BoolOp(op=op):
            yield replaced(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.If() | ast.While() | ast.IfExp():
            yield replaced(node, test=ast.UnaryOp(ast.Not(), node.test))
        case _:
            pass


def _other_constants(node: ast.Constant) -> Iterator[ast.AST]:
    match node.value:
        case bool(value):
            yield ast.copy_location(ast.Constant(not value), node)
        case int(value) | float(value):
            yield ast.copy_location(ast.Constant(value + 1), node)
        case _:
            pass


def other_comparisons(
    node: ast.Compare, others: Mapping[type[ast.cmpop], type[ast.cmpop]]
) -> Iterator[ast.AST]:
    """Return a comparison with each of its signs replaced by the other one of a table."""
    for index, op in enumerate(node.ops):
        other = others[type(op)]()
        yield replaced(node, ops=[*node.ops[:index], other, *node.ops[index + 1 :]])


def replaced(node: ast.AST, **fields: object) -> ast.AST:
    """Return a copy of a node with other fields."""
    altered = copy.copy(node)
    for name, value in fields.items():
        setattr(altered, name, value)
    return altered


def _follow(tree: ast.AST, path: _Path) -> ast.AST:
    for step, at in path:
        child = getattr(tree, step)
        tree = child if at is None else child[at]
    return tree


def _put(tree: ast.AST, path: _Path, altered: ast.AST) -> None:
    *above, (name, index) = path
    tree = _follow(tree, tuple(above))
    if index is None:
        setattr(tree, name, altered)
    else:
        getattr(tree, name)[index] = altered


def _text(node: ast.AST) -> str:
    """Return a node on one line; of a block only its condition."""
    match node:
        case ast.If(test=test):
            return f"if {ast.unparse(test)}"
        case ast.While(test=test):
            return f"while {ast.unparse(test)}"
        case _:
            return " ".join(ast.unparse(node).split())
