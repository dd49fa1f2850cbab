"""IL401, IL402, IL404 and IL602 on hand-made facts."""

from __future__ import annotations

from facts_builder import (
    CALL,
    UNKNOWN,
    at,
    constant,
    default,
    facts,
    garbage,
    kaiming,
    normal,
    parameter,
    run,
    write,
    xavier,
)

from initlint.checks import init_needs_2d, init_never_applied, init_overwritten, uninitialised_parameter
from initlint.diagnostics import Finding, Severity
from initlint.ir.initializer import InitAction
from initlint.ir.model import Misuse, Module, Parameter
from initlint.signal.facts import FileFacts, InitFunction

EMPTY = write(garbage(), at(7))
FIRST, BLANKET = at(1), at(2)


def uninitialised(*parameters: Parameter) -> list[Finding]:
    modules = [Module("", "user", "net.Net", at(0)), Module("pool", "user", "net.Pool", at(3))]
    return run(uninitialised_parameter.check, facts(parameters=parameters, modules=modules))


def test_garbage_is_named_with_its_owner() -> None:
    [finding] = uninitialised(parameter("pool.query", EMPTY), parameter("pool.key", EMPTY))
    assert finding.message.startswith("`pool.query` and `pool.key` keep whatever memory `torch.empty` finds")
    assert (finding.place, finding.class_name, finding.severity) == (EMPTY.place, "Pool", Severity.ERROR)


def test_garbage_is_silent_for_buffers_sizes_not_known_and_possible_writes() -> None:
    assert uninitialised(parameter("a", EMPTY, buffer=True)) == []
    assert uninitialised(parameter("a", EMPTY, shape=UNKNOWN)) == []
    assert uninitialised(parameter("a", EMPTY, shape=(0,))) == []
    assert uninitialised(parameter("a", EMPTY, write(normal()))) == []
    assert uninitialised(parameter("a", write(garbage(), may=True))) == []
    assert uninitialised(parameter("a")) == []


def test_an_init_function_without_a_use() -> None:
    functions = (
        InitFunction("_init_weights", "Net", at(1), used=False, hook=False),
        InitFunction("init", "", at(2), used=False, hook=False),
        InitFunction("reset", "Net", at(3), used=True, hook=False),
        InitFunction("_init_weights", "Pretrained", at(4), used=False, hook=True),
    )
    method, function = run(init_never_applied.check, FileFacts("net.py", functions=functions))
    assert method.class_name == "Net" and "`Net.__init__`" in method.message
    assert "`model.apply(init)`" in function.message


def overwritten(*history: InitAction, name: str = "head.weight", more: tuple[Parameter, ...] = ()) -> list[Finding]:
    wiped = parameter(name, history[-1], history=history)
    return run(init_overwritten.check, facts(parameters=(wiped, *more)))


def blanket(**options: object) -> InitAction:
    return write(normal(), BLANKET, blanket=True, outer=(at(3),))


def test_a_zero_gate_wiped_by_apply() -> None:
    [finding] = overwritten(write(constant(0), FIRST), blanket())
    assert finding.place == FIRST and finding.related == ((BLANKET, "overwritten here"), (at(3), "reached from here"))
    assert finding.message == (
        "this init of `head.weight` is lost: the constant 0 is overwritten by `normal_` with std 0.02; "
        "move it behind the later init"
    )


def test_deliberate_is_what_differs_on_purpose() -> None:
    assert len(overwritten(write(normal(std=0.002), FIRST), blanket())) == 1
    assert len(overwritten(write(constant(-4.6), FIRST), blanket(), name="head.bias")) == 1
    assert overwritten(write(normal(std=0.01), FIRST), blanket()) == []
    assert overwritten(write(kaiming(), FIRST), blanket()) == []
    assert overwritten(write(constant(0), FIRST), blanket(), name="head.bias") == []


def test_silent_where_nothing_deliberate_is_lost() -> None:
    zero = write(constant(0), FIRST)
    assert overwritten(write(default(), FIRST), blanket()) == []
    assert overwritten(write(constant(0), FIRST, blanket=True), blanket()) == []
    assert overwritten(write(constant(0), FIRST, may=True), blanket()) == []
    assert overwritten(zero, write(normal(), BLANKET, may=True)) == []
    assert overwritten(zero, write(constant(0), BLANKET, blanket=True)) == []


def test_silent_where_the_call_survives_for_another_layer() -> None:
    zero = write(constant(0), FIRST)
    assert overwritten(zero, blanket(), more=(parameter("gate.weight", zero),)) == []


def test_a_second_init_in_the_same_function() -> None:
    [finding] = overwritten(write(constant(0), FIRST), write(xavier(), CALL))
    assert finding.message.endswith("keep one of the two")


def test_a_subclass_may_override_its_base() -> None:
    base = write(constant(0), FIRST, outer=(at(9),))
    assert overwritten(base, write(normal(), CALL)) == []
    assert len(overwritten(write(constant(0), FIRST), write(normal(), CALL, outer=(at(9),)))) == 1


def test_a_matrix_init_on_vectors_is_one_finding() -> None:
    text = "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions"
    misuses = [
        Misuse("too-few-dimensions", text, CALL, (at(4),), parameter="fc.bias"),
        Misuse("too-few-dimensions", text, CALL, (at(4),), parameter="norm.weight"),
        Misuse("too-few-dimensions", text, at(5), may=True, parameter="other.bias"),
        Misuse("bad-argument", text, at(6), parameter="third.bias"),
    ]
    [finding] = run(init_needs_2d.check, facts(misuses=misuses))
    assert finding.message == (
        "this call raises ValueError for `fc.bias` and `norm.weight` (fan in and fan out can not be computed for "
        "tensor with fewer than 2 dimensions); test `p.dim() > 1` first, or set biases with `zeros_`"
    )
