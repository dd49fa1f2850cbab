"""Functions of the standard library and of torch that matter to how a model is built."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from initlint.interpret import attributes, draws, own_backward, records
from initlint.interpret.joined import joined, stacked
from initlint.interpret.machine import Machine
from initlint.interpret.misuses import note
from initlint.interpret.operators import LARGEST, as_scalar, binary
from initlint.interpret.torch_init import make_parameter
from initlint.interpret.values import (
    MISSING,
    Argument,
    Buffer,
    DictValue,
    Either,
    External,
    GradientMode,
    ListValue,
    Maybe,
    Obj,
    PartialValue,
    Store,
    Tensor,
    Value,
    Walk,
)  # fmt: skip
from initlint.ir import dim
from initlint.ir.dim import Dim
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown

_CONSTANTS = {"pi": math.pi, "e": math.e, "inf": math.inf}
_ARRAYS = {"prod": "*", "product": "*"}


def mathematics(name: str, positional: Sequence[Value]) -> Value:
    """A function of ``math`` (or numpy's of that name) on numbers and symbols; MISSING for one that is not there."""
    values = [as_scalar(value) for value in positional]
    argument = positional[0] if len(positional) == 1 else None
    if isinstance(argument, Argument) and name in {"prod", "product", "array", "asarray"}:
        return Argument(f"prod({argument.name})") if name in _ARRAYS else argument
    if name in _ARRAYS and len(positional) == 1:
        items = positional[0].items if isinstance(positional[0], ListValue) else positional[0]
        product: Value = 1
        for item in items if isinstance(items, tuple) else (Unknown("a product"),):
            product = binary("*", product, item)
        return product
    if not values or any(value is None for value in values):
        return Unknown(f"{name}() of values that are not known") if hasattr(math, name) else MISSING
    first = values[0]
    if name == "sqrt" and first is not None:
        root = dim.power(first, 0.5)
        return root if root is not None else Unknown("the square root of a negative number")
    if name in {"pow", "power"} and len(values) == 2:
        return binary("**", positional[0], positional[1])
    if name in {"floor", "ceil", "abs", "fabs"} and isinstance(first, Dim):
        return first
    function = getattr(math, name, None)
    if any(isinstance(value, int) and abs(value) > LARGEST for value in values) and name in {
        "factorial",
        "comb",
        "perm",
    }:
        return Unknown(f"{name}() of large numbers")
    if callable(function) and not any(isinstance(value, Dim) for value in values):
        try:
            result = function(*values)
        except (TypeError, ValueError, OverflowError):
            return Unknown(f"{name}() fails on these values")
        return result if isinstance(result, (int, float, bool)) else Unknown(f"{name}()")
    return Unknown(f"{name}() of a symbol") if callable(function) else MISSING


def constant(path: str) -> Value:
    """``math.pi`` and its kin; MISSING for anything else."""
    head, _, name = path.rpartition(".")
    return _CONSTANTS.get(name, MISSING) if head in {"math", "numpy"} else MISSING


def deep_copy(machine: Machine, value: Value, place: Place, memo: dict[int, Value] | None = None) -> Value:
    """``copy.deepcopy``: modules, parameters and containers anew, each with what it holds now."""
    memo = {} if memo is None else memo
    if id(value) in memo:
        return memo[id(value)]
    copy: Value
    match value:
        case Obj():
            copy = Obj(value.cls, place, machine.outer())
            machine.made(copy)
        case Tensor():
            copy = Tensor(value.made, value.node)
        case ListValue():
            copy = ListValue((), value.kind)
        case DictValue():
            copy = DictValue({}, value.open)
        case tuple():
            return tuple(deep_copy(machine, item, place, memo) for item in value)
        case Either(options):
            return Either(tuple(deep_copy(machine, option, place, memo) for option in options))
        case Maybe(inner):
            return Maybe(deep_copy(machine, inner, place, memo))
        case _:
            return value
    memo[id(value)] = copy
    assert isinstance(copy, Store)
    for key, held in value.data.items():
        noted = isinstance(key, tuple)  # what tells which layers start equal, of the copy too
        copy.data[key] = held if noted or key in {"candidates", "history"} else deep_copy(machine, held, place, memo)
    return copy


Handler = Callable[[Machine, "list[Value]", "dict[str, Value]", Place], Value]


def _first(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    if positional:
        return positional[0]
    return next(iter(keywords.values()), Unknown("no argument"))


def _nothing(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    return None


def _partial(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    if not positional:  # a decorator called with its options only
        return Unknown("partial() without a function")
    return PartialValue(positional[0], tuple(positional[1:]), dict(keywords))


def _copy(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    if not positional:
        return Unknown("deepcopy()")
    copy = deep_copy(machine, positional[0], place)
    draws.cloned(machine, positional[0], copy, place)
    return copy


def _ordered_dict(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    from initlint.interpret.python_calls import python_call

    return python_call(machine, "builtins.dict", positional, keywords, place, None)


def _default_dict(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    return DictValue({}, open_=True)


def _chain(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    from initlint.interpret.evaluate import iterate

    parts = [iterate(machine, value, place) for value in positional]
    if any(part is None for part in parts):
        return Unknown("chain() of values that are not known")
    joined = tuple(item for part in parts if part is not None for item in part)
    return Walk(joined) if any(isinstance(value, Walk) for value in positional) else ListValue(joined)


def _repeat(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    if len(positional) == 2 and isinstance(positional[1], int) and 0 <= positional[1] <= 256:
        return ListValue((positional[0],) * positional[1])
    if len(positional) == 2:
        result = ListValue((positional[0], positional[0]))
        result.data["length"] = positional[1]
        return result
    return Unknown("repeat()")


def _pairwise(machine: Machine, positional: list[Value], _: dict[str, Value], place: Place) -> Value:
    from initlint.interpret.evaluate import iterate

    items = iterate(machine, positional[0], place) if positional else None
    return ListValue(tuple(zip(items, items[1:]))) if items is not None else Unknown("pairwise()")


def _checkpoint(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    from initlint.interpret.calls import call

    named = {k: v for k, v in keywords.items() if k not in {"use_reentrant", "preserve_rng_state", "context_fn"}}
    return call(machine, positional[0], positional[1:], named, place) if positional else Unknown("checkpoint()")


def _gain(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    from initlint.catalog import InitError, calculate_gain
    from initlint.interpret.torch_init import plain

    name = positional[0] if positional else keywords.get("nonlinearity")
    parameter = positional[1] if len(positional) > 1 else keywords.get("param")
    if not isinstance(name, str):
        return Unknown("the gain of an activation that is not known")
    gain = calculate_gain(name, plain(parameter))
    if isinstance(gain, InitError):
        note(machine, gain.kind, gain.message, place)
    return gain if isinstance(gain, (int, float)) else Unknown("calculate_gain of an unknown nonlinearity")


def _fans(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    tensor = positional[0] if positional else keywords.get("tensor")
    shape = tensor.data.get("shape") if isinstance(tensor, Tensor) else None
    sizes = [as_scalar(size) for size in shape] if isinstance(shape, tuple) else []
    if len(sizes) < 2 or any(size is None for size in sizes):
        return (Unknown("fan_in of an unknown shape"), Unknown("fan_out of an unknown shape"))
    field: dim.Scalar = 1
    for size in sizes[2:]:
        field = dim.multiply(field, size or 0)
    return (dim.multiply(sizes[1] or 0, field), dim.multiply(sizes[0] or 0, field))


def _one_fan(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    fans = _fans(machine, positional, keywords, place)
    mode = positional[1] if len(positional) > 1 else keywords.get("mode", "fan_in")
    return fans[1 if mode == "fan_out" else 0] if isinstance(fans, tuple) else fans


def _from_pretrained(path: str) -> Handler:
    """``nn.Embedding.from_pretrained(tensor, freeze=True, ...)``: a layer with that tensor as its weight."""

    def handle(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
        from initlint.interpret.calls import call

        given = dict(zip(("embeddings", "freeze"), positional)) | keywords
        tensor = given.pop("embeddings", Unknown("no embeddings"))
        freeze = given.pop("freeze", True)
        shape = tensor.data.get("shape") if isinstance(tensor, Tensor) else None
        sizes = shape if isinstance(shape, tuple) and len(shape) == 2 else (Unknown("a size"), Unknown("a size"))
        layer = call(machine, External(path), list(sizes), given, place)
        if isinstance(layer, Obj):
            trainable = not freeze if isinstance(freeze, bool) else True
            machine.write(layer, "weight", make_parameter(machine, tensor, trainable, place))
        return layer

    return handle


def _field(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    from initlint.interpret.calls import call

    """``dataclasses.field`` and its kin: the default."""
    if positional or "default" in keywords:
        return positional[0] if positional else keywords["default"]
    factory = keywords.get("default_factory", keywords.get("factory"))
    return call(machine, factory, [], {}, place) if factory is not None else Argument("field")


def _namespace(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    return DictValue(dict(keywords), open_=False)


def _cast(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    return positional[1] if len(positional) > 1 else Unknown("cast()")


def _skip_init(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """``torch.nn.utils.skip_init``: the module with memory that nothing has filled."""
    from initlint.interpret.calls import call
    from initlint.interpret.module_methods import METHODS

    module = call(machine, positional[0], positional[1:], keywords, place) if positional else Unknown("skip_init()")
    if isinstance(module, Obj):
        METHODS["to_empty"](machine, module, [], {}, place)
    return module


def _set_attribute(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """``object.__setattr__(obj, name, value)``, which frozen dataclasses need."""
    match positional:
        case [Obj() as obj, str() as name, value]:
            attributes.assign_plain(machine, obj, name, value)
    return None


def _gradient_mode(enabled: bool) -> Handler:
    """``torch.no_grad()``, ``torch.inference_mode(mode=True)`` and ``torch.enable_grad()``."""

    def handle(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
        given = positional[0] if positional else keywords.get("mode", True)
        return GradientMode(enabled if given is True else None)

    return handle


def _set_gradient(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """``torch.set_grad_enabled(mode)``, which acts at once, and as a context until its end."""
    mode = positional[0] if positional else keywords.get("mode")
    machine.gradient = mode if isinstance(mode, bool) and not machine.undecided() else None
    return GradientMode(machine.gradient)


def _dir(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """The names that a module of torch is known to have; it has others."""
    first = positional[0] if positional else None
    if isinstance(first, External) and (names := machine.catalog.functions_of(first.path)):
        return DictValue(dict.fromkeys(names), open_=True)
    return Unknown("the result of dir()")


def _no(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    return False


def _buffer(machine: Machine, positional: list[Value], keywords: dict[str, Value], place: Place) -> Value:
    """``torch.nn.Buffer(data)``."""
    data = make_parameter(machine, positional[0] if positional else keywords.get("data"), False, place)
    if not isinstance(data, Tensor):
        return data
    buffer = Buffer(place)
    buffer.data.update({**data.data, "parameter": False})
    return buffer


LIBRARY: dict[str, Handler] = {
    "torch.nn.Buffer": _buffer,
    "functools.partial": _partial,
    "copy.deepcopy": _copy,
    "copy.copy": _copy,
    "collections.OrderedDict": _ordered_dict,
    "collections.defaultdict": _default_dict,
    "itertools.chain": _chain,
    "itertools.repeat": _repeat,
    "itertools.pairwise": _pairwise,
    "types.SimpleNamespace": _namespace,
    "argparse.Namespace": _namespace,
    "dataclasses.field": _field,
    "dataclasses.replace": records.replaced,
    "dataclasses.fields": records.fields_of,
    "dataclasses.is_dataclass": records.is_dataclass,
    "attrs.evolve": records.replaced,
    "attr.evolve": records.replaced,
    "attrs.field": _field,
    "attr.field": _field,
    "attr.ib": _field,
    "pydantic.Field": _field,
    "builtins.dir": _dir,
    "builtins.object.__setattr__": _set_attribute,
    "builtins.object.__new__": records.new,
    "typing.cast": _cast,
    "torch.nn.Embedding.from_pretrained": _from_pretrained("torch.nn.Embedding"),
    "torch.nn.EmbeddingBag.from_pretrained": _from_pretrained("torch.nn.EmbeddingBag"),
    "torch.jit.annotate": _cast,
    "torch.nn.init.calculate_gain": _gain,
    "torch.nn.init._calculate_fan_in_and_fan_out": _fans,
    "torch.nn.init._calculate_correct_fan": _one_fan,
    "torch.nn.utils.skip_init": _skip_init,
    "torch.manual_seed": draws.seeded,
    "torch.random.manual_seed": draws.seeded,
    "torch.no_grad": _gradient_mode(False),
    "torch.inference_mode": _gradient_mode(False),
    "torch.enable_grad": _gradient_mode(True),
    "torch.set_grad_enabled": _set_gradient,
    "torch.nn.parameter.Buffer": _buffer,
    "torch.cat": joined,
    "torch.concat": joined,
    "torch.concatenate": joined,
    "torch.stack": stacked,
    "torch.utils.checkpoint.checkpoint": _checkpoint,
}
for _path in (
    "torch.device", "torch.random.fork_rng", "torch.amp.autocast", "torch.autocast",
    "torch.cuda.amp.autocast",
    "torch.nn.Module.__init__", "builtins.object.__init_subclass__",
    "contextlib.nullcontext", "contextlib.suppress", "torch._C._log_api_usage_once", "warnings.warn",
    *own_backward.NOTHING,
):  # fmt: skip
    LIBRARY[_path] = _nothing
for _path in (
    "torch.nn.DataParallel", "torch.nn.parallel.DataParallel", "torch.nn.parallel.DistributedDataParallel",
    "torch.autograd.Variable",
    "torch.compile", "torch.jit.script", "torch.jit.ignore", "torch.jit.unused", "torch.jit.export", "torch.fx.wrap",
    "torch.nn.SyncBatchNorm.convert_sync_batchnorm", "functools.cache", "functools.wraps",
):  # fmt: skip
    LIBRARY[_path] = _first
# A forward is read as it runs by itself: not under a compiler or an exporter, and in one process.
for _path in (
    "torch.jit.is_scripting", "torch.jit.is_tracing", "torch._C._get_tracing_state", "torch.onnx.is_in_onnx_export",
    "torch.compiler.is_compiling", "torch.compiler.is_dynamo_compiling", "torch.compiler.is_exporting",
    "torch._dynamo.is_compiling", "torch._utils.is_compiling", "torch.fx._symbolic_trace.is_fx_tracing",
    "torch.distributed.is_initialized",
):  # fmt: skip
    LIBRARY[_path] = _no
