"""mmcv's building blocks, as far as they make and fill layers; read by the interpreter, never imported.

A type that a project registers itself is not among the tables here, so what is built of it stays unknown.
https://github.com/open-mmlab/mmcv/tree/main/mmcv/cnn/bricks
"""

import torch
import torch.nn as nn
import torch.nn.functional as F
from mmengine.model import constant_init, kaiming_init, normal_init, xavier_init

_CONVOLUTIONS = {
    "Conv1d": nn.Conv1d,
    "Conv2d": nn.Conv2d,
    "Conv3d": nn.Conv3d,
    "Conv": nn.Conv2d,
    "deconv": nn.ConvTranspose2d,
    "deconv3d": nn.ConvTranspose3d,
    "Conv2dAdaptivePadding": nn.Conv2d,
}
_NORMS = {
    "BN": ("bn", nn.BatchNorm2d),
    "BN1d": ("bn", nn.BatchNorm1d),
    "BN2d": ("bn", nn.BatchNorm2d),
    "BN3d": ("bn", nn.BatchNorm3d),
    "SyncBN": ("bn", nn.SyncBatchNorm),
    "GN": ("gn", nn.GroupNorm),
    "LN": ("ln", nn.LayerNorm),
    "IN": ("in", nn.InstanceNorm2d),
    "IN1d": ("in", nn.InstanceNorm1d),
    "IN2d": ("in", nn.InstanceNorm2d),
    "IN3d": ("in", nn.InstanceNorm3d),
}
_ACTIVATIONS = {
    "ReLU": nn.ReLU,
    "LeakyReLU": nn.LeakyReLU,
    "PReLU": nn.PReLU,
    "RReLU": nn.RReLU,
    "ReLU6": nn.ReLU6,
    "ELU": nn.ELU,
    "Sigmoid": nn.Sigmoid,
    "Tanh": nn.Tanh,
    "SiLU": nn.SiLU,
    "GELU": nn.GELU,
    "Swish": nn.SiLU,
    "HSwish": nn.Hardswish,
    "HSigmoid": nn.Hardsigmoid,
}
_PADDINGS = {"zero": nn.ZeroPad2d, "reflect": nn.ReflectionPad2d, "replicate": nn.ReplicationPad2d}


def _taken_apart(cfg):
    options = dict(cfg)
    return options.pop("type"), options


def build_conv_layer(cfg, *args, **kwargs):
    kind, options = _taken_apart({"type": "Conv2d"} if cfg is None else cfg)
    layer = _CONVOLUTIONS[kind] if isinstance(kind, str) else kind
    return layer(*args, **kwargs, **options)


def build_norm_layer(cfg, num_features, postfix=""):
    kind, options = _taken_apart(cfg)
    short, layer = _NORMS[kind]
    trainable = options.pop("requires_grad", True)
    options.setdefault("eps", 1e-5)
    if layer is nn.GroupNorm:
        made = nn.GroupNorm(num_channels=num_features, **options)
    else:
        made = layer(num_features, **options)
    for parameter in made.parameters():
        parameter.requires_grad = trainable
    return short + str(postfix), made


def build_activation_layer(cfg):
    kind, options = _taken_apart(cfg)
    layer = _ACTIVATIONS[kind] if isinstance(kind, str) else kind
    if kind in ["Swish", "HSigmoid"]:
        return layer()
    return layer(**options)


def build_padding_layer(cfg, *args, **kwargs):
    kind, options = _taken_apart(cfg)
    layer = _PADDINGS[kind] if isinstance(kind, str) else kind
    return layer(*args, **kwargs, **options)


def build_upsample_layer(cfg, *args, **kwargs):
    kind, options = _taken_apart(cfg)
    if kind == "pixel_shuffle":
        return PixelShufflePack(*args, **kwargs, **options)
    if kind == "deconv":
        return nn.ConvTranspose2d(*args, **kwargs, **options)
    return nn.Upsample(*args, **kwargs, mode=kind, **options)


class DropPath(nn.Module):
    def __init__(self, drop_prob=0.1):
        super().__init__()
        self.drop_prob = drop_prob

    def forward(self, x):
        return F.dropout(x, self.drop_prob, self.training)


