"""What a constructor's error says of the arguments that were guessed: a list for a number, one of some words, another
length, one more argument."""

from __future__ import annotations

import ast
import contextlib
import linecache
import re
import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from types import FrameType, TracebackType
from typing import Any

from torch import nn

from initlint.probe.construct import Construction, Values, accepts, by_name, constructions, guessed
from initlint.probe.limits import TooSlow
from initlint.probe.names import Part, Settings

_SEVERAL = re.compile(
    r"not iterable|non-iterable|has no len|not subscriptable|not reversible|must be (?:an? )?(?:tuple|list|sequence)|"
    r"object has no attribute '(?:append|index|copy|insert|pop|extend)'"
)
_CALLED = re.compile(
    r"'(?:int|bool|float|NoneType|list)' object is not callable|not a Module subclass|must be callable"
)
_LENGTH = re.compile(r"values to unpack \(expected (?:at least )?(\d+)")
_SHORT = re.compile(r"index out of range")
_UNEQUAL = re.compile(
    r"tensor a \((\d+)\) must match the size of tensor b \((\d+)\)|to have (\d+) channels, but got (\d+) channels|"
    r"multiplied \(\d+x(\d+) and (\d+)x\d+\)"
)
_WANTED = re.compile(
    r"missing \d+ required (?:positional|keyword-only) arguments?: '(\w+)'|KeyError: '(\w+)'|"
    r"[`'\"]?(\w+)[`'\"]? (?:must|should|has to|needs to) be (?:passed|given|specified|provided|set|supplied)|"
    r"(?:pass|provide|specify|supply|set) (?:an? |the |your )?[`'\"]?(\w+)"
)
_LACKS = re.compile(r"'\w+' object has no attribute '(\w+)'")
_LIMITED = re.compile(r"must be (?:less|smaller|greater|larger|at least|at most|>|<)|too (?:small|large)")
_WORD = r"['\"]([\w\-/.]+)['\"]"
_WORDS = re.compile(
    r"\b(?:one of|either|in|among|supported\w*|choices?|options?)[:\s]*[\[({]?"
    r"((?:['\"][\w\-/.]+['\"](?:,|\s|or|and)*)+)"
)
# So many ways to build it are tried, of which each differs from a first guess by so many changes at most.
_CONSTRUCTIONS, _CHANGED = 40, 5
_COUNTS = (4, 3, 2)
_MOST_WORDS = 3


def working(entry: Any, module: Any) -> Callable[[], Any] | None:
    """How to build a class or function, by whatever way works first; None where none does."""
    for construction, _ in tried(entry, module, None, lambda each: each.build(), lambda way, error: None):
        return construction.build
    return None


def tried(
    entry: Any, module: Any, kwargs: Values | None, build: Callable[[Construction], Any],
    failed: Callable[[str, BaseException], None],
) -> Generator[tuple[Construction, Any], str | None]:  # fmt: skip
    """The ways to build it that work, and what ``build`` makes of each; where guesses fail, what the error says is
    tried. ``failed`` hears of the others. Where a model's forward raises of two sizes and that is sent, arguments that
    have the one get the other."""
    waiting = [(each, 0) for each in constructions(entry, module, kwargs, working)]
    tries, seen = 0, [each.arguments for each, _ in waiting]
    while waiting and tries < _CONSTRUCTIONS:
        construction, changed = waiting.pop(0)
        tries += 1
        try:
            made = build(construction)
        except TooSlow:
            raise
        except (Exception, SystemExit) as error:
            failed(construction.way, error)
            if construction.guesses and changed < _CHANGED:
                for arguments in changes(entry, construction.arguments, error):
                    if arguments not in seen:
                        seen.append(arguments)
                        waiting.append((guessed(_way(construction.way, arguments), entry, arguments), changed + 1))
            continue
        raised = yield construction, made
        if raised and construction.guesses:
            for arguments in _made_equal(construction.arguments, raised):
                if arguments not in seen:
                    seen.append(arguments)
                    waiting.insert(0, (guessed(_way(construction.way, arguments), entry, arguments), _CHANGED))


def _made_equal(arguments: Values, raised: str) -> Iterator[Values]:
    """The likeliest last: a single number instead of all that are equal."""
    match = _UNEQUAL.search(raised)
    one, two = map(int, filter(None, match.groups())) if match else (0, 0)
    for have, want in ((one, two), (two, one)) if one != two else ():
        for name, value in reversed(list(arguments.items())):
            if type(value) is int and value == have:
                yield {**arguments, name: want}


def _way(way: str, arguments: Values) -> str:
    plain = ", ".join(f"{name}={each!r}" for name, each in arguments.items() if not isinstance(each, (Part, type)))
    return f"{way.partition(' (')[0]} ({plain})" if len(plain) < 200 else way


def changes(entry: Any, arguments: Values, error: BaseException) -> Iterator[Values]:
    """Other arguments to try after that error, the likeliest first; what stands in settings is changed as they are."""
    held = {name: each for name, each in arguments.items() if isinstance(each, Settings)}
    plain = {name: each for name, each in arguments.items() if name not in held}
    inside = {key: each for one in held.values() for key, each in one.values.items() if key not in plain}
    for changed in _changes(entry, {**inside, **plain}, error):
        settings = {
            name: Settings({key: changed.get(key, each) for key, each in one.values.items()})
            for name, one in held.items()
        }
        yield {**{name: each for name, each in changed.items() if name not in inside}, **settings}


