"""What rules want changed, as edits of the file's text: only the characters that have to change are touched."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from initlint.diagnostics import (
    BuildEach,
    Edit,
    Guard,
    InitCall,
    NameArgument,
    NewLines,
    PlacedEdit,
    Quarter,
    Readdress,
    SetArgument,
    ToEnd,
    Unwrap,
    Wish,
    Wrap,
)
from initlint.ir.place import Place, Span
from initlint.syntax.insert import assigned, guarded, moved_to_end, new_lines, spelt_out
from initlint.syntax.locate import source_text
from initlint.syntax.source import Source
from initlint.syntax.spelling import is_imported, parsed, span_of, spell

# What a call on a tensor goes through on its way to the parameter that torch.nn.init takes.
_DETOURS = frozenset({"data"})


def rewrite(source: Source, wishes: Iterable[Wish], at: Callable[[Place], Span | None]) -> tuple[Edit, ...] | None:
    """The edits of one file that do what is wished; None where one of them can't be done without loss: the source has
    another shape than it takes, a comment would go, or a name can't be spelt.

    ``at`` gives the position of a place."""
    found: list[Edit] = []
    for wish in wishes:
        span = wish.place if isinstance(wish.place, Span) else at(wish.place)
        if span is None:
            return None
        match wish:
            case PlacedEdit(text=text):
                spelt = spelt_out(source, text, span.line)
                edits: list[Edit] | None = None if spelt is None else [*spelt[1], Edit(span, spelt[0])]
            case InitCall(function=function, arguments=arguments):
                edits = _init_call(source, span, function, arguments)
            case NewLines(text=text, where=where):
                edits = new_lines(source, span, text, where)
            case Guard(header=header):
                edits = _guard(source, span, header)
            case NameArgument(index=index, name=name):
                edits = _name_argument(source, span, index, name)
            case SetArgument(name=name, text=text, index=index):
                edits = _set_argument(source, span, name, text, index)
            case Wrap(function=function):
                edits = _wrap(source, span, function)
            case Unwrap():
                edits = _unwrap(source, span)
            case Readdress(old=old, new=new):
                edits = _readdress(source, span, old, new)
            case Quarter(number=number):
                edits = _quarter(source, span, number)
            case BuildEach():
                edits = _build_each(source, span)
            case ToEnd():
                edits = moved_to_end(source, span)
        if edits is None:
            return None
        found += edits
    return tuple(dict.fromkeys(found))


# -- calls


def _init_call(source: Source, span: Span, function: str, arguments: tuple[str, ...] | None) -> list[Edit] | None:
    call = _call_at(source, span)
    if call is None:
        return None
    spelt = spell(source, function, span.line, ast.unparse(call.func))
    if spelt is None:
        return None
    extra = [spelt.imports] if spelt.imports is not None else []
    if arguments is None:
        return [*extra, _callee(source, call, spelt.text)]
    target = _filled(source, call)
    if target is not None:
        tail = _tail(source, call, target, span, arguments)
        if tail is None or not re.fullmatch(r"\(\s*(?:tensor\s*=\s*)?", _between(source, call.func, target)):
            return None
        return [*extra, _callee(source, call, spelt.text), *tail]
    tensor = _owner(source, call)
    whole = source_text(source, span)
    if tensor is None or is_imported(source, tensor.split(".")[0]) or "#" in whole:
        return None
    return [*extra, Edit(span, f"{spelt.text}({', '.join([tensor, *arguments])})")]


def _callee(source: Source, call: ast.Call, text: str) -> Edit:
    """The function of a call replaced: its last name alone, where that is all that differs."""
    span = span_of(source, call.func)
    prefix, dot, name = text.rpartition(".")
    if isinstance(call.func, ast.Attribute) and prefix == ast.unparse(call.func.value):
        start = span.end_column - len(call.func.attr)
        return Edit(Span(span.path, span.end_line, start, span.end_line, span.end_column), name)
    return Edit(span, f"{prefix}{dot}{name}")


def _filled(source: Source, call: ast.Call) -> ast.expr | None:
    """The argument that a function of torch.nn.init, or one like them, fills; None for a call of another kind."""
    names = ast.unparse(call.func).split(".")
    if len(names) > 1 and not is_imported(source, names[0]):
        return None  # a method of something
    if not names[-1].endswith("_") and "init" not in names[:-1]:
        return None  # it may as well take a module
    keyword = next((each.value for each in call.keywords if each.arg == "tensor"), None)
    target = call.args[0] if call.args else keyword
    return None if isinstance(target, (ast.Starred, ast.GeneratorExp)) else target


def _owner(source: Source, call: ast.Call) -> str | None:
    """The source of the tensor whose method is called, without detours that torch.nn.init doesn't need."""
    if not isinstance(call.func, ast.Attribute):
        return None
    node = call.func.value
    while isinstance(node, ast.Attribute) and node.attr in _DETOURS:
        node = node.value
    return _text(source, node) if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)) else None


