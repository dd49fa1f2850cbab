"""One run over many files: read, interpret, judge, and merge what the files say of each other's classes."""

from __future__ import annotations

import gc
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from initlint import catalog
from initlint.checks import RULES
from initlint.custom import NO_PLUGINS, Plugins
from initlint.custom.run import Runner
from initlint.diagnostics import Diagnostic, Edit, Finding, Fix, PlacedFix, Severity
from initlint.files import Files, Looks
from initlint.interpret import hierarchy, losses
from initlint.interpret.link import Project
from initlint.interpret.mentions import Words
from initlint.interpret.roots import NotRead, read_file
from initlint.interpret.statics import init_functions, library_calls
from initlint.ir.data import dataclass
from initlint.ir.gaps import Reading, not_read, reading
from initlint.ir.model import Model
from initlint.ir.place import Place, Span
from initlint.ir.unknown import Unknown
from initlint.results import FileResult, ModelReport, resolved
from initlint.rule import Rule
from initlint.signal.build import facts
from initlint.signal.facts import FileFacts, LossUse
from initlint.signal.thresholds import DEFAULT, Thresholds
from initlint.syntax.comments import comments
from initlint.syntax.depth import quiet
from initlint.syntax.notebook import trains_nothing
from initlint.syntax.outline import Outline, outline
from initlint.syntax.rewrite import rewrite
from initlint.syntax.source import Source, could_hold_models, read_source

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

_RECURSION = 12_000
# Rules on what the weights start from: symmetry, scale, depth, architecture.
_OF_VALUES = ("IL1", "IL2", "IL3", "IL5")
# Files between two collections of garbage; most of what a file leaves is no garbage in circles, and goes at once.
_COLLECTED = 32


