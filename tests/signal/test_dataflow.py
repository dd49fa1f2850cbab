"""Data-flow facts of layers in the shapes that real models have."""

from __future__ import annotations

from initlint.ir.model import Model
from initlint.ir.place import Place
from initlint.ir.unknown import Unknown
from initlint.signal.build import facts
from initlint.signal.dataflow import Dataflow
from tests.signal.helpers import Net, layer, scaled


def test_plain_chain() -> None:
    net = Net()
    a = net.linear(net.input())
    relu = net.act(net.op("dropout", "", net.op("reshape", "view", a)))
    b = net.linear(net.op("pool", "adaptive_average", relu))
    net.output(net.act(b, "sigmoid"))
    found = net.facts()
    one, two = layer(found, a), layer(found, b)
    assert (one.next, one.activation is net.ops[relu], one.feeds, one.head) == ("activation", True, (b,), False)
    assert (one.norm_after, one.norm_before, one.in_branch, one.ends_branch) == (False, False, False, False)
    assert one.sole_carrier is True
    assert (two.head, two.feeds, two.next, two.sole_carrier) == (True, (), "activation", True)


def residual_block(net: Net, x: int, norms: bool = True) -> tuple[int, int, int]:
    """conv-bn-relu-conv-bn, add, relu; the two layers and the result."""
    a = net.conv(x)
    b = net.conv(net.act(net.norm(a) if norms else a))
    return a, b, net.act(net.add(net.norm(b) if norms else b, x))


def test_post_activation_residual() -> None:
    net = Net()
    stem = net.conv(net.input())
    x = net.act(net.norm(stem))
    a, b, x = residual_block(net, x)
    c, _, x = residual_block(net, x)
    head = net.linear(net.op("pool", "average", x))
    found = net.facts()
    first, last = layer(found, a), layer(found, b)
    assert (first.in_branch, first.ends_branch, first.next, first.norm_after) == (True, False, "norm", True)
    assert (last.in_branch, last.ends_branch, last.next, last.norm_after) == (True, True, "norm", True)
    assert first.sole_carrier is True and last.sole_carrier is False
    assert layer(found, stem).in_branch is False and not layer(found, stem).ends_branch
    assert layer(found, c).norm_before is True
    assert layer(found, head).head and not layer(found, head).in_branch
    assert not found.stacks


def test_pre_activation_residual() -> None:
    net = Net()
    x = stem = net.linear(net.input())
    made = []
    for _ in range(2):
        a = net.linear(net.norm(x, "layer"))
        b = net.linear(net.act(a, "gelu"))
        made += [a, b]
        x = net.add(x, net.op("dropout", "", b))
    head = net.linear(net.norm(x, "layer"))
    found = net.facts()
    one, two = (layer(found, op) for op in made[:2])
    assert (one.norm_before, one.norm_after, one.in_branch, one.ends_branch) == (True, False, True, False)
    assert (two.norm_before, two.norm_after, two.in_branch, two.ends_branch) == (False, True, True, True)
    assert two.next == "add" and two.feeds == (made[2], head) and two.sole_carrier is False
    assert not layer(found, stem).ends_branch
    assert len(found.stacks) == 2 and not found.stacks[0].has_head


def test_residual_without_norm_is_no_stack_across_blocks() -> None:
    net = Net()
    x = net.conv(net.input())
    for _ in range(3):
        _, _, x = residual_block(net, x, norms=False)
    assert {len(stack.layers) for stack in net.facts().stacks} == {2}


def test_squeeze_and_excite() -> None:
    net = Net()
    conv = net.conv(net.input())
    x = net.norm(conv)
    squeeze = net.linear(net.op("pool", "adaptive_average", x))
    excite = net.linear(net.act(squeeze))
    x = net.op("mul", "", x, net.act(excite, "sigmoid"))
    net.conv(x)
    found = net.facts()
    gate = layer(found, excite)
    assert (gate.next, gate.ends_branch, gate.in_branch, gate.sole_carrier) == ("activation", False, False, False)
    assert layer(found, squeeze).sole_carrier is True


