"""How a file spells the name of a library's function, and the import to add where it has no way to.

Read with the standard library's ``ast``: only what imports bind is of interest, and whether anything else binds it too.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import field
from functools import lru_cache

from initlint.diagnostics import Edit
from initlint.ir.data import dataclass
from initlint.ir.place import Span
from initlint.syntax.depth import quiet
from initlint.syntax.source import Source

# What to import for a name, where the file has nothing that leads to it: as most people write it.
_USUAL = {
    "torch.nn": ("from torch import nn", "nn"),
    "torch": ("import torch", "torch"),
    "math": ("import math", "math"),
}


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as the file writes it, and the import that it takes."""

    text: str
    imports: Edit | None = None


@dataclass(frozen=True, slots=True)
class _Import:
    target: str
    line: int
    top: bool


@dataclass(slots=True)
class _Bound:
    """What binds each name: imports, and whether anything else does."""

    imports: dict[str, list[_Import]] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)

    def target(self, name: str, line: int, top: bool) -> str | None:
        """What the name means wherever it is used, as far as imports above the line say (those at the top level, where
        ``top``); None where they don't, or something else may bind it."""
        found = self.imports.get(name, [])
        targets = {each.target for each in found}
        if name in self.others or len(targets) != 1:
            return None
        return targets.pop() if any(each.line < line and (each.top or not top) for each in found) else None

    def free(self, name: str) -> bool:
        return name not in self.imports and name not in self.others


@lru_cache(maxsize=16)
def parsed(text: str) -> ast.Module | None:
    """The tree of a whole file; None where the running Python can't parse it."""
    try:
        with quiet:
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def spell(source: Source, qualified: str, line: int, near: str = "") -> Spelling | None:
    """How to write ``qualified`` (``torch.nn.init.zeros_``) on a line. ``near`` is the spelling of a function of the
    same module there, whose way is kept where it can be. None where no spelling is sure to mean it."""
    tree = parsed(source.text)
    if tree is None:
        return None
    bound = _bindings(tree)
    module, _, name = qualified.rpartition(".")
    if "." in near:
        prefix = near.rpartition(".")[0]
        head, dot, rest = prefix.partition(".")
        target = bound.target(head, line, top=False)
        if target is not None and f"{target}{dot}{rest}" == module:
            return Spelling(f"{prefix}.{name}")
    parts = qualified.split(".")
    for length in range(len(parts), 0, -1):
        wanted, behind = ".".join(parts[:length]), parts[length:]
        for bound_name in sorted(bound.imports):
            if bound.target(bound_name, line, top=True) == wanted:
                return Spelling(".".join([bound_name, *behind]))
    return _with_import(tree, source, bound, module, name)


def is_imported(source: Source, name: str) -> bool:
    """Whether an import binds the name, and nothing else does."""
    tree = parsed(source.text)
    if tree is None:
        return False
    bound = _bindings(tree)
    return name in bound.imports and name not in bound.others


def _with_import(tree: ast.Module, source: Source, bound: _Bound, module: str, name: str) -> Spelling | None:
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and not node.level and node.module == module and bound.free(name):
            return None if node.names[0].name == "*" else Spelling(name, _longer(node, source, name))
    for known, (statement, head) in _USUAL.items():
        if (module == known or module.startswith(f"{known}.")) and bound.free(head):
            return Spelling(f"{head}{module[len(known) :]}.{name}", _new_import(tree, source, statement, known))
    return None


def _longer(node: ast.ImportFrom, source: Source, name: str) -> Edit:
    """``from module import a, b`` with one more name."""
    last = node.names[-1]
    line = last.end_lineno or node.lineno
    column = characters(source.lines[line - 1], last.end_col_offset or 0)
    own_line = line > (node.names[-2].end_lineno or 0) if len(node.names) > 1 else line > node.lineno
    indent = source.lines[line - 1][: len(source.lines[line - 1]) - len(source.lines[line - 1].lstrip())]
    return Edit(Span(source.path, line, column, line, column), f",\n{indent}{name}" if own_line else f", {name}")


