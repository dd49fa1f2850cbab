"""Changes of a source file that leave its meaning as it is, on Python's own syntax trees."""

from __future__ import annotations

import ast
import builtins
import copy
import random
from collections.abc import Callable, Iterator

from tests.laws.programs import Files

Function = ast.FunctionDef


def plain(text: str) -> str:
    """The text as ``ast.unparse`` writes it, so that it differs from a changed one in the change alone."""
    return ast.unparse(ast.parse(text)) + "\n"


def renamed_variables(rng: random.Random, text: str) -> Files:
    """Local variables under other names."""
    tree = ast.parse(text)
    for function in _functions(tree):
        inner = [node for node in ast.walk(function) if node is not function]
        fixed = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
        fixed |= {name for node in inner if isinstance(node, (ast.Global, ast.Nonlocal)) for name in node.names}
        fixed |= {node.name for node in inner if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
        fixed |= {node.name for node in inner if isinstance(node, ast.ExceptHandler) and node.name}
        fixed |= {alias.asname or alias.name for node in inner if isinstance(node, ast.alias) for alias in [node]}
        stored = {node.id for node in inner if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        for node in inner:
            if isinstance(node, ast.Name) and node.id in stored - fixed:
                node.id = f"{node.id}_other"
    return {"net.py": ast.unparse(tree) + "\n"}


def swapped_statements(rng: random.Random, text: str) -> Files:
    """Neighbouring assignments to attributes of self that cannot know of each other."""
    tree = ast.parse(text)
    for function in _functions(tree):
        body = function.body
        for first, second in zip(range(len(body)), range(1, len(body))):
            if _makes_attribute(body[first]) and _makes_attribute(body[second]) and rng.random() < 0.7:
                body[first], body[second] = body[second], body[first]
    return {"net.py": ast.unparse(tree) + "\n"}


def _makes_attribute(statement: ast.stmt) -> bool:
    match statement:
        case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"))], value=ast.Call() as value):
            names = [node.id for node in ast.walk(value) if isinstance(node, ast.Name)]
            walrus = any(isinstance(node, ast.NamedExpr) for node in ast.walk(value))
            return "self" not in names and not walrus and isinstance(value.func, ast.Attribute)
    return False


def wrapped_statements(rng: random.Random, text: str) -> Files:
    """Statements of functions under a condition that always holds."""
    tree = ast.parse(text)
    for function in _functions(tree):
        function.body = [
            ast.If(test=ast.Constant(value=True), body=[each], orelse=[])
            if rng.random() < 0.5 and not isinstance(each, (ast.Nonlocal, ast.Global, ast.FunctionDef, ast.ClassDef))
            and not _is_docstring(each) and not _yields(function)
            else each
            for each in function.body
        ]  # fmt: skip
    return {"net.py": ast.unparse(ast.fix_missing_locations(tree)) + "\n"}


def extracted_functions(rng: random.Random, text: str) -> Files:
    """Layers made in functions of their own."""
    tree = ast.parse(text)
    helpers: list[ast.stmt] = []
    for function in _functions(tree):
        own = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
        own |= {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        for statement in function.body:
            if _makes_attribute(statement) and rng.random() < 0.7:
                assert isinstance(statement, ast.Assign)
                value = statement.value
                if any(isinstance(n, (ast.Lambda, ast.comprehension, ast.Starred)) for n in ast.walk(value)):
                    continue
                names = sorted({n.id for n in ast.walk(value) if isinstance(n, ast.Name)} & own - set(dir(builtins)))
                name = f"make_part_{len(helpers)}"
                arguments = ast.arguments([], [ast.arg(each) for each in names], None, [], [], None, [])
                made = ast.parse(f"def {name}(): pass").body[0]
                assert isinstance(made, ast.FunctionDef)
                made.args, made.body = arguments, [ast.Return(value)]
                helpers.append(made)
                statement.value = ast.Call(ast.Name(name, ast.Load()), [ast.Name(n, ast.Load()) for n in names], [])
    start = next((n for n, each in enumerate(tree.body) if isinstance(each, (ast.ClassDef, ast.FunctionDef))), 0)
    tree.body[start:start] = helpers
    return {"net.py": ast.unparse(ast.fix_missing_locations(tree)) + "\n"}


def split_files(rng: random.Random, text: str) -> Files:
    """The first definitions in a file of their own, imported by the other."""
    tree = ast.parse(text)
    imports = [each for each in tree.body if isinstance(each, (ast.Import, ast.ImportFrom))]
    rest = [each for each in tree.body if each not in imports and not _is_docstring(each)]
    bounds = [n for n in range(1, len(rest)) if not _bound(rest[n:]) & _mentioned(rest[:n])]
    bounds = [n for n in bounds if not any(_runs(each) for each in rest[:n])]
    if not bounds:
        return {"net.py": plain(text)}
    at = rng.choice(bounds)
    names = sorted(_bound(rest[:at]) & _mentioned(rest[at:]))
    future = [each for each in imports if isinstance(each, ast.ImportFrom) and each.module == "__future__"]
    link = [ast.ImportFrom("parts", [ast.alias(name) for name in names], 0)] if names else []
    others = [each for each in imports if each not in future]
    parts = ast.Module([*copy.deepcopy(imports), *rest[:at]], [])
    net = ast.Module([*future, *others, *link, *rest[at:]], [])
    return {f"{n}.py": ast.unparse(ast.fix_missing_locations(t)) + "\n" for n, t in (("parts", parts), ("net", net))}


def _functions(tree: ast.Module) -> Iterator[Function]:
    """The functions that stand in no other function."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.FunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef):
            waiting += node.body


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _yields(function: Function) -> bool:
    return any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in ast.walk(function))


def _runs(node: ast.stmt) -> bool:
    """Whether a top-level statement does more than to define something: scripts belong together."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return False
    return not isinstance(node, (ast.Assign, ast.AnnAssign)) or any(isinstance(n, ast.Call) for n in ast.walk(node))


def _bound(body: list[ast.stmt]) -> set[str]:
    names = {each.name for each in body if isinstance(each, (ast.FunctionDef, ast.ClassDef))}
    return names | {n.id for each in body if not isinstance(each, (ast.FunctionDef, ast.ClassDef))
                    for n in ast.walk(each) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}  # fmt: skip


def _mentioned(body: list[ast.stmt]) -> set[str]:
    return {node.id for each in body for node in ast.walk(each) if isinstance(node, ast.Name)}


CHANGES: tuple[Callable[[random.Random, str], Files], ...] = (
    renamed_variables, swapped_statements, wrapped_statements, extracted_functions, split_files,
)  # fmt: skip
