"""Hand-made facts for the tests of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from initlint.diagnostics import Finding
from initlint.ir.dim import Scalar, multiply
from initlint.ir.initializer import InitAction, Initializer
from initlint.ir.model import ForwardGraph, Misuse, Model, Module, Op, Parameter
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.signal.facts import Facts, LayerFact, Stack, State

T = TypeVar("T")
UNKNOWN = Unknown("the test says so")
SITE = Place("net.py", 0, 0)
CALL = Place("net.py", 0, 900)


def at(index: int) -> Place:
    """A place of its own."""
    return Place("net.py", 0, index)


def xavier(gain: Scalar = 1.0, std: Scalar | Unknown = 0.1) -> Initializer:
    return Initializer("xavier_uniform_", "uniform", 0, std, "xavier", gain)


def kaiming(gain: float = 2**0.5, std: float = 0.1) -> Initializer:
    return Initializer("kaiming_normal_", "normal", 0, std, "kaiming", gain, "relu", 0.0, "fan_in")


def default(std: float = 0.05) -> Initializer:
    return Initializer("PyTorch's default", "uniform", 0, std, "default")


def constant(value: Scalar, call: str = "constant_") -> Initializer:
    return Initializer(call, "constant", value, 0)


def normal(mean: float = 0, std: float = 0.02) -> Initializer:
    return Initializer("normal_", "normal", mean, std)


def garbage(call: str = "torch.empty") -> Initializer:
    return Initializer(call, "garbage")


def write(
    init: Initializer,
    place: Place = CALL,
    *,
    explicit: bool | None = None,
    blanket: bool = False,
    may: bool = False,
    outer: Sequence[Place] = (),
) -> InitAction:
    """One write; explicit unless it is torch's default or garbage."""
    chosen = init.scheme != "default" and init.family != "garbage" if explicit is None else explicit
    return InitAction(init, place, tuple(outer), may, blanket, chosen)


def parameter(
    name: str,
    *actions: InitAction,
    shape: tuple[Scalar | Unknown, ...] | Unknown = (64, 64),
    history: Sequence[InitAction] | None = None,
    trainable: bool = True,
    buffer: bool = False,
) -> Parameter:
    """A parameter whose candidates are ``actions``; ``history`` is the same unless given."""
    past = tuple(actions) if history is None else tuple(history)
    return Parameter(name, shape, actions, past, at(500), name.rpartition(".")[0], trainable, buffer)


def layer(
    number: int,
    init: InitAction | Sequence[InitAction],
    *,
    activation: str | None = "relu",
    slope: float | Unknown | None = None,
    kind: str = "linear",
    size: tuple[Scalar | Unknown, Scalar | Unknown] = (64, 64),
    gain: Scalar | Unknown | None = None,
    bias: Initializer | None = None,
    next: str | None = None,
    norm_after: bool | None = False,
    norm_before: bool | None = False,
    in_branch: bool | None = False,
    ends_branch: bool = False,
    head: bool = False,
    feeds: tuple[int, ...] | None = None,
    sole_carrier: bool | None = True,
    groups: int | Unknown = 1,
    trainable: bool = True,
) -> LayerFact:
    """Layer ``fc<number>``, by default square, in a plain chain of ReLU layers; op ``number`` feeds ``number + 1``."""
    name = f"fc{number}"
    actions = (init,) if isinstance(init, InitAction) else tuple(init)
    shape = (size[1], size[0])
    weight = parameter(f"{name}.weight", *actions, shape=shape, trainable=trainable)
    fan_in, std = size[0], actions[0].initializer.std
    variance = UNKNOWN if isinstance(std, Unknown) else multiply(std, std)
    if gain is None and not isinstance(variance, Unknown) and not isinstance(fan_in, Unknown):
        gain = multiply(fan_in, variance)
    op = Op(number, "layer", kind, (number - 1,), at(number), name, f"{name}.weight", groups=groups)
    following = next or ("output" if head else "activation" if activation else "layer")
    return LayerFact(
        op=op,
        name=name,
        made=at(100 + number),
        weight=weight,
        bias=parameter(f"{name}.bias", write(bias), shape=(size[1],)) if bias is not None else None,
        fan_in=fan_in,
        fan_out=size[1],
        next=following,
        activation=Op(1000 + number, "activation", activation, (number,), at(200 + number), value=slope)
        if activation and following == "activation"
        else None,
        norm_after=norm_after,
        norm_before=norm_before,
        in_branch=in_branch,
        ends_branch=ends_branch,
        head=head,
        feeds=feeds if feeds is not None else () if head else (number + 1,),
        sole_carrier=sole_carrier,
        variance=variance,
        gain=UNKNOWN if gain is None else gain,
        before=State(1.0, 1.0),
        after=State(1.0, 1.0),
    )


def chain(init: InitAction, depth: int, last: InitAction | None = None, **options: object) -> list[LayerFact]:
    """``depth`` hidden layers and a head ``fc<depth>``."""
    hidden = [layer(number, init, **options) for number in range(depth)]  # type: ignore[arg-type]
    return [*hidden, layer(depth, last or init, head=True, activation=None)]


def stack(
    layers: Sequence[LayerFact],
    end: float | Unknown = 1.0,
    *,
    backward: float | Unknown = 1.0,
    tolerance: float = 0.0,
    default: bool = False,
) -> Stack:
    """A stack whose across-input std at the last hidden layer is ``end``."""
    has_head = layers[-1].head
    hidden = len(layers) - has_head
    across = (1.0,) * (hidden - 1) + (end,) * (len(layers) - hidden + 1)
    return Stack(tuple(layers), has_head, across, (backward,) * hidden, tolerance, default)


def facts(
    layers: Iterable[LayerFact] = (),
    stacks: Iterable[Stack] = (),
    *,
    parameters: Iterable[Parameter] = (),
    modules: Iterable[Module] = (),
    misuses: Iterable[Misuse] = (),
    dropout: bool = False,
    repeats: tuple[tuple[int, str], ...] = (),
) -> Facts:
    """Facts of a model ``Net`` with these layers."""
    layers = tuple(layers)
    ops = [each.op for each in layers]
    if dropout:
        ops.append(Op(2000, "dropout", "", (0,), at(300), value=0.5))
    own = [each.weight for each in layers] + [each.bias for each in layers if each.bias is not None]
    model = Model(
        name="Net",
        file="net.py",
        site=SITE,
        standalone=True,
        modules=tuple(modules),
        parameters=(*own, *parameters),
        graph=ForwardGraph(tuple(ops), (), repeats),
        classes=frozenset({"Net"}),
        misuses=tuple(misuses),
    )
    return Facts(model, layers, tuple(stacks))


def run(check: Callable[[T], Iterable[Finding]], given: T) -> list[Finding]:
    """The findings, each with a message in the house's style."""
    found = list(check(given))
    for finding in found:
        assert finding.message[0].islower() or not finding.message[0].isalpha(), finding.message
        assert not finding.message.endswith("."), finding.message
        places = [place for place, _ in finding.related]
        assert len(places) == len(set(places)) and finding.place not in places
    return found
