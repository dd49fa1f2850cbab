"""Megatron-Core's tensor-parallel layers as one device sees them when it is the only one; read, never imported.

https://github.com/NVIDIA/Megatron-LM/blob/main/megatron/core/tensor_parallel/layers.py
"""

import torch
import torch.nn as nn
import torch.nn.functional as F


class ColumnParallelLinear(nn.Module):
    def __init__(
        self,
        input_size,
        output_size,
        *,
        config,
        init_method,
        bias=True,
        gather_output=False,
        stride=1,
        keep_master_weight_for_test=False,
        skip_bias_add=False,
        skip_weight_param_allocation=False,
        embedding_activation_buffer=None,
        grad_output_buffer=None,
        is_expert=False,
        tp_comm_buffer_name=None,
        disable_grad_reduce=False,
        tp_group=None,
        name=None,
        output_dtype=None,
        pg_collection=None,
    ):
        super().__init__()
        self.input_size = input_size
        self.output_size = output_size
        self.skip_bias_add = skip_bias_add
        self.weight = None
        if not skip_weight_param_allocation:
            self.weight = nn.Parameter(torch.empty(output_size, input_size))
            init_method(self.weight)
        self.bias = nn.Parameter(torch.zeros(output_size)) if bias else None

    def forward(self, input_, weight=None, runtime_gather_output=None):
        used = self.weight if weight is None else weight
        if self.skip_bias_add:
            return F.linear(input_, used), self.bias
        return F.linear(input_, used, self.bias), None


class RowParallelLinear(nn.Module):
    def __init__(
        self,
        input_size,
        output_size,
        *,
        config,
        init_method,
        bias,
        input_is_parallel,
        skip_bias_add,
        stride=1,
        keep_master_weight_for_test=False,
        is_expert=False,
        tp_comm_buffer_name=None,
        tp_group=None,
        name=None,
        pg_collection=None,
    ):
        super().__init__()
        self.input_size = input_size
        self.output_size = output_size
        self.skip_bias_add = skip_bias_add
        self.weight = nn.Parameter(torch.empty(output_size, input_size))
        init_method(self.weight)
        self.bias = nn.Parameter(torch.zeros(output_size)) if bias else None

    def forward(self, input_):
        if self.skip_bias_add:
            return F.linear(input_, self.weight), self.bias
        return F.linear(input_, self.weight, self.bias), None


class VocabParallelEmbedding(nn.Module):
    def __init__(
        self,
        num_embeddings,
        embedding_dim,
        *,
        init_method,
        reduce_scatter_embeddings=False,
        config,
        tp_group=None,
        pg_collection=None,
    ):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.weight = nn.Parameter(torch.empty(num_embeddings, embedding_dim))
        init_method(self.weight)

    def forward(self, input_):
        return F.embedding(input_, self.weight)
