"""fairseq's modules, as far as they make and fill layers; read by the interpreter, never imported.

https://github.com/facebookresearch/fairseq/tree/main/fairseq/modules
"""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


def LayerNorm(normalized_shape, eps=1e-5, elementwise_affine=True, export=False):
    return nn.LayerNorm(normalized_shape, eps, elementwise_affine)


class Fp32LayerNorm(nn.LayerNorm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)


class Fp32GroupNorm(nn.GroupNorm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)


class FairseqDropout(nn.Module):
    def __init__(self, p, module_name=None):
        super().__init__()
        self.p = p
        self.module_name = module_name

    def forward(self, x, inplace=False):
        return F.dropout(x, p=self.p, training=self.training, inplace=inplace)


class LayerDropModuleList(nn.ModuleList):
    def __init__(self, p, modules=None):
        super().__init__(modules)
        self.p = p


class LearnedPositionalEmbedding(nn.Embedding):
    def __init__(self, num_embeddings, embedding_dim, padding_idx):
        super().__init__(num_embeddings, embedding_dim, padding_idx)
        self.max_positions = num_embeddings
        if padding_idx is not None:
            self.max_positions = num_embeddings - padding_idx - 1

    def forward(self, input, incremental_state=None, positions=None):
        return F.embedding(input if positions is None else positions, self.weight)


class SinusoidalPositionalEmbedding(nn.Module):
    def __init__(self, embedding_dim, padding_idx, init_size=1024, auto_expand=True):
        super().__init__()
        self.embedding_dim = embedding_dim
        self.padding_idx = padding_idx
        self.max_positions = int(1e5)

    def forward(self, input, incremental_state=None, timestep=None, positions=None):
        return torch.sin(input)


def PositionalEmbedding(num_embeddings, embedding_dim, padding_idx, learned=False, auto_expand=True):
    if learned:
        rows = num_embeddings if padding_idx is None else num_embeddings + padding_idx + 1
        m = LearnedPositionalEmbedding(rows, embedding_dim, padding_idx)
        nn.init.normal_(m.weight, mean=0, std=embedding_dim**-0.5)
        if padding_idx is not None:
            nn.init.constant_(m.weight[padding_idx], 0)
        return m
    return SinusoidalPositionalEmbedding(embedding_dim, padding_idx, num_embeddings + padding_idx + 1, auto_expand)


class SamePad(nn.Module):
    def __init__(self, kernel_size, causal=False):
        super().__init__()
        self.remove = kernel_size - 1 if causal else 1 - kernel_size % 2

    def forward(self, x):
        return x[:, :, : -self.remove] if self.remove > 0 else x


class MultiheadAttention(nn.Module):
    def __init__(
        self,
        embed_dim,
        num_heads,
        kdim=None,
        vdim=None,
        dropout=0.0,
        bias=True,
        add_bias_kv=False,
        add_zero_attn=False,
        self_attention=False,
        encoder_decoder_attention=False,
        dictionary=None,
        q_noise=0.0,
        qn_block_size=8,
        xformers_att_config=None,
        xformers_blocksparse_layout=None,
        xformers_blocksparse_blocksize=16,
    ):
        super().__init__()
        self.embed_dim = embed_dim
        self.kdim = embed_dim if kdim is None else kdim
        self.vdim = embed_dim if vdim is None else vdim
        self.qkv_same_dim = self.kdim == embed_dim and self.vdim == embed_dim
        self.num_heads = num_heads
        self.head_dim = embed_dim // num_heads
        self.scaling = self.head_dim**-0.5
        self.dropout_module = FairseqDropout(dropout)
        self.k_proj = nn.Linear(self.kdim, embed_dim, bias=bias)
        self.v_proj = nn.Linear(self.vdim, embed_dim, bias=bias)
        self.q_proj = nn.Linear(embed_dim, embed_dim, bias=bias)
        self.out_proj = nn.Linear(embed_dim, embed_dim, bias=bias)
        self.bias_k = self.bias_v = None
        if add_bias_kv:
            self.bias_k = nn.Parameter(torch.empty(1, 1, embed_dim))
            self.bias_v = nn.Parameter(torch.empty(1, 1, embed_dim))
        self.reset_parameters()

    def reset_parameters(self):
        gain = 1 / math.sqrt(2) if self.qkv_same_dim else 1.0
        nn.init.xavier_uniform_(self.k_proj.weight, gain=gain)
        nn.init.xavier_uniform_(self.v_proj.weight, gain=gain)
        nn.init.xavier_uniform_(self.q_proj.weight, gain=gain)
        nn.init.xavier_uniform_(self.out_proj.weight)
        if self.out_proj.bias is not None:
            nn.init.constant_(self.out_proj.bias, 0.0)
        if self.bias_k is not None:
            nn.init.xavier_normal_(self.bias_k)
            nn.init.xavier_normal_(self.bias_v)

    def forward(self, query, key, value, **kwargs):
        q = self.q_proj(query) * self.scaling
        weights = torch.bmm(q, self.k_proj(key).transpose(1, 2)).softmax(dim=-1)
        attention = torch.bmm(self.dropout_module(weights), self.v_proj(value))
        return self.out_proj(attention), weights