def _changes(entry: Any, arguments: Values, error: BaseException) -> Iterator[Values]:
    text = f"{type(error).__name__}: {error}"
    frame, line = _raised(entry, error.__traceback__)
    blamed = _blamed(arguments, text, line)
    for name in _wanted(entry, arguments, text):
        value = by_name(entry, name)
        yield {**arguments, name: 32 if value is None else value}
    for word in _words(error, text, line, frame):
        for name in blamed:
            if isinstance(arguments[name], (int, str)) and not isinstance(arguments[name], bool):
                yield {**arguments, name: word}
    numbers = [name for name in blamed if type(arguments[name]) in (int, float)]
    lists = [name for name in blamed if isinstance(arguments[name], list)]
    match = _LENGTH.search(text)
    wanted = [int(match[1])] if match else _other_lengths(arguments, lists, text)
    for name in lists:
        for length in wanted or ([len(arguments[name]) + 2] if _SHORT.search(text) else []):
            if length != len(arguments[name]):
                yield {**arguments, name: [*arguments[name][:1] * length]}
    if _SEVERAL.search(text):
        for name in numbers:
            for count in _COUNTS:
                yield {**arguments, name: [arguments[name]] * count}
    if _CALLED.search(text):
        for name in blamed:
            if not isinstance(arguments[name], type):
                yield {**arguments, name: nn.Identity}
    lacks = _LACKS.search(text)
    for name in [name for name in arguments if lacks and isinstance(arguments[name], Part)]:
        for part in _having(entry, str(lacks and lacks[1])):
            yield {**arguments, name: part}
    if _LIMITED.search(text):
        for name in numbers:
            yield {**arguments, name: arguments[name] * 4}
            yield {**arguments, name: type(arguments[name])(arguments[name] / 4)}
    if "divisible" in text or "%" in line:
        for name in numbers:
            if isinstance(arguments[name], int) and arguments[name] > 1:
                yield {**arguments, name: 1}
                yield {**arguments, name: 64}


def _having(entry: Any, attribute: str) -> Iterator[Part]:
    """Modules of the classes that the entry's module knows and whose constructors set that attribute."""
    home = sys.modules.get(getattr(entry, "__module__", ""))
    for each in list(vars(home).values()) if home is not None else ():
        if isinstance(each, type) and issubclass(each, nn.Module) and each is not entry:
            code = getattr(each.__init__, "__code__", None)
            if code is not None and attribute in code.co_names:
                build = working(each, home)
                if build is not None:
                    yield Part(build)


def _raised(entry: Any, trace: TracebackType | None) -> tuple[FrameType | None, str]:
    """Where in the class's own constructor, or the function, it was raised, and the text there: of a line that raises
    also the condition."""
    found, line = None, ""
    while trace is not None:
        frame, number = trace.tb_frame, trace.tb_lineno
        held = frame.f_locals.get(frame.f_code.co_varnames[0]) if frame.f_code.co_varnames else None
        if (isinstance(entry, type) and isinstance(held, entry)) or frame.f_code is getattr(entry, "__code__", None):
            found, path = frame, frame.f_code.co_filename
            line = linecache.getline(path, number)
            if line.lstrip().startswith("raise"):
                line = linecache.getline(path, number - 1)
        trace = trace.tb_next
    return found, line


def _blamed(arguments: Mapping[str, Any], text: str, line: str) -> list[str]:
    """The arguments that the error names, or the line that raised it; else all."""
    for said in (set(re.findall(r"\w+", text)), set(re.findall(r"\w+", line))):
        found = [name for name in arguments if name in said]
        if found:
            return found
    return list(arguments)


def _wanted(entry: Any, arguments: Mapping[str, Any], text: str) -> list[str]:
    match = _WANTED.search(text)
    name = next(filter(None, match.groups()), "") if match else ""
    return [name] if name and name not in arguments and accepts(entry, name) else []


def _words(error: BaseException, text: str, line: str, frame: FrameType | None) -> list[Any]:
    """The values of which an argument must be one: as the error or the line lists them, or the keys of the table that
    has none of that name."""
    match = _WORDS.search(text) or _WORDS.search(line)
    if match:
        return re.findall(_WORD, match[1])[:_MOST_WORDS]
    scope = {**frame.f_globals, **frame.f_locals} if frame is not None else {}
    if isinstance(error, KeyError):
        tables = [scope.get(name) for name in re.findall(r"\w+", line)]
    else:
        tables = list(_compared(line, scope))
    for table in tables:
        if (
            isinstance(table, (dict, set, frozenset, list, tuple))
            and table
            and all(isinstance(key, str) for key in table)
        ):
            return sorted(table)[:_MOST_WORDS] if isinstance(table, (set, frozenset)) else list(table)[:_MOST_WORDS]
    return []


def _compared(line: str, scope: dict[str, Any]) -> Iterator[Any]:
    """What something should be in, by a condition of one line."""
    text = line.strip()
    with contextlib.suppress(SyntaxError, ValueError):
        for node in ast.walk(ast.parse(f"{text} pass" if text.endswith(":") else text)):
            if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn)):
                with contextlib.suppress(Exception):  # it has been evaluated once, but in another scope
                    yield eval(compile(ast.Expression(node.comparators[0]), "<condition>", "eval"), scope)


def _other_lengths(arguments: Mapping[str, Any], lists: list[str], text: str) -> list[int]:
    """The numbers in the error, where one of them is the length of a list that it complains of."""
    said = [int(each) for each in re.findall(r"\b\d+\b", text) if int(each) <= 16]
    held = {len(arguments[name]) for name in lists}
    return [each for each in said if each not in held] if held & set(said) else []