def test_unet_concatenation() -> None:
    net = Net()
    down = net.conv(net.input())
    skip = net.act(down)
    middle = net.conv(net.op("pool", "max", skip, value=4))
    up = net.op("resample", "interpolate", net.act(middle))
    join = net.op("cat", "", up, skip)
    out = net.conv(join)
    found = net.facts()
    assert layer(found, down).feeds == (middle, out)
    assert layer(found, down).sole_carrier is False
    assert layer(found, middle).sole_carrier is False
    assert not found.stacks


def test_two_heads() -> None:
    net = Net()
    trunk = net.linear(net.input())
    x = net.act(trunk)
    policy, value = net.linear(x), net.linear(x)
    net.output(net.op("softmax", "", policy))
    net.output(value)
    found = net.facts()
    assert layer(found, policy).head and layer(found, value).head
    assert layer(found, policy).next == "softmax" and layer(found, value).next == "output"
    assert layer(found, trunk).next == "activation" and layer(found, trunk).feeds == (policy, value)
    assert layer(found, trunk).sole_carrier is True
    assert not found.stacks


def test_consumers_that_differ() -> None:
    net = Net()
    a = net.linear(net.input())
    net.linear(net.add(net.act(a), net.act(a, "tanh")))
    assert layer(net.facts(), a).next == "several"
    net = Net()
    a = net.linear(net.input())
    net.linear(net.add(net.act(a), net.act(a)))
    found = layer(net.facts(), a)
    assert (found.next, found.sole_carrier) == ("activation", True)
    net = Net()  # what is not decided stands behind the consumers
    a = net.linear(net.input())
    x = net.add(net.act(a), net.act(a, "tanh"))
    net.linear(net.op("either", "", x, net.act(x)))
    assert layer(net.facts(), a).next == "several"


def test_either_with_a_norm() -> None:
    net = Net()
    a = net.linear(net.input())
    x = net.op("either", "", net.norm(a), a)
    net.linear(net.act(x))
    found = layer(net.facts(), a)
    assert (found.next, found.norm_after) == ("unknown", None)
    net = Net()
    a = net.linear(net.input())
    x = net.op("either", "", net.op("dropout", "", a), a)
    net.linear(net.act(x))
    assert layer(net.facts(), a).next == "activation"
    assert len(net.facts().stacks) == 1


def test_bias_added_by_hand() -> None:
    net = Net()
    a = net.layer(net.input(), "matmul", (64, 64), scaled(1.0, 64))
    net.fill("b", (64,), scaled(1.0, 1.0))
    x = net.add(a, net.op("parameter", weight="b"))
    b = net.linear(net.act(x))
    found = layer(net.facts(), a)
    assert (found.next, found.ends_branch, found.sole_carrier, found.feeds) == ("activation", False, True, (b,))
    assert len(net.facts().stacks) == 1


def test_layer_scale_and_gate_end_a_branch() -> None:
    net = Net()
    x = net.input()
    a = net.linear(net.norm(x, "layer"))
    net.fill("gamma", (64,), scaled(1.0, 1.0))
    scale = net.op("mul", "", net.op("parameter", weight="gamma"), a)
    net.linear(net.add(x, scale))
    found = layer(net.facts(), a)
    assert (found.next, found.ends_branch, found.in_branch) == ("mul", True, True)


def test_opaque_ops_leave_open_what_they_hide() -> None:
    net = Net()
    x = net.input()
    a = net.linear(x)
    mixed = net.op("opaque", "mix", a, x)
    net.linear(mixed)
    found = layer(net.facts(), a)
    assert (found.next, found.norm_after, found.in_branch, found.sole_carrier) == ("unknown", None, None, False)


def test_what_is_thrown_away_consumes_nothing() -> None:
    net = Net()
    a = net.linear(net.input())
    net.op("opaque", "attention weights", a)
    b = net.linear(net.act(a))
    net.output(b)
    found = layer(net.facts(), a)
    assert (found.next, found.norm_after) == ("activation", False)


def test_attention_scores() -> None:
    net = Net()
    x = net.input()
    q, k, v = net.linear(x), net.linear(x), net.linear(x)
    scores = net.op("softmax", "", net.op("matmul", "", q, k))
    out = net.linear(net.op("matmul", "", scores, v))
    net.add(out, x)
    found = net.facts()
    assert layer(found, q).next == "mul" and layer(found, q).sole_carrier is False
    assert layer(found, out).ends_branch and layer(found, q).in_branch
    assert not layer(found, q).ends_branch


