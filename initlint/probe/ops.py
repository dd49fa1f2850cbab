"""What the functions of torch are to the probe, by their names."""

from __future__ import annotations

# Functions that apply a weight, with the position and the keyword of their input and of their weight.
WEIGHTED = {
    "linear": (0, 1), "conv1d": (0, 1), "conv2d": (0, 1), "conv3d": (0, 1), "conv_transpose1d": (0, 1),
    "conv_transpose2d": (0, 1), "conv_transpose3d": (0, 1), "embedding": (0, 1), "embedding_bag": (0, 1),
    "bilinear": (0, 2), "multi_head_attention_forward": (0, 5),
    "addmm": (1, 2), "baddbmm": (1, 2),
}  # fmt: skip
# Products: either side may be the weight.
PRODUCTS = frozenset({"matmul", "__matmul__", "__rmatmul__", "mm", "bmm", "einsum", "tensordot", "mv", "scatter_mm"})
RECURRENT = frozenset(
    {"lstm", "gru", "rnn_tanh", "rnn_relu", "lstm_cell", "gru_cell", "rnn_tanh_cell", "rnn_relu_cell"}
)
TABLES = frozenset({"embedding", "embedding_bag"})
# Activations whose output is exactly 0 on a half-line, and those that are flat on both sides: between these bounds.
CUTTING = frozenset({"relu", "relu_", "relu6", "threshold", "threshold_", "clamp_min", "clamp_min_"})
SQUASHING = {
    "tanh": (-0.99, 0.99), "tanh_": (-0.99, 0.99), "sigmoid": (0.01, 0.99), "sigmoid_": (0.01, 0.99),
    "hardtanh": (-0.999, 0.999), "hardtanh_": (-0.999, 0.999), "hardsigmoid": (0.001, 0.999),
    "softsign": (-0.97, 0.97), "erf": (-0.99, 0.99),
}  # fmt: skip
ACTIVATIONS = CUTTING | frozenset(SQUASHING) | frozenset(
    {"leaky_relu", "leaky_relu_", "elu", "elu_", "selu", "selu_", "celu", "gelu", "silu", "mish", "softplus",
     "hardswish", "rrelu", "glu", "logsigmoid", "prelu", "sin", "cos", "sinc"}
)  # fmt: skip
NORMS = frozenset({"batch_norm", "layer_norm", "group_norm", "instance_norm", "rms_norm", "local_response_norm"})
SUMS = frozenset({"add", "add_", "__add__", "__iadd__", "__radd__", "sub", "__sub__"})
# A product with a plain factor, a slice or a change of shape keeps a stream what it is.
KEEPS = frozenset(
    {"view", "reshape", "permute", "transpose", "contiguous", "flatten", "unsqueeze", "squeeze", "to", "clone",
     "float", "type_as", "roll", "pad"}
)  # fmt: skip
DROPOUTS = frozenset(
    {"dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout", "feature_alpha_dropout", "dropout_",
     "feature_dropout", "native_dropout"}
)  # fmt: skip
MASKS = frozenset({"masked_fill", "masked_fill_", "where", "full", "full_like"})
# Questions about a tensor, which make no value.
QUESTIONS = frozenset(
    {"size", "dim", "__get__", "is_floating_point", "numel", "ndimension", "__len__", "__set__", "is_contiguous",
     "stride", "__bool__", "item", "__repr__", "__format__", "is_complex", "element_size", "data_ptr",
     "get_device", "is_same_size", "__hash__", "__int__", "__index__", "__float__", "tolist", "register_hook"}
)  # fmt: skip
