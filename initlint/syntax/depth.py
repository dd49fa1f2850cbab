"""Bounds on how deeply source may nest, so that no input overflows a stack.

libcst's parser recurses on the machine stack: about 27 kB for each nested block, 7 kB for each bracket and 1 to 3 kB
for each link of a chain (measured on libcst 1.9), and crashes the process where that runs out. So depth is bounded
before libcst sees the text, by a measure that does not depend on who calls.
"""

from __future__ import annotations

import ast
import gc
import re
import sys
import threading
import warnings
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

TOO_DEEP = "nested too deeply to be read"

# Any construct nests at most one level for each character, so that text shorter than this need not be looked into.
_SHORT = 600
_LEVELS = 500
_BRACKETS = 200
_INDENTS = 100
_STACK = 16 << 20
_FRAMES = 8000

# Two string literals side by side: libcst nests them to the right, ast shows only their concatenation.
_SIDE_BY_SIDE = re.compile(r"['\"](?:[ \t\n\\]|#[^\n]*\n)*[rbfutRBFUT]{0,2}['\"]")
_LITERAL = re.compile(r"\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|#[^\n]*")
_MARK = re.compile(r"[()\[\]{}\n]")
_LINK = re.compile(r"[-+*/%@&|^~.<>=]|\b(?:not|lambda|if|and|or|for|await)\b|['\"]")
_INDENT = re.compile(r"^[ \t\f]*(?=[^\s#])", re.MULTILINE)


def is_deep(tree: ast.stmt, starts: list[int], text: str) -> bool:
    """Whether a statement nests too deeply for libcst. ``starts`` are the offsets of the lines of ``text``."""
    stack: list[tuple[ast.AST, int]] = [(tree, 0)]
    while stack:
        node, depth = stack.pop()
        # A decorator stands before the lines of what it decorates.
        stack.extend((decorator, depth + 1) for decorator in getattr(node, "decorator_list", ()))
        first = getattr(node, "lineno", 0)
        if first:
            last = getattr(node, "end_lineno", None) or first
            if starts[last] - starts[first - 1] <= _SHORT:
                continue
            if first == last and getattr(node, "end_col_offset", 0) - getattr(node, "col_offset", 0) <= _SHORT:
                continue
            if isinstance(node, (ast.Constant, ast.JoinedStr)):
                if _has_many_strings(text[starts[first - 1] : starts[last]]):
                    return True
                if isinstance(node, ast.JoinedStr) and _levels(node) + depth > _LEVELS:
                    return True
                continue
        depth += _hidden_levels(node)
        if depth > _LEVELS:
            return True
        stack.extend((child, depth + 1) for child in ast.iter_child_nodes(node))
    return False


def _hidden_levels(node: ast.AST) -> int:
    """What libcst nests although ast has it side by side: ``and`` chains, ``for`` clauses, dotted imports."""
    match node:
        case ast.BoolOp(values=values):
            return len(values)
        case ast.ListComp(generators=clauses) | ast.SetComp(generators=clauses):
            return len(clauses)
        case ast.DictComp(generators=clauses) | ast.GeneratorExp(generators=clauses):
            return len(clauses)
        case ast.Import(names=names):
            return max(alias.name.count(".") for alias in names)
        case ast.ImportFrom(module=module):
            return (module or "").count(".")
    return 0


def _has_many_strings(text: str) -> bool:
    return len(_SIDE_BY_SIDE.findall(text)) > _LEVELS


def _levels(node: ast.AST) -> int:
    # Positions inside f-strings are wrong before Python 3.12, so that lengths say nothing there.
    deepest, stack = 0, [(node, 0)]
    while stack:
        node, depth = stack.pop()
        depth += _hidden_levels(node)
        deepest = max(deepest, depth)
        stack.extend((child, depth + 1) for child in ast.iter_child_nodes(node))
    return deepest


def might_be_deep(text: str) -> bool:
    """A cautious guess for text that ast cannot read: brackets, indentation, and chains within brackets or a line."""
    depth = start = 0
    text = _LITERAL.sub("''", text)
    for mark in _MARK.finditer(text):
        character = mark.group()
        if character in "([{":
            depth += 1
            if depth > _BRACKETS:
                return True
        elif character != "\n":
            depth = max(0, depth - 1)
        elif depth == 0 and text[mark.start() - 1 : mark.start()] != "\\":
            if mark.start() - start > _SHORT and len(_LINK.findall(text, start, mark.start())) > _LEVELS:
                return True
            start = mark.end()
    if len(_LINK.findall(text, start)) > _LEVELS or text.count("elif") > _LEVELS:
        return True
    return len({match.group() for match in _INDENT.finditer(text)}) > _INDENTS


_lock = threading.Lock()


class _Shared:
    """A setting of the process that is changed while at least one thread needs it so, and then put back."""

    def __init__(self, change: Callable[[], Callable[[], None]]) -> None:
        self._change = change
        self._users = 0
        self._restore: Callable[[], None] | None = None

    def __enter__(self) -> None:
        with _lock:
            if self._users == 0:
                self._restore = self._change()
            self._users += 1

    def __exit__(self, *error: object) -> None:
        with _lock:
            self._users -= 1
            if self._users == 0 and self._restore is not None:
                self._restore()


def _hush() -> Callable[[], None]:
    collecting = gc.isenabled()
    caught = warnings.catch_warnings()
    gc.disable()
    caught.__enter__()
    warnings.simplefilter("ignore")

    def restore() -> None:
        caught.__exit__(None, None, None)
        if collecting:
            gc.enable()

    return restore


def _widen() -> Callable[[], None]:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(limit + _FRAMES)
    return lambda: sys.setrecursionlimit(limit)


# Parse without garbage collection (twice as fast) and without warnings about the user's literals.
quiet = _Shared(_hush)
# Recurse in Python as deeply as is_deep lets through. Not for ast.parse, which crashes where the limit is raised.
room = _Shared(_widen)


def with_stack(work: Callable[[], T]) -> T:
    """Run ``work`` where the machine stack holds what :func:`is_deep` lets through: here on a main thread with its
    usual 8 MB, else on a thread of its own."""
    if sys.platform != "win32" and threading.current_thread() is threading.main_thread():
        return work()
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:
            errors.append(error)

    with _lock:
        former = threading.stack_size(_STACK)
        try:
            thread = threading.Thread(target=run, daemon=True)
            thread.start()
        finally:
            threading.stack_size(former)
    thread.join()
    for error in errors:
        raise error
    return results[0]
