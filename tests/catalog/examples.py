"""Constructor arguments with which every torch.nn layer is built and compared with the catalogue."""

from __future__ import annotations

from typing import Any

Call = tuple[tuple[Any, ...], dict[str, Any]]


def call(*positional: Any, **keywords: Any) -> Call:
    """One constructor call."""
    return positional, keywords


# Sizes are large where a mean and a standard deviation are measured.
EXAMPLES: dict[str, list[Call]] = {
    "Linear": [call(300, 400), call(300, 400, bias=False), call(0, 4)],
    "modules.linear.NonDynamicallyQuantizableLinear": [call(300, 400)],
    "LazyLinear": [call(7), call(7, bias=False)],
    "Bilinear": [call(60, 50, 40), call(60, 50, 40, False)],
    "Embedding": [
        call(500, 200),
        call(500, 200, padding_idx=3),
        call(500, 200, padding_idx=-1),
        call(9, 4, _freeze=True),
    ],
    "EmbeddingBag": [call(500, 200), call(500, 200, mode="sum", padding_idx=-2)],
    "RNN": [call(150, 140), call(30, 140, 3, "relu", bidirectional=True), call(30, 40, bias=False)],
    "LSTM": [call(90, 100), call(30, 100, num_layers=2, bidirectional=True, proj_size=20), call(30, 40, 1, False)],
    "GRU": [call(90, 100), call(30, 100, 2, bidirectional=True)],
    "RNNCell": [call(150, 140), call(150, 140, False, "relu")],
    "LSTMCell": [call(90, 100), call(90, 100, bias=False)],
    "GRUCell": [call(90, 100)],
    "MultiheadAttention": [
        call(240, 8),
        call(240, 8, bias=False),
        call(240, 8, add_bias_kv=True),
        call(240, 8, kdim=96, vdim=120),
        call(240, 8, 0.1, kdim=240, vdim=240, batch_first=True),
    ],
    "LayerNorm": [call(30), call((4, 5)), call([4, 5], elementwise_affine=False), call(30, bias=False)],
    "RMSNorm": [call(30), call((4, 5), eps=1e-6), call(30, elementwise_affine=False)],
    "GroupNorm": [call(4, 32), call(4, 32, affine=False), call(4, 32, bias=False)],
    "SyncBatchNorm": [call(30), call(30, affine=False)],
    "LocalResponseNorm": [call(5)],
    "CrossMapLRN2d": [call(5)],
    "PReLU": [call(), call(30, 0.1)],
    "AdaptiveLogSoftmaxWithLoss": [call(200, 1000, [100, 400]), call(200, 1000, [100, 400, 600], 2.0, head_bias=True)],
    "LinearCrossEntropyLoss": [call(200, 100), call(200, 50, out_features=(3, 4), bias=True)],
    "LeakyReLU": [call(), call(0.2)],
    "RReLU": [call(), call(0.1, 0.5)],
    "Threshold": [call(0.1, 20)],
    "Hardtanh": [call(), call(0.0, 6.0)],
    "Unflatten": [call(1, (2, 3))],
    "ChannelShuffle": [call(2)],
    "PixelShuffle": [call(2)],
    "PixelUnshuffle": [call(2)],
    "Fold": [call((4, 5), 2)],
    "Unfold": [call(2)],
    "Upsample": [call(scale_factor=2, mode="bilinear")],
    "FractionalMaxPool2d": [call(3, output_size=4)],
    "FractionalMaxPool3d": [call((3, 2, 2), output_size=4)],
    "Dropout": [call(), call(0.2, True)],
    "Identity": [call(), call(3, a=4)],
}
for n in (1, 2, 3):
    kernel = (3, 2, 4)[:n]
    EXAMPLES |= {
        f"Conv{n}d": [
            call(24, 72, 3),
            call(24, 72, kernel, stride=2, groups=4, bias=False),
            call(24, 72, 3, padding="same"),
            call(24, 24, 3, groups=24),
        ],
        f"LazyConv{n}d": [call(8, 3)],
        f"ConvTranspose{n}d": [call(24, 72, 3), call(24, 72, kernel, 2, groups=4, bias=False)],
        f"LazyConvTranspose{n}d": [call(8, 3)],
        f"BatchNorm{n}d": [
            call(30),
            call(30, affine=False),
            call(30, track_running_stats=False),
            call(30, 1e-3, None),
            call(30, bias=False),
        ],
        f"LazyBatchNorm{n}d": [call(), call(affine=False)],
        f"InstanceNorm{n}d": [
            call(30),
            call(30, affine=True, track_running_stats=True),
            call(30, affine=True, bias=False),
        ],
        f"LazyInstanceNorm{n}d": [call()],
        f"MaxPool{n}d": [call(3), call(3, 2, padding=1)],
        f"AvgPool{n}d": [call(3), call(3, 2)],
        f"LPPool{n}d": [call(2.0, 3)],
        f"MaxUnpool{n}d": [call(2)],
        f"AdaptiveMaxPool{n}d": [call(4)],
        f"AdaptiveAvgPool{n}d": [call(4)],
        f"ZeroPad{n}d": [call(2)],
        f"ConstantPad{n}d": [call(2, 1.5)],
        f"ReflectionPad{n}d": [call(2), call((1, 2) * n)],
        f"ReplicationPad{n}d": [call(2)],
        f"CircularPad{n}d": [call(2)],
    }
