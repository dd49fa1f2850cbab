"""Loops over modules(), children() and their named forms, with every test of a layer's type."""

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.up = nn.ConvTranspose2d(4, 3, 2)
        self.bn = nn.BatchNorm2d(4)
        self.gn = nn.GroupNorm(2, 4)
        self.emb = nn.Embedding(5, 6)
        self.fc = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 2, bias=False))
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.constant_(m.weight, 1)
            elif isinstance(m, (nn.BatchNorm2d, nn.GroupNorm)):
                m.weight.data.fill_(2)
            elif type(m) in (nn.Linear,) and m.bias is not None:
                nn.init.constant_(m.weight, 3)
            elif m.__class__.__name__ == "Embedding":
                nn.init.constant_(m.weight, 4)
            elif type(m) is nn.Linear:
                nn.init.constant_(m.weight, 5)
            elif "ConvTranspose" in type(m).__name__:
                nn.init.constant_(m.weight, 6)


class ClassNames(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(3, 4, 3)
        self.bn = nn.BatchNorm1d(4)
        self.fc = nn.Linear(4, 4)
        for m in self.modules():
            name = m.__class__.__name__
            if name.find("Conv") != -1:
                m.weight.data.normal_(0.0, 0.02)
            elif name.startswith("Batch"):
                m.weight.data.normal_(1.0, 0.02)
                m.bias.data.fill_(0)
            elif name.lower() == "linear":
                m.weight.data.zero_()


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 4))
        self.decoder = nn.Linear(4, 3)
        for name, m in self.named_modules():
            if "encoder" in name and isinstance(m, nn.Linear):
                nn.init.ones_(m.weight)
        for name, child in self.named_children():
            if name == "decoder":
                nn.init.zeros_(child.weight)
        for child in self.children():
            if not isinstance(child, nn.Linear):
                for inner in child.children():
                    nn.init.zeros_(inner.bias)
        for layer in self.encoder:
            layer.bias.data += 1
        for layer in [self.encoder[0], self.decoder]:
            nn.init.constant_(layer.bias, 7)
