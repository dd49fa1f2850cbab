"""Ways to tell the analysis less, without moving a line."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator

from tests.laws.programs import Files

# How many passes a loop makes decides which layer a number names, so that nothing can be compared by name.
_COUNTS = {"range", "zip", "enumerate"}


def unknown_literals(rng: random.Random, files: Files, loops: bool = False) -> Files:
    """Some literals replaced by a call that nothing defines; those that count passes only with ``loops``."""
    changed = dict(files)
    for name, text in files.items():
        found = list(_literals(ast.parse(text), loops))
        if found:
            changed[name] = _replaced(text, rng.sample(found, rng.randint(1, min(3, len(found)))), "unknown()")
    return changed


def opaque_defaults(rng: random.Random, files: Files) -> Files:
    """Arguments without their defaults: each may be anything."""
    changed = dict(files)
    for name, text in files.items():
        tree = ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.args.defaults and rng.random() < 0.8:
                node.args.defaults = []
        changed[name] = _on_the_same_lines(text, tree)
    return changed


def hidden_imports(rng: random.Random, files: Files) -> Files:
    """An import of the file gone, other than torch's own (then there would be no model)."""
    changed = dict(files)
    for name, text in files.items():
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if line.startswith(("import math", "from functools", "from parts")) and rng.random() < 0.6:
                lines[number] = ""
        changed[name] = "\n".join(lines)
    return changed


def deleted_helpers(rng: random.Random, files: Files) -> Files:
    """The project without its other file."""
    return {"net.py": files["net.py"]}


def _literals(tree: ast.AST, loops: bool) -> Iterator[ast.Constant]:
    for node in ast.iter_child_nodes(tree):
        counts = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _COUNTS
        if (counts or isinstance(node, (ast.List, ast.Slice))) and not loops:
            continue
        if isinstance(node, (ast.Import, ast.ImportFrom, ast.JoinedStr)):
            continue
        if isinstance(node, ast.Constant) and node.value is not None and node.lineno == node.end_lineno:
            yield node
        yield from _literals(node, loops)


def _replaced(text: str, nodes: list[ast.Constant], by: str) -> str:
    lines = text.split("\n")
    for node in sorted(nodes, key=lambda each: (each.lineno, each.col_offset), reverse=True):
        line = lines[node.lineno - 1].encode()
        lines[node.lineno - 1] = (line[: node.col_offset] + by.encode() + line[node.end_col_offset :]).decode()
    return "\n".join(lines)


def _on_the_same_lines(text: str, tree: ast.Module) -> str:
    """The text with the signatures of the tree's functions, which must stand on one line each."""
    lines = text.split("\n")
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            line = lines[node.lineno - 1]
            lines[node.lineno - 1] = f"{line[: node.col_offset]}def {node.name}({ast.unparse(node.args)}):"
    return "\n".join(lines)
