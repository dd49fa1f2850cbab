"""torch_geometric's convolutions, as far as they make and fill layers; read by the interpreter, never imported.

https://github.com/pyg-team/pytorch_geometric/tree/master/torch_geometric/nn
"""

import torch
import torch.nn as nn
from torch_geometric.nn import Linear
from torch_geometric.nn.inits import glorot, reset, zeros


class MessagePassing(nn.Module):
    def __init__(
        self, aggr="sum", *, aggr_kwargs=None, flow="source_to_target", node_dim=-2, decomposed_layers=1
    ):
        super().__init__()
        self.aggr = aggr
        self.flow = flow
        self.node_dim = node_dim

    def reset_parameters(self):
        pass

    def propagate(self, edge_index, size=None, **kwargs):
        return torch.scatter_add(kwargs.get("x"), 0, edge_index)


class GCNConv(MessagePassing):
    def __init__(
        self,
        in_channels,
        out_channels,
        improved=False,
        cached=False,
        add_self_loops=None,
        normalize=True,
        bias=True,
        **kwargs,
    ):
        super().__init__()
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.lin = Linear(in_channels, out_channels, bias=False, weight_initializer="glorot")
        self.bias = nn.Parameter(torch.zeros(out_channels)) if bias else None

    def reset_parameters(self):
        self.lin.reset_parameters()
        zeros(self.bias)

    def forward(self, x, edge_index, edge_weight=None):
        out = self.propagate(edge_index, x=self.lin(x))
        return out + self.bias if self.bias is not None else out


class SAGEConv(MessagePassing):
    def __init__(
        self,
        in_channels,
        out_channels,
        aggr="mean",
        normalize=False,
        root_weight=True,
        project=False,
        bias=True,
        **kwargs,
    ):
        super().__init__()
        self.in_channels = in_channels
        self.out_channels = out_channels
        if isinstance(in_channels, int):
            in_channels = (in_channels, in_channels)
        self.project = project
        self.root_weight = root_weight
        if project:
            self.lin = Linear(in_channels[0], in_channels[0], bias=True)
        self.lin_l = Linear(in_channels[0], out_channels, bias=bias)
        if root_weight:
            self.lin_r = Linear(in_channels[1], out_channels, bias=False)

    def reset_parameters(self):
        if self.project:
            self.lin.reset_parameters()
        self.lin_l.reset_parameters()
        if self.root_weight:
            self.lin_r.reset_parameters()

    def forward(self, x, edge_index, size=None):
        source = self.lin(x).relu() if self.project else x
        out = self.lin_l(self.propagate(edge_index, x=source))
        return out + self.lin_r(x) if self.root_weight else out


class GATConv(MessagePassing):
    def __init__(
        self,
        in_channels,
        out_channels,
        heads=1,
        concat=True,
        negative_slope=0.2,
        dropout=0.0,
        add_self_loops=True,
        edge_dim=None,
        fill_value="mean",
        bias=True,
        residual=False,
        **kwargs,
    ):
        super().__init__()
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.heads = heads
        self.concat = concat
        wide = heads * out_channels
        total = wide if concat else out_channels
        self.lin = self.lin_src = self.lin_dst = None
        if isinstance(in_channels, tuple):
            self.lin_src = Linear(in_channels[0], wide, False, weight_initializer="glorot")
            self.lin_dst = Linear(in_channels[1], wide, False, weight_initializer="glorot")
        else:
            self.lin = Linear(in_channels, wide, bias=False, weight_initializer="glorot")
        self.att_src = nn.Parameter(torch.empty(1, heads, out_channels))
        self.att_dst = nn.Parameter(torch.empty(1, heads, out_channels))
        self.lin_edge = self.att_edge = None
        if edge_dim is not None:
            self.lin_edge = Linear(edge_dim, wide, bias=False, weight_initializer="glorot")
            self.att_edge = nn.Parameter(torch.empty(1, heads, out_channels))
        self.res = None
        if residual:
            inputs = in_channels[1] if isinstance(in_channels, tuple) else in_channels
            self.res = Linear(inputs, total, bias=False, weight_initializer="glorot")
        self.bias = nn.Parameter(torch.empty(total)) if bias else None
        self.reset_parameters()

    def reset_parameters(self):
        for layer in [self.lin, self.lin_src, self.lin_dst, self.lin_edge, self.res]:
            if layer is not None:
                layer.reset_parameters()
        glorot(self.att_src)
        glorot(self.att_dst)
        glorot(self.att_edge)
        zeros(self.bias)

    def forward(self, x, edge_index, edge_attr=None, size=None, return_attention_weights=None):
        out = self.propagate(edge_index, x=self.lin(x))
        return out + self.bias if self.bias is not None else out


class GINConv(MessagePassing):
    def __init__(self, nn, eps=0.0, train_eps=False, **kwargs):
        super().__init__()
        self.nn = nn
        if train_eps:
            self.eps = torch.nn.Parameter(torch.full((1,), float(eps)))
        else:
            self.register_buffer("eps", torch.full((1,), float(eps)))
        reset(self.nn)

    def reset_parameters(self):
        reset(self.nn)

    def forward(self, x, edge_index, size=None):
        return self.nn(self.propagate(edge_index, x=x) + (1 + self.eps) * x)