@dataclass(slots=True)
class Worker:
    """The state of one process. Files stay read between those that it is given, but each is analysed in a project of
    its own: what comes of one depends on no other, and ``files.looks`` is what the last depends on.

    ``extension`` holds the project's own tables of layers and functions; making a worker puts them to use.
    ``optional`` are the codes of the rules to run beside those of the default selection; ``plugins`` says where those
    of them are that are not initlint's; ``thresholds`` what predictions are compared with."""

    overlay: dict[str, bytes] = field(default_factory=dict)
    extension: catalog.Extension | None = None
    optional: frozenset[str] = frozenset()
    plugins: Plugins = NO_PLUGINS
    thresholds: Thresholds = DEFAULT
    files: Files = field(init=False)
    project: Project = field(init=False)
    runner: Runner = field(init=False)
    words: Words = field(init=False)
    _files_seen: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        if catalog.use(self.extension):
            hierarchy.forget()
        self.files = Files(self.overlay)
        self.words = Words(self.files)
        self.project = Project(files=self.files)
        self.runner = Runner(self._exists)
        sys.setrecursionlimit(max(sys.getrecursionlimit(), _RECURSION))

    def analyse(self, path: str) -> FileResult:
        """Analyse one file. Never raises for what the file holds: an internal error is the result's ``failure``."""
        self._start_afresh()
        try:
            data = self.files.read(path)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            return FileResult(path, self._of_file(FileFacts(path, unreadable=why)))
        try:
            with quiet:  # once for the file, not for each of its segments
                return replace(self._analyse(path, data), complaints=self.runner.taken())
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{place.filename.rpartition('initlint/')[2]}:{place.lineno}"
            return FileResult(path, failure=f"internal error ({type(error).__name__}: {error}; {where})")

    @property
    def looks(self) -> Looks | None:
        """What the result of the last file depends on; None where that is more: some of it changed meanwhile, or a rule
        was given up in an earlier file."""
        return self.files.looks if self.files.steady and not self.runner.gave_up else None

    def _start_afresh(self) -> None:
        """Forget what top-level code of other files has done. What they say stays read."""
        self.files.looks = {}
        self.project = Project(files=self.files)
        hierarchy.forget_classes()
        self._files_seen += 1
        if self._files_seen % _COLLECTED == 0:
            gc.collect()
            gc.freeze()  # what is left are files that stay read: the next collection need not look at them

    def _analyse(self, path: str, data: bytes) -> FileResult:
        source = read_source(path, data)
        if not isinstance(source, Source):
            return FileResult(path, self._of_file(FileFacts(path, unreadable=source.message)))
        own_comments = tuple(comments(source))
        if not could_hold_models(data) or self.files.is_source_of_another(path):  # what is made of it is judged
            return FileResult(path, self._of_file(FileFacts(path, error=_parses(source))), comments=own_comments)
        namespace = self.project.namespace(path)
        if namespace is None:
            return FileResult(path, self._of_file(FileFacts(path, error=_parses(source))), comments=own_comments)
        models: list[ModelReport] = []
        left_out: list[tuple[str, str]] = []
        readings: list[Reading] = []
        used: list[LossUse] = []
        for found in read_file(self.project, path):
            if isinstance(found, NotRead):
                left_out.append((found.name, found.why))
                readings.append(not_read(found.name, found.place, found.why))
                continue
            models.append(self._judge(found))
            used.extend(losses.inside(found))
            if self.optional and found.standalone:
                readings.append(reading(found))
        calls = tuple(library_calls(self.project, namespace))
        functions = tuple(init_functions(self.project, namespace, self.words))
        used.extend(losses.outside(self.project, namespace))
        return FileResult(
            path,
            self._of_file(
                FileFacts(path, calls=calls, functions=functions, readings=tuple(readings), losses=tuple(used))
            ),
            tuple(models),
            own_comments,
            tuple(left_out),
            tuple(readings),
            frozenset((f.place.path, f.place.segment) for f in functions if f.used and not f.hook and not f.class_name),
        )

    def _of_file(self, given: FileFacts) -> tuple[Diagnostic, ...]:
        return self._resolved(self._found("file", given, given.path))

    def _found(self, scope: str, given: object, about: str) -> list[tuple[Rule[Any], Finding]]:
        found = [(rule, finding) for rule in self._rules(RULES, scope) for finding in rule.check(given)]
        for rule in self._rules(self.plugins.load(), scope):
            found += [(rule, finding) for finding in self.runner.run(rule, given, about)]
        return found

    def _exists(self, place: Place) -> bool:
        try:
            return bool(self.project.locate([place]))
        except Exception:
            return False

    def _judge(self, model: Model) -> ModelReport:
        given = facts(model, self.thresholds)
        every = self._found("model", given, f"class {model.name} ({model.site.path})")
        found = [(rule, self._weighed(rule, finding)) for rule, finding in every]
        filled = any(
            action.explicit and not action.copied and model.site not in action.outer
            for p in model.parameters
            for action in p.history
        )
        actions = [action for parameter in model.parameters for action in parameter.history if action.explicit]
        fillers = {(place.path, place.segment) for action in actions for place in (action.place, *action.outer)}
        own = next((module.type for module in model.modules if module.path == ""), model.name)
        return ModelReport(
            model.name, own, model.standalone, filled and not model.standalone,
            frozenset() if isinstance(model.graph, Unknown) else model.classes, self._resolved(found),
            frozenset(fillers),
        )  # fmt: skip

    def _weighed(self, rule: Rule[Any], finding: Finding) -> Finding:
        """The finding; as advice where it speaks of values in a notebook that trains nothing (decision 13)."""
        path = finding.place.path
        if not path.endswith(".ipynb") or not rule.code.startswith(_OF_VALUES):
            return finding
        namespace = self.project.namespace(path)
        lesson = namespace is not None and trains_nothing(namespace.source)
        return replace(finding, severity=Severity.INFO) if lesson else finding

    def _rules(self, rules: Iterable[Rule[Any]], scope: str) -> list[Rule[Any]]:
        def wanted(rule: Rule[Any]) -> bool:
            return rule.code in self.optional or (rule.default and not rule.origin)

        return [rule for rule in rules if rule.scope == scope and wanted(rule)]

    def _resolved(self, found: Sequence[tuple[Rule[Any], Finding]]) -> tuple[Diagnostic, ...]:
        """Findings with positions in place of places."""
        places: set[Place] = set()
        for _, finding in found:
            places.update(place for place, _ in finding.related)
            if isinstance(finding.place, Place):
                places.add(finding.place)
            if finding.fix is not None:
                places.update(edit.place for edit in finding.fix.edits if isinstance(edit.place, Place))
        spans = self.project.locate(places)
        return tuple(resolved(rule, finding, spans, self._fix(finding.fix, spans)) for rule, finding in found)

    def _fix(self, wanted: PlacedFix | None, spans: dict[Place, Span]) -> Fix | None:
        """The fix as edits of text; None where there is none, or it can't be done without loss."""
        if wanted is None:
            return None
        edits: list[Edit] = []
        for path, wishes in groupby(wanted.edits, lambda edit: edit.place.path):
            namespace = self.project.namespace(path)
            found = rewrite(namespace.source, wishes, spans.get) if namespace is not None else None
            if found is None:
                return None
            edits += found
        return Fix(wanted.message, wanted.applicability, tuple(dict.fromkeys(edits)))


