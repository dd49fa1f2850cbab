"""What torch's functions are to the questions of this package, written down apart from initlint's catalogue."""

from __future__ import annotations

LAYERS = {
    "linear", "bilinear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d",
    "embedding", "embedding_bag", "lstm", "gru", "rnn_tanh", "rnn_relu", "lstm_cell", "gru_cell", "rnn_tanh_cell",
    "rnn_relu_cell", "multi_head_attention_forward", "addmm",
}  # fmt: skip
PRODUCTS = {
    "matmul", "__matmul__", "__rmatmul__", "mm", "bmm", "einsum", "baddbmm", "mv", "dot", "tensordot", "outer",
}  # fmt: skip
NORMS = {"batch_norm", "layer_norm", "group_norm", "instance_norm", "rms_norm", "local_response_norm", "normalize"}
ACTIVATIONS = {
    "relu": "relu", "leaky_relu": "leaky_relu", "elu": "elu", "selu": "selu", "celu": "celu", "gelu": "gelu",
    "silu": "silu", "sigmoid": "sigmoid", "tanh": "tanh", "softplus": "softplus", "hardswish": "hardswish",
    "relu6": "relu6", "mish": "mish", "hardsigmoid": "hardsigmoid", "hardtanh": "hardtanh", "prelu": "prelu",
    "rrelu": "rrelu", "softsign": "softsign", "logsigmoid": "logsigmoid", "tanhshrink": "tanhshrink", "glu": "glu",
    "threshold": "threshold", "sin": "sine", "cos": "cosine", "hardshrink": "hardshrink", "softshrink": "softshrink",
    "log_sigmoid": "logsigmoid",
}  # fmt: skip
# What gives the same elements: all, some, or some of each neighbourhood.
PASS = {
    "dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout", "feature_alpha_dropout", "feature_dropout",
    "view", "view_as", "reshape", "reshape_as", "permute", "transpose", "t", "swapaxes", "swapdims", "movedim",
    "moveaxis", "flatten", "unflatten", "ravel", "squeeze", "unsqueeze", "contiguous", "expand", "expand_as", "repeat",
    "broadcast_to", "tile", "roll", "flip", "rot90", "index_select", "gather", "take_along_dim", "select", "narrow",
    "masked_select", "diagonal", "repeat_interleave", "unfold", "fold", "to", "float", "half", "double", "bfloat16",
    "type", "type_as", "cuda", "cpu", "clone", "detach", "tril", "triu", "masked_fill", "nan_to_num", "chunk", "split",
    "tensor_split", "unbind", "split_with_sizes", "unsafe_chunk", "interpolate", "upsample", "grid_sample", "pad",
    "pixel_shuffle", "pixel_unshuffle", "channel_shuffle", "native_channel_shuffle", "__getitem__", "__get__",
    "max_pool1d", "max_pool2d", "max_pool3d", "avg_pool1d", "avg_pool2d", "avg_pool3d", "adaptive_avg_pool1d",
    "adaptive_avg_pool2d", "adaptive_avg_pool3d", "adaptive_max_pool1d", "adaptive_max_pool2d", "lp_pool2d",
    "boolean_dispatch", "max_pool1d_with_indices", "max_pool2d_with_indices", "adaptive_max_pool2d_with_indices",
    "view_as_real", "view_as_complex", "long", "int", "bool", "data", "requires_grad_", "zero_pad2d",
    "dropout_", "alpha_dropout_", "masked_fill_", "squeeze_", "unsqueeze_", "_pad_packed_sequence",
}  # fmt: skip
MERGES = {"add", "sub", "__add__", "__radd__", "__iadd__", "__sub__", "__rsub__", "__isub__", "rsub", "subtract"}
SCALES = {
    "mul", "__mul__", "__rmul__", "__imul__", "multiply", "div", "__truediv__", "__itruediv__", "divide", "true_divide",
    "neg", "negative", "__neg__", "scaled_dot_product_attention",
}  # fmt: skip
CATS = {"cat", "concat", "concatenate", "stack", "hstack", "vstack", "dstack", "column_stack"}
SOFTMAX = {"softmax", "log_softmax", "softmin", "gumbel_softmax"}
REDUCES = {"mean", "sum", "amax", "max", "amin", "min", "nanmean"}

# What is like a tensor in shape and type only.
NEW = {
    "zeros_like", "ones_like", "empty_like", "full_like", "rand_like", "randn_like", "randint_like", "new_zeros",
    "new_ones", "new_empty", "new_full", "new_tensor",
}  # fmt: skip


def kind_of(name: str) -> str:
    """The kind of a function by its name: ``other`` for what is none of the kinds above."""
    for each in (name, name.rstrip("_") if not name.endswith("__") else name):
        if each in ACTIVATIONS:
            return f"activation:{ACTIVATIONS[each]}"
        for kind, names in (
            ("layer", LAYERS), ("norm", NORMS), ("pass", PASS), ("add", MERGES), ("mul", SCALES | PRODUCTS),
            ("cat", CATS), ("softmax", SOFTMAX), ("reduce", REDUCES),
        ):  # fmt: skip
            if each in names:
                return kind
    return "other"
