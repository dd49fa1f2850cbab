"""IL104: one instance stands where several layers were meant: one set of weights, used again and again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from initlint.checks._fixes import CHANGES
from initlint.checks._wording import names, plural
from initlint.diagnostics import Applicability, BuildEach, Finding, PlacedFix, Severity
from initlint.ir.model import Twins
from initlint.rule import Rule
from initlint.signal.facts import Facts

# Names by which a project says that it shares on purpose.
_ON_PURPOSE = re.compile(r"shar|tie|tying|recur|reus|common|universal|same|albert|loop|unroll|cell", re.I)


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each call that puts an instance in several places."""
    types = {module.path: module.type for module in facts.model.modules}
    for twins in facts.model.twins:
        if twins.kind == "shared" and not _ON_PURPOSE.search(_says(facts, twins, types)):
            yield Finding(
                twins.place,
                f"{names(twins.paths)} are one layer with one set of weights, used {plural(len(twins.paths), 'time')}: "
                f"the list repeats the instance; build a new one for each place",
                Severity.WARNING,
                fix=PlacedFix(
                    f"build each by itself: they learn apart, and {CHANGES}",
                    Applicability.UNSAFE,
                    (BuildEach(twins.place),),
                ),
                class_name=facts.model.name,
                layer=twins.paths[0],
            )


def _says(facts: Facts, twins: Twins, types: dict[str, str]) -> str:
    """All names that tell what the layers are."""
    container = twins.paths[0].rpartition(".")[0]
    owner = types.get(container.rpartition(".")[0], "").rpartition(".")[2]
    return " ".join([*twins.paths, *twins.names, owner, types.get(twins.paths[0], "").rpartition(".")[2]])


RULE = Rule("IL104", "shared-instance", "one instance where several layers were meant", check)