def _new_import(tree: ast.Module, source: Source, statement: str, module: str) -> Edit:
    """The import on a line of its own: among those of the standard library in their order, or behind the last one of
    the same package, else behind all."""
    head = list(_head_imports(tree))
    standard = [node for node in head if _package(node) in sys.stdlib_module_names and _package(node) != "__future__"]
    if module in sys.stdlib_module_names:
        smaller = [node for node in standard if isinstance(node, ast.Import) and node.names[0].name < module]
        if smaller:
            return _line_after(source, smaller[-1], statement)
        others = [node for node in head if _package(node) != "__future__"]
        if others:
            apart = "" if others[0] in standard else "\n"
            return _insertion(source, others[0].lineno, f"{statement}\n{apart}")
    same = [node for node in head if _package(node) == module.split(".")[0]]
    if same or head:
        return _line_after(source, (same or head)[-1], statement)
    documented = ast.get_docstring(tree, clean=False) is not None
    if documented:
        return _line_after(source, tree.body[0], f"\n{statement}")
    first = tree.body[0] if tree.body else None
    decorated = [each.lineno for each in getattr(first, "decorator_list", ())]
    return _insertion(source, min([*decorated, first.lineno]) if first else 1, f"{statement}\n\n")


def _head_imports(tree: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports at the head of the file, before its first other statement but a docstring."""
    for number, node in enumerate(tree.body):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield node
        elif number or not isinstance(node, ast.Expr):
            return


def _package(node: ast.Import | ast.ImportFrom) -> str:
    if isinstance(node, ast.Import):
        return node.names[0].name.split(".")[0]
    return "" if node.level else (node.module or "").split(".")[0]


def _line_after(source: Source, node: ast.stmt, text: str) -> Edit:
    line = (node.end_lineno or node.lineno) + 1
    if line <= len(source.lines):
        return _insertion(source, line, f"{text}\n")
    end = len(source.lines[line - 2]) + 1
    return Edit(Span(source.path, line - 1, end, line - 1, end), f"\n{text}")


def _insertion(source: Source, line: int, text: str) -> Edit:
    return Edit(Span(source.path, line, 1, line, 1), text)


@lru_cache(maxsize=4)
def _bindings(tree: ast.Module) -> _Bound:
    bound = _Bound()
    stack: list[tuple[ast.AST, bool]] = [(node, True) for node in tree.body]
    while stack:
        node, top = stack.pop()
        match node:
            case ast.Import(names=names):
                for alias in names:
                    head = alias.name.split(".")[0]
                    target = alias.name if alias.asname else head
                    bound.imports.setdefault(alias.asname or head, []).append(_Import(target, node.lineno, top))
                continue
            case ast.ImportFrom(names=names, level=level, module=module):
                for alias in names:
                    target = f"{'.' * level}{module or ''}.{alias.name}"
                    bound.imports.setdefault(alias.asname or alias.name, []).append(_Import(target, node.lineno, top))
                continue
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                bound.others.add(name)
                top = False
            case ast.Lambda():
                top = False
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
                bound.others.add(name)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                bound.others.add(name)
            case ast.MatchMapping(rest=str(name)):
                bound.others.add(name)
            case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING")):
                stack.extend((child, False) for child in node.body)
                stack.extend((child, top) for child in node.orelse)
                continue
        stack.extend((child, top) for child in ast.iter_child_nodes(node))
    return bound


def characters(line: str, offset: int) -> int:
    """The column (from 1) of a byte offset, which is what ``ast`` counts in."""
    if line.isascii():
        return offset + 1
    return len(line.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "surrogatepass")) + 1


def span_of(source: Source, node: ast.expr | ast.stmt) -> Span:
    """Where a node of the file's tree stands."""
    lines, last = source.lines, node.end_lineno or node.lineno
    start = characters(lines[node.lineno - 1], node.col_offset)
    return Span(source.path, node.lineno, start, last, characters(lines[last - 1], node.end_col_offset or 0))