def _tail(
    source: Source, call: ast.Call, target: ast.expr, span: Span, arguments: tuple[str, ...]
) -> list[Edit] | None:
    """What stands behind the tensor, up to the closing parenthesis, replaced by the arguments."""
    start = span_of(source, target)
    tail = Span(span.path, start.end_line, start.end_column, span.end_line, span.end_column - 1)
    old = source_text(source, tail)
    if "#" in old or old.lstrip().startswith(")"):
        return None
    spread = re.match(r"\s*,?[ \t]*(\n[ \t]*)", old)
    joint, end = (f",{spread[1]}", old[len(old.rstrip()) :]) if spread else (", ", "")
    if spread and len(old.strip(" \t\n,")) == 0:  # the closing parenthesis alone stands on a line of its own
        joint = ",\n" + re.match(r"[ \t]*", source.lines[start.line - 1])[0]  # type: ignore[index]
    comma = "," if spread and old.rstrip().endswith(",") else ""
    new = "".join(joint + each for each in arguments) + comma + end
    return [] if new == old else [Edit(tail, new)]


def _call_at(source: Source, span: Span) -> ast.Call | None:
    calls = _calls(source.text).get(span.line, ())
    return next((node for node in calls if span_of(source, node) == span), None)


@lru_cache(maxsize=8)
def _calls(text: str) -> dict[int, list[ast.Call]]:
    """The calls of a file by the line on which they start."""
    found: dict[int, list[ast.Call]] = {}
    tree = parsed(text)
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.Call):
            found.setdefault(node.lineno, []).append(node)
    return found


def _text(source: Source, node: ast.expr) -> str:
    return source_text(source, span_of(source, node))


def _between(source: Source, first: ast.expr, second: ast.expr) -> str:
    start, end = span_of(source, first), span_of(source, second)
    return source_text(source, Span(source.path, start.end_line, start.end_column, end.line, end.column))


def _guard(source: Source, span: Span, header: str) -> list[Edit] | None:
    if "{tensor}" in header:
        tensor = _tensor(source, span)
        if tensor is None:
            return None
        header = header.replace("{tensor}", tensor)
    return guarded(source, span, header)


def _tensor(source: Source, span: Span) -> str | None:
    """What the call at ``span`` fills, or what the attribute there is one of."""
    call = _call_at(source, span)
    if call is not None:
        target = _filled(source, call)
        return _text(source, target) if target is not None else _owner(source, call)
    owner, dot, _ = source_text(source, span).rpartition(".")
    return owner if dot and "\n" not in owner else None


def _name_argument(source: Source, span: Span, index: int, name: str) -> list[Edit] | None:
    call = _call_at(source, span)
    if call is None or len(call.args) != index + 1 or any(isinstance(each, ast.Starred) for each in call.args):
        return None
    if any(each.arg in (name, None) for each in call.keywords):
        return None
    at = span_of(source, call.args[index])
    between = source_text(source, Span(span.path, at.line, 1, at.line, at.column))
    if between.rstrip().endswith("("):  # parenthesised, which the span leaves out, or the call's own
        return None
    return [Edit(Span(span.path, at.line, at.column, at.line, at.column), f"{name}=")]


