"""mmcv's transformer blocks, as far as they make layers; read by the interpreter, never imported.

https://github.com/open-mmlab/mmcv/blob/main/mmcv/cnn/bricks/transformer.py
"""

import torch.nn as nn
from mmcv.cnn.bricks import DropPath, LayerScale, build_activation_layer, build_conv_layer, build_norm_layer
from mmengine.model import BaseModule, Sequential


def build_dropout(cfg, default_args=None):
    options = dict(cfg)
    kind = options.pop("type")
    if kind == "DropPath":
        return DropPath(**options)
    return nn.Dropout(options.get("drop_prob", 0.5))


class PatchEmbed(BaseModule):
    def __init__(
        self,
        in_channels=3,
        embed_dims=768,
        conv_type="Conv2d",
        kernel_size=16,
        stride=16,
        padding="corner",
        dilation=1,
        bias=True,
        norm_cfg=None,
        input_size=None,
        init_cfg=None,
    ):
        super().__init__(init_cfg=init_cfg)
        self.embed_dims = embed_dims
        self.projection = build_conv_layer(
            dict(type=conv_type),
            in_channels=in_channels,
            out_channels=embed_dims,
            kernel_size=kernel_size,
            stride=kernel_size if stride is None else stride,
            padding=0 if isinstance(padding, str) else padding,
            dilation=dilation,
            bias=bias,
        )
        self.norm = None
        if norm_cfg is not None:
            self.norm = build_norm_layer(norm_cfg, embed_dims)[1]

    def forward(self, x):
        x = self.projection(x)
        size = (x.shape[2], x.shape[3])
        x = x.flatten(2).transpose(1, 2)
        if self.norm is not None:
            x = self.norm(x)
        return x, size


class MultiheadAttention(BaseModule):
    def __init__(
        self,
        embed_dims,
        num_heads,
        attn_drop=0.0,
        proj_drop=0.0,
        dropout_layer=dict(type="Dropout", drop_prob=0.0),
        init_cfg=None,
        batch_first=False,
        **kwargs,
    ):
        super().__init__(init_cfg)
        self.embed_dims = embed_dims
        self.num_heads = num_heads
        self.attn = nn.MultiheadAttention(embed_dims, num_heads, kwargs.pop("dropout", attn_drop), **kwargs)
        self.proj_drop = nn.Dropout(proj_drop)
        self.dropout_layer = build_dropout(dropout_layer) if dropout_layer else nn.Identity()

    def forward(self, query, key=None, value=None, identity=None, query_pos=None, key_pos=None, **kwargs):
        if key is None:
            key = query
        if value is None:
            value = key
        if identity is None:
            identity = query
        out = self.attn(query, key, value)[0]
        return identity + self.dropout_layer(self.proj_drop(out))


class FFN(BaseModule):
    def __init__(
        self,
        embed_dims=256,
        feedforward_channels=1024,
        num_fcs=2,
        act_cfg=dict(type="ReLU", inplace=True),
        ffn_drop=0.0,
        dropout_layer=None,
        add_identity=True,
        init_cfg=None,
        layer_scale_init_value=0.0,
    ):
        super().__init__(init_cfg)
        self.embed_dims = embed_dims
        layers = []
        width = embed_dims
        for _ in range(num_fcs - 1):
            linear = nn.Linear(width, feedforward_channels)
            layers.append(Sequential(linear, build_activation_layer(act_cfg), nn.Dropout(ffn_drop)))
            width = feedforward_channels
        self.layers = Sequential(*layers, nn.Linear(feedforward_channels, embed_dims), nn.Dropout(ffn_drop))
        self.dropout_layer = build_dropout(dropout_layer) if dropout_layer else nn.Identity()
        self.add_identity = add_identity
        if layer_scale_init_value > 0:
            self.gamma2 = LayerScale(embed_dims, scale=layer_scale_init_value)
        else:
            self.gamma2 = nn.Identity()

    def forward(self, x, identity=None):
        out = self.dropout_layer(self.gamma2(self.layers(x)))
        if not self.add_identity:
            return out
        return (x if identity is None else identity) + out