class PixelShufflePack(nn.Module):
    def __init__(self, in_channels, out_channels, scale_factor, upsample_kernel):
        super().__init__()
        self.scale_factor = scale_factor
        wide = out_channels * scale_factor * scale_factor
        self.upsample_conv = nn.Conv2d(in_channels, wide, upsample_kernel, padding=(upsample_kernel - 1) // 2)
        self.init_weights()

    def init_weights(self):
        xavier_init(self.upsample_conv, distribution="uniform")

    def forward(self, x):
        return F.pixel_shuffle(self.upsample_conv(x), self.scale_factor)


class Scale(nn.Module):
    def __init__(self, scale=1.0):
        super().__init__()
        self.scale = nn.Parameter(torch.tensor(scale, dtype=torch.float))

    def forward(self, x):
        return x * self.scale


class LayerScale(nn.Module):
    def __init__(self, dim, inplace=False, data_format="channels_last", scale=1e-5):
        super().__init__()
        self.inplace = inplace
        self.data_format = data_format
        self.weight = nn.Parameter(torch.ones(dim) * scale)

    def forward(self, x):
        return x * self.weight


class ConvModule(nn.Module):
    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        dilation=1,
        groups=1,
        bias="auto",
        conv_cfg=None,
        norm_cfg=None,
        act_cfg=dict(type="ReLU"),
        inplace=True,
        with_spectral_norm=False,
        padding_mode="zeros",
        order=("conv", "norm", "act"),
        efficient_conv_bn_eval=False,
    ):
        super().__init__()
        self.conv_cfg = conv_cfg
        self.norm_cfg = norm_cfg
        self.act_cfg = act_cfg
        self.order = order
        self.with_norm = norm_cfg is not None
        self.with_activation = act_cfg is not None
        self.with_bias = not self.with_norm if bias == "auto" else bias
        self.with_spectral_norm = with_spectral_norm
        self.with_explicit_padding = padding_mode not in ["zeros", "circular"]
        if self.with_explicit_padding:
            self.padding_layer = build_padding_layer(dict(type=padding_mode), padding)
        inner = 0 if self.with_explicit_padding else padding
        self.conv = build_conv_layer(
            conv_cfg,
            in_channels,
            out_channels,
            kernel_size,
            stride=stride,
            padding=inner,
            dilation=dilation,
            groups=groups,
            bias=self.with_bias,
        )
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = self.conv.kernel_size
        self.stride = self.conv.stride
        self.padding = padding
        self.groups = groups
        if with_spectral_norm:
            self.conv = nn.utils.spectral_norm(self.conv)
        self.norm_name = None
        if self.with_norm:
            after = order.index("norm") > order.index("conv")
            name, norm = build_norm_layer(norm_cfg, out_channels if after else in_channels)
            self.norm_name = name
            self.add_module(name, norm)
        if self.with_activation:
            options = dict(act_cfg)
            if options["type"] not in ["Tanh", "PReLU", "Sigmoid", "HSigmoid", "Swish", "GELU"]:
                options.setdefault("inplace", inplace)
            self.activate = build_activation_layer(options)
        self.init_weights()

    @property
    def norm(self):
        return getattr(self, self.norm_name) if self.norm_name else None

    def init_weights(self):
        if not hasattr(self.conv, "init_weights"):
            if self.with_activation and self.act_cfg["type"] == "LeakyReLU":
                slope = self.act_cfg.get("negative_slope", 0.01)
                kaiming_init(self.conv, a=slope, nonlinearity="leaky_relu")
            else:
                kaiming_init(self.conv, a=0, nonlinearity="relu")
        if self.with_norm:
            constant_init(self.norm, 1, bias=0)

    def forward(self, x, activate=True, norm=True):
        for layer in self.order:
            if layer == "conv":
                if self.with_explicit_padding:
                    x = self.padding_layer(x)
                x = self.conv(x)
            elif layer == "norm" and norm and self.with_norm:
                x = self.norm(x)
            elif layer == "act" and activate and self.with_activation:
                x = self.activate(x)
        return x


class DepthwiseSeparableConvModule(nn.Module):
    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        stride=1,
        padding=0,
        dilation=1,
        norm_cfg=None,
        act_cfg=dict(type="ReLU"),
        dw_norm_cfg="default",
        dw_act_cfg="default",
        pw_norm_cfg="default",
        pw_act_cfg="default",
        **kwargs,
    ):
        super().__init__()
        self.depthwise_conv = ConvModule(
            in_channels,
            in_channels,
            kernel_size,
            stride=stride,
            padding=padding,
            dilation=dilation,
            groups=in_channels,
            norm_cfg=norm_cfg if dw_norm_cfg == "default" else dw_norm_cfg,
            act_cfg=act_cfg if dw_act_cfg == "default" else dw_act_cfg,
            **kwargs,
        )
        self.pointwise_conv = ConvModule(
            in_channels,
            out_channels,
            1,
            norm_cfg=norm_cfg if pw_norm_cfg == "default" else pw_norm_cfg,
            act_cfg=act_cfg if pw_act_cfg == "default" else pw_act_cfg,
            **kwargs,
        )

    def forward(self, x):
        return self.pointwise_conv(self.depthwise_conv(x))