def _set_argument(source: Source, span: Span, name: str, text: str, index: int) -> list[Edit] | None:
    call = _call_at(source, span)
    if call is None or len(call.args) > index or any(isinstance(each, ast.Starred) for each in call.args):
        return None
    if any(each.arg is None for each in call.keywords):
        return None
    given = next((each.value for each in call.keywords if each.arg == name), None)
    if given is not None:
        return [Edit(span_of(source, given), text)]
    values = [*call.args, *(each.value for each in call.keywords)]
    if not values:
        return None
    _, (line, column) = _ends(max((span_of(source, each) for each in values), key=lambda at: _ends(at)[1]))
    if source_text(source, Span(span.path, line, column, span.end_line, span.end_column)).lstrip().startswith("))"):
        return None  # a parenthesised last argument
    return [Edit(Span(span.path, line, column, line, column), f", {name}={text}")]


def _wrap(source: Source, span: Span, function: str) -> list[Edit] | None:
    value = assigned(source, span)
    spelt = spell(source, function, span.line)
    if value is None or spelt is None:
        return None
    start, end = (Span(span.path, line, column, line, column) for line, column in _ends(value))
    extra = [spelt.imports] if spelt.imports is not None else []
    return [*extra, Edit(start, f"{spelt.text}("), Edit(end, ")")]


def _unwrap(source: Source, span: Span) -> list[Edit] | None:
    call = _call_at(source, span)
    if call is None or "#" in source_text(source, span):
        return None
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    module = owner is None or is_imported(source, ast.unparse(owner).split(".")[0]) or ast.unparse(owner) == "self"
    inner = call.args[0] if module and call.args else owner if not module else None
    return None if inner is None or isinstance(inner, ast.Starred) else [Edit(span, _text(source, inner))]


def _readdress(source: Source, span: Span, old: str, new: str) -> list[Edit] | None:
    call = _call_at(source, span)
    target = None if call is None else _filled(source, call) or (call.func if _owner(source, call) else None)
    node: ast.expr | None = target
    while isinstance(node, ast.Attribute) and node.attr != old:
        node = node.value
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
        return None
    at = span_of(source, node)
    return [Edit(Span(at.path, at.end_line, at.end_column - len(old), at.end_line, at.end_column), new)]


def _quarter(source: Source, span: Span, number: int) -> list[Edit] | None:
    call = _call_at(source, span)
    target = None if call is None else _filled(source, call)
    if target is None and call is not None and isinstance(call.func, ast.Attribute):
        target = call.func.value
    if not isinstance(target, ast.Subscript) or not isinstance(target.slice, ast.Slice):
        return None
    vector = target.value
    while isinstance(vector, ast.Attribute) and vector.attr in _DETOURS:
        vector = vector.value
    size = f"{_text(source, vector)}.size(0)"
    at = {1: f"{size} // 4", 2: f"{size} // 2", 3: f"{size} * 3 // 4"}
    start, stop = at.get(number, ""), at.get(number + 1, "")
    return [Edit(span_of(source, target.slice), f"{start} : {stop}".strip())]


def _build_each(source: Source, span: Span) -> list[Edit] | None:
    tree = parsed(source.text)
    found = [
        node
        for node in (ast.walk(tree) if tree is not None else ())
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and _within(span_of(source, node), span)
    ]
    if len(found) != 1 or "#" in source_text(source, span_of(source, found[0])):
        return None
    listed, times = found[0].left, found[0].right
    if not isinstance(listed, ast.List):
        listed, times = times, listed
    if not isinstance(listed, ast.List) or len(listed.elts) != 1 or not isinstance(listed.elts[0], ast.Call):
        return None
    text = f"[{_text(source, listed.elts[0])} for _ in range({_text(source, times)})]"
    return [Edit(span_of(source, found[0]), text)]


def _within(inner: Span, outer: Span) -> bool:
    return _ends(outer)[0] <= _ends(inner)[0] and _ends(inner)[1] <= _ends(outer)[1]


def _ends(span: Span) -> tuple[tuple[int, int], tuple[int, int]]:
    return (span.line, span.column), (span.end_line, span.end_column)
