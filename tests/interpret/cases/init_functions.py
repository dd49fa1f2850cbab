"""Every function of torch.nn.init."""

from torch import nn
from torch.nn import init


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(40, 60) for _ in range(22)])
        w = [layer.weight for layer in self.layers]
        init.uniform_(w[0])
        init.uniform_(w[1], -0.2, b=0.4)
        init.normal_(w[2])
        init.normal_(w[3], mean=0.5, std=0.02)
        init.trunc_normal_(w[4])
        init.trunc_normal_(w[5], std=0.02, a=-0.04, b=0.04)
        init.constant_(w[6], 0.3)
        init.ones_(w[7])
        init.zeros_(tensor=w[8])
        init.xavier_uniform_(w[9])
        init.xavier_uniform_(w[10], gain=init.calculate_gain("tanh"))
        init.xavier_normal_(w[11], gain=2)
        init.kaiming_uniform_(w[12])
        init.kaiming_uniform_(w[13], a=5**0.5)
        init.kaiming_uniform_(w[14], nonlinearity="relu", mode="fan_out")
        init.kaiming_normal_(w[15])
        init.kaiming_normal_(w[16], 0.2, "fan_in", "leaky_relu")
        init.kaiming_normal_(w[17], nonlinearity="linear")
        init.orthogonal_(w[18], gain=1.5)
        init.eye_(w[19])
        init.sparse_(w[20], sparsity=0.9, std=0.1)
        init.kaiming_normal_(w[21], nonlinearity="selu")
        self.conv = nn.Conv2d(8, 16, 3)
        init.dirac_(self.conv.weight)
        self.conv2 = nn.Conv2d(8, 16, 3, groups=2)
        init.kaiming_normal_(self.conv2.weight, mode="fan_out", nonlinearity="relu")
        self.up = nn.ConvTranspose2d(8, 16, 3)
        init.kaiming_normal_(self.up.weight, nonlinearity="relu")
        init.xavier_uniform_(self.up.bias.view(1, -1))


class Old(nn.Module):
    """Deprecated spellings."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(40, 60)
        nn.init.xavier_normal(self.fc.weight)
        nn.init.constant(self.fc.bias, 0.1)