def _parses(source: Source) -> tuple[str, Span] | None:
    """The file's syntax error, if it has one."""
    found = outline(source)
    if isinstance(found, Outline):
        return None
    return found.message, Span(source.path, found.line, found.column, found.line, found.column + 1)


# -- processes

_worker: Worker | None = None


Starting = tuple["dict[str, bytes]", "catalog.Extension | None", "frozenset[str]", Plugins, Thresholds]


def _start(*starting: Any) -> None:
    global _worker
    gc.freeze()  # what was there before the fork stays shared with the parent
    gc.disable()
    _worker = Worker(*starting)


def _context() -> BaseContext | None:
    """How to start processes: by forking this one, with all that they need imported, where that is safe."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return None  # the platform's own way: a fork may copy a lock that another thread holds
    import multiprocessing

    catalog.load().layer("torch.nn.Linear")
    return multiprocessing.get_context("fork")


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _work(path: str) -> tuple[FileResult, Looks | None]:
    assert _worker is not None
    return _worker.analyse(path), _worker.looks


def analyse(
    paths: Sequence[str],
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
    overlay: dict[str, bytes] | None = None,
    extension: catalog.Extension | None = None,
    optional: frozenset[str] = frozenset(),
    plugins: Plugins = NO_PLUGINS,
    keep: Callable[[FileResult, Looks], None] | None = None,
    thresholds: Thresholds = DEFAULT,
) -> list[FileResult]:
    """Analyse files, in ``jobs`` processes, with the default rules and those that have the codes ``optional``, which
    may be rules of ``plugins``.

    ``overlay`` gives the bytes of files that are not read from disk. ``extension`` holds the project's own tables of
    layers and functions; ``thresholds`` are what predictions are compared with. ``progress`` is told how many files of
    how many are done, ``keep`` each result with what it depends on, where that is known for sure. Results come in the
    order of ``paths``, the same for any number of processes.

    :raises initlint.catalog.CatalogError: the extension doesn't follow the catalogue's format.
    """
    done: dict[str, FileResult] = {}
    for result, looks in _analysed(paths, jobs, (overlay or {}, extension, optional, plugins, thresholds)):
        done[result.path] = result
        if progress is not None:
            progress(len(done), len(paths))
        if keep is not None and looks is not None and result.failure is None and not result.complaints:
            keep(result, looks)
    return [done[path] for path in paths]


def _analysed(paths: Sequence[str], jobs: int, starting: Starting) -> Iterator[tuple[FileResult, Looks | None]]:
    """Each result with what it depends on; None where that changed meanwhile."""
    if jobs <= 1 or len(paths) < 8:
        worker, collecting = Worker(*starting), gc.isenabled()
        gc.disable()
        try:
            for path in paths:
                yield worker.analyse(path), worker.looks
        finally:
            gc.unfreeze()
            if collecting:
                gc.enable()
        return
    from concurrent.futures import ProcessPoolExecutor

    largest_first = sorted(paths, key=_size, reverse=True)  # so that no process is left with a large file at the end
    with ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_start, initargs=starting) as pool:
        yield from pool.map(_work, largest_first)


def dump(path: str, class_name: str | None = None, extension: catalog.Extension | None = None) -> str:
    """The model graphs of a file as text; ValueError where the file or the class cannot be read."""
    from initlint.ir.text import model_text, reading_text

    worker = Worker(extension=extension)
    namespace = worker.project.namespace(path)
    if namespace is None:
        raise ValueError(f"{path} cannot be read as Python")
    texts = []
    for found in read_file(worker.project, path, every_class=True):
        if class_name is not None and found.name != class_name:
            continue
        if isinstance(found, NotRead):
            texts.append(f"class {found.name}: not read: {found.why}\n")
            continue
        places = {module.place for module in found.modules} | {found.site}
        places |= {u.place for u in found.unknowns if u.place is not None}
        how_far = reading(found)
        places |= {reason.place for reason in how_far.reasons if reason.place is not None}
        spans = worker.project.locate(places)
        texts.append(model_text(found, spans) + reading_text(how_far, spans))
    if not texts:
        raise ValueError(f"{path} has no module class" + (f" `{class_name}`" if class_name else ""))
    return "\n".join(texts)