class ContextBlock(nn.Module):
    def __init__(self, in_channels, ratio, pooling_type="att", fusion_types=("channel_add",)):
        super().__init__()
        planes = int(in_channels * ratio)
        self.pooling_type = pooling_type
        if pooling_type == "att":
            self.conv_mask = nn.Conv2d(in_channels, 1, kernel_size=1)
            self.softmax = nn.Softmax(dim=2)
        else:
            self.avg_pool = nn.AdaptiveAvgPool2d(1)
        self.channel_add_conv = _bottleneck(in_channels, planes) if "channel_add" in fusion_types else None
        self.channel_mul_conv = _bottleneck(in_channels, planes) if "channel_mul" in fusion_types else None
        self.reset_parameters()

    def reset_parameters(self):
        if self.pooling_type == "att":
            kaiming_init(self.conv_mask, mode="fan_in")
        for branch in [self.channel_add_conv, self.channel_mul_conv]:
            if branch is not None:
                constant_init(branch[-1], val=0)

    def forward(self, x):
        if self.pooling_type == "att":
            n, c = x.size(0), x.size(1)
            mask = self.softmax(self.conv_mask(x).view(n, 1, -1)).unsqueeze(-1)
            context = torch.matmul(x.view(n, c, -1).unsqueeze(1), mask).view(n, c, 1, 1)
        else:
            context = self.avg_pool(x)
        out = x
        if self.channel_mul_conv is not None:
            out = out * torch.sigmoid(self.channel_mul_conv(context))
        if self.channel_add_conv is not None:
            out = out + self.channel_add_conv(context)
        return out


def _bottleneck(width, planes):
    return nn.Sequential(
        nn.Conv2d(width, planes, kernel_size=1),
        nn.LayerNorm([planes, 1, 1]),
        nn.ReLU(inplace=True),
        nn.Conv2d(planes, width, kernel_size=1),
    )


class _NonLocal(nn.Module):
    def __init__(
        self,
        in_channels,
        reduction=2,
        use_scale=True,
        conv_cfg=None,
        norm_cfg=None,
        mode="embedded_gaussian",
        std=0.01,
        zeros_init=True,
    ):
        super().__init__()
        inner = max(in_channels // reduction, 1)
        self.inter_channels = inner
        self.mode = mode
        self.g = ConvModule(in_channels, inner, kernel_size=1, conv_cfg=conv_cfg, act_cfg=None)
        self.conv_out = ConvModule(inner, in_channels, kernel_size=1, conv_cfg=conv_cfg, norm_cfg=norm_cfg, act_cfg=None)
        if mode != "gaussian":
            self.theta = ConvModule(in_channels, inner, kernel_size=1, conv_cfg=conv_cfg, act_cfg=None)
            self.phi = ConvModule(in_channels, inner, kernel_size=1, conv_cfg=conv_cfg, act_cfg=None)
        if mode == "concatenation":
            self.concat_project = ConvModule(inner * 2, 1, kernel_size=1, bias=False, act_cfg=dict(type="ReLU"))
        self.init_weights(std, zeros_init)

    def init_weights(self, std=0.01, zeros_init=True):
        normal_init(self.g.conv, std=std)
        if self.mode != "gaussian":
            normal_init(self.theta.conv, std=std)
            normal_init(self.phi.conv, std=std)
        last = self.conv_out.conv if self.conv_out.norm_cfg is None else self.conv_out.norm
        if zeros_init:
            constant_init(last, 0)
        else:
            normal_init(last, std=std)

    def _sub_sample(self, pool):
        self.g = nn.Sequential(self.g, pool)
        self.phi = nn.Sequential(self.phi, pool) if self.mode != "gaussian" else pool

    def forward(self, x):
        n = x.size(0)
        values = self.g(x).view(n, self.inter_channels, -1).permute(0, 2, 1)
        if self.mode == "gaussian":
            weights = torch.matmul(x.view(n, x.size(1), -1).permute(0, 2, 1), x.view(n, x.size(1), -1))
        else:
            theta = self.theta(x).view(n, self.inter_channels, -1).permute(0, 2, 1)
            weights = torch.matmul(theta, self.phi(x).view(n, self.inter_channels, -1))
        y = torch.matmul(weights.softmax(dim=-1), values).permute(0, 2, 1)
        return x + self.conv_out(y.reshape(n, self.inter_channels, *x.size()[2:]))


class NonLocal1d(_NonLocal):
    def __init__(self, in_channels, sub_sample=False, conv_cfg=dict(type="Conv1d"), **kwargs):
        super().__init__(in_channels, conv_cfg=conv_cfg, **kwargs)
        if sub_sample:
            self._sub_sample(nn.MaxPool1d(kernel_size=2))


class NonLocal2d(_NonLocal):
    def __init__(self, in_channels, sub_sample=False, conv_cfg=dict(type="Conv2d"), **kwargs):
        super().__init__(in_channels, conv_cfg=conv_cfg, **kwargs)
        if sub_sample:
            self._sub_sample(nn.MaxPool2d(kernel_size=(2, 2)))


class NonLocal3d(_NonLocal):
    def __init__(self, in_channels, sub_sample=False, conv_cfg=dict(type="Conv3d"), **kwargs):
        super().__init__(in_channels, conv_cfg=conv_cfg, **kwargs)
        if sub_sample:
            self._sub_sample(nn.MaxPool3d(kernel_size=(1, 2, 2)))
