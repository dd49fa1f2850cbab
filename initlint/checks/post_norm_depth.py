"""IL509: a post-norm Transformer so deep that it doesn't train without a warm-up made for it."""

from __future__ import annotations

from collections.abc import Iterator

from initlint.checks._weights import DENSE, first_action
from initlint.checks._wording import plural
from initlint.diagnostics import Finding, Severity
from initlint.ir.model import Module
from initlint.ir.place import Place
from initlint.rule import Rule
from initlint.signal.facts import Facts, LayerFact, Sublayers

# Liu et al. 2020: 12 layers of it train, 18 do not.
DEEP = 12
# DeepNorm, T-Fixup and Admin start the branches at a fraction of the identity.
SCALED = 0.1


def check(facts: Facts) -> Iterator[Finding]:
    """One finding for each line that builds such a stack."""
    told: set[Place] = set()
    for found in facts.sublayers:
        deep = _layers(found)
        if found.kind != "post" or deep <= DEEP or not all(_full(each.end) for each in found.chain):
            continue
        first, last = found.chain[0].end, found.chain[-1].end
        place = _built(facts, first, last)
        if place not in told:
            told.add(place)
            yield Finding(place, _message(deep), Severity.WARNING, class_name=facts.model.name, layer=first.name)


def _layers(found: Sublayers) -> int:
    """How many Transformer layers the sublayers make: each has one without attention."""
    mixing = sum(each.mixes for each in found.chain)
    return min(mixing, len(found.chain) - mixing)


def _full(end: LayerFact) -> bool:
    """Whether the branch starts as large as others do, by torch's default or a scheme: a scale set by hand, such as
    BERT's 0.02, comes with a recipe. An attention's output projection is not seen apart."""
    if end.op.name not in DENSE:
        return end.op.name == "attention"
    scheme = first_action(end).initializer.scheme
    return bool(scheme) and isinstance(end.gain, (int, float)) and end.gain >= SCALED


def _built(facts: Facts, first: LayerFact, last: LayerFact) -> Place:
    """The call that makes the first of the blocks; of torch's own, the one that makes all of them."""
    modules = {module.path: module for module in facts.model.modules}
    own = {module.place.path for module in modules.values() if module.kind == "user"}
    one, other = first.name.split("."), last.name.split(".")
    shared = next((n for n, (a, b) in enumerate(zip(one, other)) if a != b), 0)
    paths = (".".join(one[:length]) for length in range(shared + 1, 0, -1))
    made: Iterator[Module] = (modules[path] for path in paths if path in modules)
    return next((module.place for module in made if module.place.path in own), first.made)


def _message(deep: int) -> str:
    return (
        f"{plural(deep, 'post-norm layer')} in a row: gradients at init are large near the output, so without a "
        f"warm-up the loss stays where it starts; put the norms inside the branches, `x + f(norm(x))`, or scale the "
        f"branches as DeepNorm does"
    )


RULE = Rule("IL509", "post-norm-depth", "a post-norm Transformer too deep to train as it is", check)
