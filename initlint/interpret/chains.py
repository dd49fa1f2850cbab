"""Models that are no class: an ``nn.Sequential`` that a script, a function or an agent makes for itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from initlint.interpret.link import Namespace
from initlint.interpret.machine import Machine
from initlint.interpret.values import Obj
from initlint.ir import code
from initlint.syntax.calls import walk
from initlint.syntax.outline import Segment

CHAINS = re.compile(r"\bSequential\s*\(")
CHAIN = "torch.nn.Sequential"  # the one library class that is a whole model by itself
_NAMES = re.compile(r"\b[^\W\d]\w*")


def made_apart(namespace: Namespace, is_module: Callable[[str], bool]) -> frozenset[int]:
    """The segments whose texts build an ``nn.Sequential`` that is no part of a module class of the file, as functions
    and agents do whose names none of them mentions, nor any function that they mention. What a module class makes and
    then drops, or keeps where no walk finds it, is no model by itself; ``is_module`` tells these classes' names."""
    segments = namespace.outline.segments
    makers = [segment for segment in segments if CHAINS.search(segment.text)]
    classes = [each for each in segments if "class" in each.kinds and any(map(is_module, each.names))] if makers else []
    texts = {
        name: segment.text
        for segment in segments
        if "function" in segment.kinds and "class" not in segment.kinds
        for name in segment.names
    }
    taken = _mentioned(classes, texts)
    return frozenset(each.number for each in makers if each not in classes and taken.isdisjoint(each.names))


def _mentioned(segments: Iterable[Segment], functions: Mapping[str, str]) -> frozenset[str]:
    """The names in the segments' texts, and in those of the functions that they name."""
    waiting = [segment.text for segment in segments]
    found: set[str] = set()
    while waiting:
        new = set(_NAMES.findall(waiting.pop())) - found
        found |= new
        waiting += [functions[name] for name in new if name in functions]
    return frozenset(found)


def held(machine: Machine, chain: Obj) -> Obj:
    """What stands for the chain with its name in front of its layers' (``net.0``), where an assignment gives it one."""
    name = _assigned_name(machine.project.code(chain.made.path, chain.made.segment), chain.made.number)
    if not name:
        return chain
    holder = Obj(chain.cls, chain.made, chain.outer)
    holder.data[name] = chain
    return holder


def _assigned_name(statements: Iterable[code.Stmt], at: int) -> str:
    for node in walk(statements):
        if isinstance(node, code.Assign) and isinstance(node.value, code.Call) and node.value.at == at:
            match node.targets[0]:
                case code.Name(id=name) | code.Attribute(name=name):
                    return name
    return ""
