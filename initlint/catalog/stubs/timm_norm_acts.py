"""timm's norms and convolutions with an activation, as far as they make and fill layers; read by the interpreter, never imported.

https://github.com/huggingface/pytorch-image-models/tree/main/timm/layers
"""

import torch.nn as nn
import torch.nn.functional as F
from timm.layers import LayerNorm2d, create_act_layer, create_conv2d


def _activation(act_layer, act_kwargs, apply_act):
    if act_layer is None or not apply_act:
        return nn.Identity()
    return create_act_layer(act_layer, **(act_kwargs or {}))


class BatchNormAct2d(nn.BatchNorm2d):
    def __init__(
        self,
        num_features,
        eps=1e-5,
        momentum=0.1,
        affine=True,
        track_running_stats=True,
        apply_act=True,
        act_layer=nn.ReLU,
        act_kwargs=None,
        inplace=True,
        drop_layer=None,
        device=None,
        dtype=None,
    ):
        super().__init__(num_features, eps=eps, momentum=momentum, affine=affine, track_running_stats=track_running_stats)
        self.drop = drop_layer() if drop_layer is not None else nn.Identity()
        self.act = _activation(act_layer, act_kwargs, apply_act)

    def forward(self, x):
        x = F.batch_norm(x, self.running_mean, self.running_var, self.weight, self.bias)
        return self.act(self.drop(x))


class LayerNormAct2d(nn.LayerNorm):
    def __init__(
        self,
        num_channels,
        eps=1e-5,
        affine=True,
        apply_act=True,
        act_layer=nn.ReLU,
        act_kwargs=None,
        inplace=True,
        drop_layer=None,
        **kwargs,
    ):
        super().__init__(num_channels, eps=eps, elementwise_affine=affine, **kwargs)
        self.drop = drop_layer() if drop_layer is not None else nn.Identity()
        self.act = _activation(act_layer, act_kwargs, apply_act)

    def forward(self, x):
        x = F.layer_norm(x.permute(0, 2, 3, 1), self.normalized_shape, self.weight, self.bias).permute(0, 3, 1, 2)
        return self.act(self.drop(x))


class ConvNormAct(nn.Module):
    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size=1,
        stride=1,
        padding="",
        dilation=1,
        groups=1,
        bias=False,
        apply_norm=True,
        apply_act=True,
        norm_layer=nn.BatchNorm2d,
        act_layer=nn.ReLU,
        aa_layer=None,
        drop_layer=None,
        conv_kwargs=None,
        norm_kwargs=None,
        act_kwargs=None,
        device=None,
        dtype=None,
    ):
        super().__init__()
        self.conv = create_conv2d(
            in_channels,
            out_channels,
            kernel_size,
            stride=stride,
            padding=padding,
            dilation=dilation,
            groups=groups,
            bias=bias,
            **(conv_kwargs or {}),
        )
        if apply_norm:
            norm = {nn.BatchNorm2d: BatchNormAct2d, LayerNorm2d: LayerNormAct2d}[norm_layer]
            self.bn = norm(
                out_channels,
                apply_act=apply_act,
                act_layer=act_layer,
                act_kwargs=act_kwargs,
                drop_layer=drop_layer,
                **(norm_kwargs or {}),
            )
        else:
            self.bn = nn.Sequential()

    def forward(self, x):
        return self.bn(self.conv(x))