def test_loops_of_unknown_length() -> None:
    net = Net()
    x = net.input()
    first = net.act(net.linear(x, init=scaled(1.0, 64)))
    a = net.act(net.linear(first, init=scaled(1.0, 64)))
    b = net.act(net.linear(a, init=scaled(1.0, 64)))
    net.linear(net.act(net.linear(b, init=scaled(1.0, 64))))
    net.repeats = [(number, "depth") for number in range(first + 1, b + 1)]
    found = net.facts()
    (stack,) = found.stacks
    assert [isinstance(value, Unknown) for value in stack.across] == [False, False, False, True, True]
    assert all(isinstance(value, Unknown) for value in stack.backward[:3])
    assert isinstance(layer(found, b + 1).after, Unknown)


def test_recurrence_ends_a_stack() -> None:
    net = Net()
    x = net.act(net.linear(net.act(net.linear(net.input()))))
    x = net.layer(x, "recurrent", (256, 64), scaled(1.0, 64))
    net.linear(net.act(net.linear(x)))
    assert [len(stack.layers) for stack in net.facts().stacks] == [2, 2]


def test_no_graph() -> None:
    model = Model("Net", "net.py", Place("net.py", 0, 0), True, (), (), Unknown("no forward"), frozenset())
    found = facts(model)
    assert (found.layers, found.stacks) == ((), ())


def test_a_product_with_a_plain_input_mixes_positions() -> None:
    net = Net()
    x, adjacency = net.input(), net.input()
    first = net.linear(x)
    mixed = net.op("matmul", "", adjacency, first)
    second = net.linear(net.act(mixed))
    third = net.linear(net.act(net.op("matmul", "", adjacency, second)))
    net.op("matmul", "", third, net.op("reshape", "permute", x))
    found = net.facts()
    for number in (first, second):
        assert layer(found, number).next == "activation" and layer(found, number).sole_carrier is True
    # A product with what the layer itself is made of is no mixing.
    assert layer(found, third).next == "mul"
    (chain,) = found.stacks
    assert len(chain.layers) == 3 and isinstance(chain.across[1], Unknown) and isinstance(chain.backward[0], Unknown)


def test_concatenation_keeps_units_apart() -> None:
    net = Net()
    x, action = net.input(), net.input()
    first, second, third = net.linear(x), net.linear(x), net.linear(x)
    net.linear(net.op("cat", "", net.act(first), action))
    net.linear(net.add(second, action))
    net.linear(net.op("mul", "", net.op("cat", "", third, action), x))
    found = net.facts()
    assert [layer(found, each).set_apart for each in (first, second, third)] == [True, False, False]
    assert layer(found, first).sole_carrier is False


def _flow(net: Net) -> Dataflow:
    graph = net.model().graph
    assert not isinstance(graph, Unknown)
    return Dataflow(graph)


def test_a_layer_may_not_run_where_the_other_value_does_not_come_from_it() -> None:
    net = Net()
    x = net.input()
    a = net.linear(x)
    b = net.linear(net.act(a))
    net.output(net.op("either", "", b, a))
    flow = _flow(net)
    assert flow.is_conditional(net.ops[b]) and not flow.is_conditional(net.ops[a])


def test_a_choice_that_nothing_reads_or_that_another_way_passes_leaves_layers_sure() -> None:
    net = Net()
    x = net.input()
    a = net.linear(x)
    net.op("either", "", net.op("function", "max", a), x)
    chosen = net.op("either", "", net.op("function", "argsort", a), net.op("constant", ""))
    b = net.linear(net.op("reshape", "index", a, chosen))
    net.output(b)
    flow = _flow(net)
    assert not flow.is_conditional(net.ops[a]) and not flow.is_conditional(net.ops[b])


def test_a_mask_that_may_be_added_leaves_sure_what_is_normalised() -> None:
    net = Net()
    x = net.input()
    norm, plain = net.norm(net.linear(x)), net.linear(x)
    scores = net.op("matmul", "", norm, plain)
    head = net.linear(net.op("either", "", net.add(scores, net.op("constant", "")), scores))
    net.output(head)
    assert _flow(net).normalised_before(net.ops[head]) == "partly"
