"""How each library's layers and helpers are called; tests compare what initlint and the library make of each line."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Example:
    """``source`` ends in an expression that builds a module, after statements if need be; ``unknown`` are the names of
    parameters whose initialiser the static model does not know."""

    library: str
    source: str
    unknown: frozenset[str] = field(default=frozenset())

    @property
    def id(self) -> str:
        return f"{self.library}: {self.source}"

    @property
    def text(self) -> str:
        """A Python file with a function ``build``."""
        *before, last = self.source.strip().split("\n")
        lines = ["import torch", "from torch import nn", *IMPORTS[self.library].split("\n"), "", "", "def build():"]
        return "\n".join([*lines, *(f"    {line}" for line in before), f"    return {last}", ""])


IMPORTS = {
    "torch": "from torch.nn.utils import *\nfrom torch.nn.utils import parametrizations, parametrize",
    "mmengine": "from mmengine.model import *\nfrom mmengine.model.weight_init import *",
    "mmcv": "from mmcv.cnn import *\nfrom mmcv.cnn.bricks import *\nfrom mmcv.cnn.bricks.transformer import *",
    "timm": "from functools import partial\nfrom timm.layers import *\nfrom timm.models import named_apply",
    "torch_geometric": "from torch_geometric.nn import GATConv, GCNConv, GINConv, SAGEConv\n"
    "from torch_geometric.nn import Linear, MessagePassing, inits",
    "torchvision": "from torchvision import models\nfrom torchvision.ops import *\n"
    "from torchvision.ops.feature_pyramid_network import LastLevelP6P7",
    "fairscale": "import torch.distributed as dist\n"
    "from fairscale.nn.model_parallel.initialize import initialize_model_parallel\n"
    "from fairscale.nn.model_parallel.layers import *\n"
    "if not dist.is_initialized():\n"
    "    dist.init_process_group('gloo', store=dist.HashStore(), rank=0, world_size=1)\n"
    "    initialize_model_parallel(1)",
    "fairseq": "from fairseq.modules import FairseqDropout, Fp32GroupNorm, Fp32LayerNorm, LayerDropModuleList\n"
    "from fairseq.modules import LayerNorm\n"
    "from fairseq.modules import LearnedPositionalEmbedding, MultiheadAttention, PositionalEmbedding, SamePad\n"
    "from fairseq.modules import SinusoidalPositionalEmbedding\n"
    "from fairseq.modules.quant_noise import quant_noise\n"
    "from fairseq.models import BaseFairseqModel, FairseqEncoder, FairseqEncoderDecoderModel\n"
    "from fairseq.models import FairseqIncrementalDecoder\nfrom fairseq.models.transformer import Embedding, Linear",
    "einops": "from einops.layers.torch import *",
    "transformers": "from transformers import PretrainedConfig, PreTrainedModel, initialization\n"
    "from transformers.activations import ACT2FN, get_activation\n"
    "from transformers.activations import *\nfrom transformers.pytorch_utils import Conv1D",
}
SOURCES: dict[str, list[str]] = {
    "torch": [
        "m = nn.Conv2d(30, 40, 3)\nnn.init.kaiming_normal_(m.weight)\nweight_norm(m)",
        "weight_norm(nn.Linear(30, 40), dim=None)",
        "weight_norm(nn.ConvTranspose1d(30, 40, 3), name='weight', dim=1)",
        "m = weight_norm(nn.Linear(30, 40, bias=False))\nnn.init.normal_(m.weight_v)\nnn.init.ones_(m.weight_g)\nm",
        "m = weight_norm(nn.Linear(30, 40))\nnn.init.zeros_(m.weight)\nm",
        "remove_weight_norm(weight_norm(nn.Linear(30, 40)))",
        "weight_norm(nn.LSTM(30, 40), 'weight_hh_l0')",
        "spectral_norm(nn.Conv2d(30, 40, 3))",
        "m = spectral_norm(nn.Linear(30, 40))\nnn.init.orthogonal_(m.weight_orig)\nm",
        "parametrizations.weight_norm(nn.Conv2d(30, 40, 3))",
        "m = parametrizations.weight_norm(nn.Linear(30, 40))\n"
        "nn.init.xavier_uniform_(m.parametrizations.weight.original1)\nm",
        "parametrizations.spectral_norm(nn.Linear(30, 40))",
        "parametrizations.orthogonal(nn.Linear(30, 40))",
        "class Half(nn.Module):\n    def forward(self, x):\n        return x / 2\nm = nn.Linear(30, 40)\n"
        "parametrize.register_parametrization(m, 'weight', Half())\n"
        "parametrize.register_parametrization(m, 'weight', Half())\nm",
        "nn.Embedding.from_pretrained(torch.zeros(30, 40))",
        "nn.Embedding.from_pretrained(torch.randn(300, 40), freeze=False, padding_idx=0)",
        "nn.EmbeddingBag.from_pretrained(torch.randn(300, 40))",
        "nn.ModuleList([nn.RNN(30, 40, nonlinearity='relu'), nn.RNN(30, 40, 2, 'relu', bidirectional=True)])",
        "m = nn.Linear(30, 40)\nn = nn.Linear(30, 40)\nnn.init.zeros_(n.weight)\n"
        "vector_to_parameters(parameters_to_vector(n.parameters()), m.parameters())\nm",
        "m = nn.Linear(30, 40)\nclip_grad_norm_(m.parameters(), 1.0)\nm",
    ],
    "mmengine": [
        "m = nn.Conv2d(30, 40, 3)\nxavier_init(m, 0.5)\nm",
        "m = nn.Conv2d(30, 40, 3)\nxavier_init(m, distribution='uniform', bias=2)\nm",
        "m = nn.Conv2d(30, 40, 3)\nkaiming_init(m)\nm",
        "m = nn.Conv2d(30, 40, 3)\nkaiming_init(m, 1, 'fan_in', 'leaky_relu', 3, 'uniform')\nm",
        "m = nn.Conv2d(30, 40, 3)\ncaffe2_xavier_init(m)\nm",
        "m = nn.Linear(300, 40)\nnormal_init(m, 0.1, 0.2)\nm",
        "m = nn.Linear(300, 40)\nuniform_init(m, -1, 2, bias_init_with_prob(0.01))\nm",
        "m = nn.Linear(300, 40)\ntrunc_normal_init(m, std=0.02)\nm",
        "m = nn.Linear(300, 40)\ntrunc_normal_(m.weight, std=0.02)\nm",
        "m = nn.BatchNorm2d(30)\nconstant_init(m, 0.5, 0.1)\nm",
        "m = nn.Sequential(nn.Conv2d(30, 40, 3), nn.Linear(30, 40))\n"
        "initialize(m, dict(type='Kaiming', layer='Conv2d', override=dict(type='Xavier', name='1')))\nm",
        "m = Sequential(nn.Linear(300, 40), nn.BatchNorm1d(40),\n"
        "    init_cfg=[dict(type='Normal', std=0.01, layer='Linear'),\n"
        "    dict(type='Constant', val=2, layer='_BatchNorm')])\n"
        "m.init_weights()\nm",
        "m = BaseModule()\nm.layers = ModuleList([nn.Linear(30, 40)], init_cfg=dict(type='Xavier', layer='Linear'))\n"
        "m.init_weights()\nm",
        "class Model(BaseModel):\n    def forward(self):\n        pass\n"
        "m = Model(init_cfg=dict(type='Xavier', layer='Linear'))\nm.layers = ModuleDict({'a': nn.Linear(30, 40)})\n"
        "m.init_weights()\nm",
    ],
    "mmcv": [
        "ConvModule(30, 40, 3)",
        "ConvModule(30, 40, (3, 5), 2, 1, bias=False, act_cfg=None)",
        "ConvModule(30, 40, 3, groups=2, norm_cfg=dict(type='BN', requires_grad=False), padding_mode='reflect')",
        "ConvModule(30, 40, 3, conv_cfg=dict(type='Conv1d'), norm_cfg=dict(type='GN', num_groups=4))",
        "ConvModule(30, 40, 3, norm_cfg=dict(type='LN'), act_cfg=dict(type='LeakyReLU', negative_slope=0.3))",
        "ConvModule(30, 40, 3, norm_cfg=dict(type='IN', affine=True), order=('norm', 'act', 'conv'))",
        "ConvModule(30, 40, 3, act_cfg=dict(type='PReLU'))",
        "nn.ModuleList([ConvModule(8, 8, 1, act_cfg=dict(type=t)) for t in ('GELU', 'Swish', 'HSwish', 'Tanh')])",
        "DepthwiseSeparableConvModule(30, 40, 3, norm_cfg=dict(type='SyncBN'), dw_act_cfg=None)",
        "ContextBlock(30, 0.5)",
        "ContextBlock(30, 0.5, 'avg', ('channel_add', 'channel_mul'))",
        "NonLocal1d(30)",
        "NonLocal2d(30, norm_cfg=dict(type='BN'), mode='concatenation')",
        "NonLocal3d(30, sub_sample=True, zeros_init=False)",
        "nn.Sequential(Scale(2.0), LayerScale(30), DropPath(0.1))",
        "nn.Sequential(Conv2d(3, 4, 3), ConvTranspose2d(4, 5, 3), Linear(5, 6), Swish(), HSwish(), MaxPool2d(2))",
        "build_norm_layer(dict(type='BN1d'), 30, postfix=2)[1]",
        "build_upsample_layer(dict(type='pixel_shuffle'), 30, 8, 2, upsample_kernel=3)",
        "build_upsample_layer(dict(type='bilinear', scale_factor=2))",
        "build_conv_layer(None, 30, 40, 3)",
        "PatchEmbed(norm_cfg=dict(type='LN'))",
        "MultiheadAttention(64, 4, dropout_layer=dict(type='DropPath', drop_prob=0.1))",
        "FFN(64, 100, num_fcs=3, layer_scale_init_value=0.1)",
    ],
    "timm": [
        "nn.ModuleList([norm(30) for norm in (LayerNorm, LayerNorm2d, LayerNormFp32, LayerNorm2dFp32, GroupNorm1)])",
        "nn.ModuleList([RmsNorm(30), RmsNormFp32(30), RmsNorm2d(30, affine=False), RmsNorm2dFp32(30), GroupNorm(32)])",
        "nn.ModuleList([SimpleNorm(30), SimpleNormFp32(30), SimpleNorm2d(30), SimpleNorm2dFp32(30)])",
        "nn.Sequential(DropPath(0.1), DropBlock2d(), PatchDropout(0.2), Conv2dSame(3, 40, (3, 5)), Linear(30, 40))",
        "Mlp(30, 60, 20, act_layer=nn.ReLU, norm_layer=partial(nn.LayerNorm, eps=1e-6), bias=(True, False))",
        "Mlp(30, use_conv=True)",
        "GluMlp(30, 60)",
        "SwiGLU(30, 60, align_to=64)",
        "ConvMlp(30, norm_layer=nn.BatchNorm2d)",
        "PatchEmbed(32, 4, norm_layer=LayerNorm)",
        "nn.Sequential(LayerScale(30), LayerScale2d(30, 0.1))",
        "nn.Sequential(SEModule(64), SqueezeExcite(64, norm_layer=nn.BatchNorm2d), EffectiveSEModule(30))",
        "nn.Sequential(EcaModule(64), EcaModule(64, use_mlp=True), EcaModule(kernel_size=5))",
        "nn.Sequential(BatchNormAct2d(30, act_layer=nn.PReLU), LayerNormAct2d(30, apply_act=False))",
        "ConvNormAct(30, 40, 3, 2)",
        "ConvBnAct(30, 40, (3, 5), bias=True, apply_norm=False)",
        "ConvNormAct(30, 40, norm_layer=LayerNorm2d, act_layer='leaky_relu')",
        "Attention(64, 4, qkv_bias=True, qk_norm=True, norm_layer=nn.LayerNorm)",
        "Attention(64, 4, attn_head_dim=8, dim_out=30, scale_norm=True, gated=True, norm_layer=RmsNorm)",
        "nn.ModuleList([ClassifierHead(30, 10), ClassifierHead(30, 0)])",
        "ClassifierHead(30, 10, 'catavgmax', use_conv=True)",
        "SelectAdaptivePool2d()",
        "create_conv2d(30, 40, 3, stride=2, depthwise=False, bias=True)",
        "create_norm_layer('layer_norm', 30)",
        "nn.Sequential(create_act_layer('gelu'), get_act_layer('prelu')(), get_norm_layer('batchnorm')(30))",
        "nn.Linear(make_divisible(70.0), make_divisible(3, 4) * to_2tuple(5)[1] + to_3tuple((1, 2, 3))[2])",
        "m = nn.Linear(300, 40)\ntrunc_normal_(m.weight, std=0.02)\ntrunc_normal_tf_(m.bias, std=0.02)\nm",
        "m = nn.Linear(300, 40)\nvariance_scaling_(m.weight, 2.0, 'fan_avg', 'uniform')\nm",
        "m = nn.Sequential(nn.Linear(300, 40), nn.Conv2d(30, 40, 3))\nnamed_apply(init_weight_vit, m)\nm",
        "m = nn.Sequential(nn.Linear(300, 40), nn.Conv2d(30, 40, 3), nn.ReLU())\n"
        "m.head = nn.Linear(300, 10)\nnamed_apply(partial(init_weight_jax, head_bias=0.1), m)\nm",
    ],
    "torch_geometric": [
        "Linear(30, 40)",
        "Linear(30, 40, bias=False, weight_initializer='glorot')",
        "Linear(30, 40, weight_initializer='kaiming_uniform', bias_initializer='zeros')",
        "Linear(30, 40, True, 'uniform')",
        "class Net(MessagePassing):\n    def __init__(self):\n        super().__init__(aggr='add')\n"
        "        self.fc = nn.Linear(30, 40)\n        inits.glorot(self.fc.weight)\nNet()",
        "GCNConv(30, 40)",
        "GCNConv(30, 40, improved=True, bias=False)",
        "SAGEConv(30, 40, project=True)",
        "SAGEConv((20, 30), 40, aggr='max', root_weight=False, bias=False)",
        "GATConv(30, 40, heads=4)",
        "GATConv((20, 30), 40, concat=False, edge_dim=8, residual=True, heads=4)",
        "GINConv(nn.Sequential(nn.Linear(30, 40), nn.ReLU()), eps=0.1, train_eps=True)",
        "m = nn.Linear(30, 40)\ninits.glorot(m.weight)\ninits.zeros(m.bias)\nm",
        "m = nn.Linear(30, 40)\ninits.uniform(40, m)\nm",
        "m = nn.Linear(30, 40)\ninits.kaiming_uniform(m, fan=30, a=1)\ninits.normal(m.bias, 1.0, 0.1)\nm",
        "m = nn.Sequential(nn.Linear(30, 40))\ninits.ones(m)\ninits.constant(m[0].bias, 3)\nm",
        "m = nn.Sequential(nn.Linear(30, 40))\nnn.init.zeros_(m[0].weight)\ninits.reset(m)\nm",
    ],
    "torchvision": [
        "nn.Sequential(StochasticDepth(0.1, 'row'), DropBlock2d(0.1, 7), DropBlock3d(0.1, 7), Permute([0, 2, 3, 1]))",
        "DeformConv2d(30, 40, 3, groups=2)",
        "FrozenBatchNorm2d(30)",
        "models.resnet18(num_classes=10)",
        "models.resnet50(zero_init_residual=True)",
        "models.resnext50_32x4d()",
        "m = models.resnet34(weights=None)\nm.fc = nn.Linear(512, 10)\nm",
        "models.vgg16_bn(num_classes=10)",
        "Conv2dNormActivation(30, 40)",
        "Conv2dNormActivation(30, 40, (3, 5), norm_layer=None, activation_layer=nn.PReLU, inplace=None)",
        "Conv3dNormActivation(30, 40, 1, 2, groups=2, bias=True)",
        "SqueezeExcitation(30, 8)",
        "MLP(30, [40, 50, 10], norm_layer=nn.LayerNorm, dropout=0.1)",
        "FeaturePyramidNetwork([10, 20], 16)",
        "FeaturePyramidNetwork([10, 20], 16, norm_layer=nn.BatchNorm2d, extra_blocks=LastLevelP6P7(16, 16))",
    ],
    "fairscale": [
        "ColumnParallelLinear(30, 40)",
        "ColumnParallelLinear(30, 40, bias=False, gather_output=False, init_method=nn.init.kaiming_normal_)",
        "RowParallelLinear(30, 40, input_is_parallel=True, init_method=lambda w: nn.init.normal_(w, std=0.02))",
        "nn.ModuleList([VocabParallelEmbedding(300, 40), ParallelEmbedding(300, 40, init_method=nn.init.ones_)])",
    ],
    "fairseq": [
        "nn.ModuleList([LayerNorm(30), Fp32LayerNorm(30), Fp32GroupNorm(2, 30), FairseqDropout(0.1), SamePad(4)])",
        "quant_noise(nn.Linear(32, 40), 0.1, 8)",
        "LayerDropModuleList(0.1, [nn.Linear(30, 40), nn.Linear(40, 40)])",
        "LearnedPositionalEmbedding(300, 40, 1)",
        "PositionalEmbedding(300, 40, 1)",
        "PositionalEmbedding(300, 40, None, learned=True)",
        "SinusoidalPositionalEmbedding(40, 1)",
        "MultiheadAttention(32, 4)",
        "MultiheadAttention(32, 4, kdim=24, add_bias_kv=True, encoder_decoder_attention=True)",
        "Linear(30, 40)",
        "nn.Sequential(Embedding(300, 40, 1))",
        "class Encoder(FairseqEncoder):\n    def __init__(self):\n        super().__init__(None)\n"
        "        self.fc = Linear(30, 40)\n"
        "class Decoder(FairseqIncrementalDecoder):\n    def __init__(self):\n        super().__init__(None)\n"
        "        self.fc = Linear(30, 40)\n"
        "FairseqEncoderDecoderModel(Encoder(), Decoder())",
        "class Model(BaseFairseqModel):\n    def __init__(self):\n        super().__init__()\n"
        "        self.fc = Linear(30, 40)\nModel()",
    ],
    "einops": ["nn.Sequential(Rearrange('b c h w -> b (h w) c'), nn.Linear(30, 40), Reduce('b n c -> b c', 'mean'))"],
    "transformers": [
        "Conv1D(400, 300)",
        "class Model(PreTrainedModel):\n    config_class = PretrainedConfig\n"
        "    def __init__(self, config):\n        super().__init__(config)\n        self.fc = nn.Linear(300, 40)\n"
        "        self.words = nn.Embedding(300, 40)\n        self.post_init()\n"
        "Model(PretrainedConfig(initializer_range=0.1))",
        "nn.ModuleList([ACT2FN['gelu'], ACT2FN['relu'], ACT2FN['prelu'], get_activation('gelu_new')])",
        "m = nn.Linear(300, 40)\ninitialization.normal_(m.weight, std=0.1)\ninitialization.zeros_(m.bias)\nm",
        "m = nn.Linear(300, 40)\ninitialization.lecun_normal_(m.weight)\nm",
        "m = nn.Embedding(300, 40)\ninitialization.default_flax_embed_init_(m.weight)\nm",
        "nn.Sequential(NewGELUActivation(), GELUActivation(), FastGELUActivation(), SiLUActivation())",
    ],
}
# Classes that only other classes build.
NOT_SHOWN = frozenset(
    {f"fairseq.models.{name}" for name in ("FairseqDecoder", "FairseqLanguageModel", "FairseqEncoderModel")}
    | {f"megatron.core.tensor_parallel.{name}" for name in ("VocabParallelEmbedding",)}
)
# What a configuration object holds that its class doesn't show, and spreads that no formula gives.
_UNKNOWN = {
    "nn.Sequential(Embedding(": frozenset({"0.weight"}),
    "PretrainedConfig(": frozenset({"fc.weight", "words.weight"}),
    # Norms of fewer than 32 elements.
    "parametrizations.orthogonal": frozenset({"parametrizations.weight.original"}),
    "vector_to_parameters": frozenset({"weight", "bias"}),
}
EXAMPLES = {
    library: [
        Example(library, source, next((names for text, names in _UNKNOWN.items() if text in source), frozenset()))
        for source in sources
    ]
    for library, sources in SOURCES.items()
}
