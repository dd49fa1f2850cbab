"""Convolutional networks at their usual depth, as projects write them: all of them are healthy."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn


class Vgg19(nn.Module):
    """He et al.'s init, no norm; `plan` and `width` make small ones."""

    def __init__(self, width: int = 64, plan: tuple = (2, 2, 4, 4, 4), hidden: int = 4096, classes: int = 1000):
        super().__init__()
        layers, inputs = [], 3
        for index, count in enumerate(plan):
            outputs = width * min(2**index, 8)
            for _ in range(count):
                layers += [nn.Conv2d(inputs, outputs, kernel_size=3, padding=1), nn.ReLU(inplace=True)]
                inputs = outputs
            layers += [nn.MaxPool2d(kernel_size=2, stride=2)]
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.classifier = nn.Sequential(
            nn.Linear(inputs, hidden),
            nn.ReLU(True),
            nn.Dropout(),
            nn.Linear(hidden, hidden),
            nn.ReLU(True),
            nn.Dropout(),
            nn.Linear(hidden, classes),
        )
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
                nn.init.constant_(m.bias, 0)
            elif isinstance(m, nn.Linear):
                nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
                nn.init.constant_(m.bias, 0)
        nn.init.normal_(self.classifier[6].weight, 0, 0.01)

    def forward(self, x):
        x = self.avgpool(self.features(x))
        return self.classifier(torch.flatten(x, 1))


class Bottleneck(nn.Module):
    def __init__(self, inputs, width, stride=1, expansion=4):
        super().__init__()
        outputs = width * expansion
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, outputs, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        identity = x
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.relu(self.bn2(self.conv2(out)))
        out = self.bn3(self.conv3(out))
        if self.downsample is not None:
            identity = self.downsample(x)
        out += identity
        return self.relu(out)


class ResNet152(nn.Module):
    def __init__(self, width: int = 64, plan: tuple = (3, 8, 36, 3), classes: int = 1000):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.inplanes = width
        self.layer1 = self._make_layer(width, plan[0])
        self.layer2 = self._make_layer(width * 2, plan[1], 2)
        self.layer3 = self._make_layer(width * 4, plan[2], 2)
        self.layer4 = self._make_layer(width * 8, plan[3], 2)
        self.fc = nn.Linear(self.inplanes, classes)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
            elif isinstance(m, nn.BatchNorm2d):
                nn.init.constant_(m.weight, 1)
                nn.init.constant_(m.bias, 0)

    def _make_layer(self, width, blocks, stride=1):
        layers = [Bottleneck(self.inplanes, width, stride)]
        self.inplanes = width * 4
        for _ in range(1, blocks):
            layers.append(Bottleneck(self.inplanes, width))
        return nn.Sequential(*layers)

    def forward(self, x):
        x = self.maxpool(torch.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(x.mean((2, 3)))


class DenseLayer(nn.Module):
    def __init__(self, inputs, growth, size=4):
        super().__init__()
        self.norm1, self.conv1 = nn.BatchNorm2d(inputs), nn.Conv2d(inputs, size * growth, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(size * growth)
        self.conv2 = nn.Conv2d(size * growth, growth, 3, padding=1, bias=False)

    def forward(self, features):
        x = torch.cat(features, 1)
        x = self.conv1(F.relu(self.norm1(x)))
        return self.conv2(F.relu(self.norm2(x)))


class DenseNet121(nn.Module):
    def __init__(self, growth: int = 32, plan: tuple = (6, 12, 24, 16), classes: int = 1000):
        super().__init__()
        width = 2 * growth
        self.stem = nn.Sequential(nn.Conv2d(3, width, 7, 2, 3, bias=False), nn.BatchNorm2d(width), nn.ReLU())
        self.blocks, self.transitions = nn.ModuleList(), nn.ModuleList()
        for index, count in enumerate(plan):
            self.blocks.append(nn.ModuleList([DenseLayer(width + i * growth, growth) for i in range(count)]))
            width += count * growth
            if index < len(plan) - 1:
                self.transitions.append(
                    nn.Sequential(
                        nn.BatchNorm2d(width), nn.ReLU(), nn.Conv2d(width, width // 2, 1, bias=False), nn.AvgPool2d(2)
                    )
                )
                width //= 2
        self.norm = nn.BatchNorm2d(width)
        self.classifier = nn.Linear(width, classes)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight)

    def forward(self, x):
        x = self.stem(x)
        for index, block in enumerate(self.blocks):
            features = [x]
            for layer in block:
                features.append(layer(features))
            x = torch.cat(features, 1)
            if index < len(self.transitions):
                x = self.transitions[index](x)
        return self.classifier(F.relu(self.norm(x)).mean((2, 3)))


class MBConv(nn.Module):
    def __init__(self, inputs, outputs, expand, stride):
        super().__init__()
        hidden = inputs * expand
        self.use_res = stride == 1 and inputs == outputs
        self.expand = nn.Sequential(nn.Conv2d(inputs, hidden, 1, bias=False), nn.BatchNorm2d(hidden), nn.SiLU())
        self.depthwise = nn.Sequential(
            nn.Conv2d(hidden, hidden, 3, stride, 1, groups=hidden, bias=False), nn.BatchNorm2d(hidden), nn.SiLU()
        )
        self.reduce, self.grow = nn.Conv2d(hidden, max(1, inputs // 4), 1), nn.Conv2d(max(1, inputs // 4), hidden, 1)
        self.project = nn.Sequential(nn.Conv2d(hidden, outputs, 1, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = self.depthwise(self.expand(x))
        scale = y.mean((2, 3), keepdim=True)
        y = y * torch.sigmoid(self.grow(F.silu(self.reduce(scale))))
        y = self.project(y)
        return x + y if self.use_res else y


class EfficientNet(nn.Module):
    def __init__(
        self, width: int = 16, plan: tuple = ((1, 1, 1), (2, 2, 2), (3, 2, 2), (5, 3, 2), (7, 3, 1), (12, 4, 2))
    ):
        super().__init__()
        layers, inputs = [nn.Conv2d(3, 2 * width, 3, 2, 1, bias=False), nn.BatchNorm2d(2 * width), nn.SiLU()], 2 * width
        for times, count, stride in plan:
            outputs = width * times
            for index in range(count):
                layers.append(MBConv(inputs, outputs, 6, stride if index == 0 else 1))
                inputs = outputs
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(inputs, 1000)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out")

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


class LayerNorm2d(nn.LayerNorm):
    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class ConvNextBlock(nn.Module):
    def __init__(self, dim, scale=1e-6):
        super().__init__()
        self.dwconv = nn.Conv2d(dim, dim, 7, padding=3, groups=dim)
        self.norm = nn.LayerNorm(dim, eps=1e-6)
        self.pwconv1, self.act, self.pwconv2 = nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim)
        self.gamma = nn.Parameter(scale * torch.ones(dim))

    def forward(self, x):
        y = self.dwconv(x).permute(0, 2, 3, 1)
        y = self.gamma * self.pwconv2(self.act(self.pwconv1(self.norm(y))))
        return x + y.permute(0, 3, 1, 2)


class ConvNext(nn.Module):
    def __init__(self, depths: tuple = (3, 3, 27, 3), dims: tuple = (96, 192, 384, 768)):
        super().__init__()
        layers, inputs = [], 3
        for index, (depth, dim) in enumerate(zip(depths, dims)):
            size = 4 if index == 0 else 2
            stem = [nn.Conv2d(inputs, dim, size, size), LayerNorm2d(dim)]
            layers += stem if index == 0 else [LayerNorm2d(inputs), nn.Conv2d(inputs, dim, size, size)]
            layers += [ConvNextBlock(dim) for _ in range(depth)]
            inputs = dim
        self.stages = nn.Sequential(*layers)
        self.norm, self.head = nn.LayerNorm(inputs), nn.Linear(inputs, 1000)
        self.apply(self._init_weights)

    def _init_weights(self, m):
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            nn.init.trunc_normal_(m.weight, std=0.02)
            nn.init.constant_(m.bias, 0)

    def forward(self, x):
        return self.head(self.norm(self.stages(x).mean((2, 3))))


class FixupBlock(nn.Module):
    def __init__(self, channels, blocks):
        super().__init__()
        self.bias1, self.bias2 = nn.Parameter(torch.zeros(1)), nn.Parameter(torch.zeros(1))
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.scale = nn.Parameter(torch.ones(1))
        nn.init.normal_(self.conv1.weight, std=(2 / (9 * channels)) ** 0.5 * blocks ** (-0.5))
        nn.init.constant_(self.conv2.weight, 0)

    def forward(self, x):
        out = torch.relu(self.conv1(x + self.bias1))
        return torch.relu(x + self.conv2(out + self.bias2) * self.scale)


class Fixup(nn.Module):
    """ResNet-110 without norms."""

    def __init__(self, channels: int = 64, blocks: int = 54, classes: int = 10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, channels, 3, padding=1, bias=False)
        nn.init.normal_(self.conv1.weight, std=(2 / 27) ** 0.5)
        self.body = nn.Sequential(*[FixupBlock(channels, blocks) for _ in range(blocks)])
        self.fc = nn.Linear(channels, classes)
        nn.init.constant_(self.fc.weight, 0)

    def forward(self, x):
        return self.fc(self.body(torch.relu(self.conv1(x))).mean((2, 3)))


class Generator(nn.Module):
    """DCGAN's."""

    def __init__(self, latent: int = 100, width: int = 64):
        super().__init__()
        self.main = nn.Sequential(
            nn.ConvTranspose2d(latent, width * 8, 4, 1, 0, bias=False),
            nn.BatchNorm2d(width * 8),
            nn.ReLU(True),
            nn.ConvTranspose2d(width * 8, width * 4, 4, 2, 1, bias=False),
            nn.BatchNorm2d(width * 4),
            nn.ReLU(True),
            nn.ConvTranspose2d(width * 4, width * 2, 4, 2, 1, bias=False),
            nn.BatchNorm2d(width * 2),
            nn.ReLU(True),
            nn.ConvTranspose2d(width * 2, width, 4, 2, 1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(True),
            nn.ConvTranspose2d(width, 3, 4, 2, 1, bias=False),
            nn.Tanh(),
        )
        self.apply(weights_init)

    def forward(self, z):
        return self.main(z)


def weights_init(m):
    name = m.__class__.__name__
    if name.find("Conv") != -1:
        nn.init.normal_(m.weight.data, 0.0, 0.02)
    elif name.find("BatchNorm") != -1:
        nn.init.normal_(m.weight.data, 1.0, 0.02)
        nn.init.constant_(m.bias.data, 0)


class UnetBlock(nn.Module):
    def __init__(self, inputs, outputs, emb):
        super().__init__()
        self.norm1, self.conv1 = nn.GroupNorm(8, inputs), nn.Conv2d(inputs, outputs, 3, padding=1)
        self.emb = nn.Linear(emb, outputs)
        self.norm2, self.conv2 = nn.GroupNorm(8, outputs), nn.Conv2d(outputs, outputs, 3, padding=1)
        self.skip = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()
        nn.init.zeros_(self.conv2.weight)
        nn.init.zeros_(self.conv2.bias)

    def forward(self, x, t):
        h = self.conv1(F.silu(self.norm1(x)))
        h = h + self.emb(F.silu(t))[:, :, None, None]
        return self.skip(x) + self.conv2(F.silu(self.norm2(h)))


class DiffusionUnet(nn.Module):
    def __init__(self, width: int = 128, mults: tuple = (1, 2, 2, 4), blocks: int = 3):
        super().__init__()
        emb, dims = 4 * width, [width * m for m in mults]
        self.time = nn.Sequential(nn.Linear(width, emb), nn.SiLU(), nn.Linear(emb, emb))
        self.stem = nn.Conv2d(3, width, 3, padding=1)
        self.downs, self.ups, channels, now = nn.ModuleList(), nn.ModuleList(), [], width
        for dim in dims:
            for _ in range(blocks):
                self.downs.append(UnetBlock(now, dim, emb))
                now = dim
                channels.append(now)
        self.middle = UnetBlock(now, now, emb)
        for dim in reversed(dims):
            for _ in range(blocks):
                self.ups.append(UnetBlock(now + channels.pop(), dim, emb))
                now = dim
        self.norm, self.out = nn.GroupNorm(8, now), nn.Conv2d(now, 3, 3, padding=1)
        nn.init.zeros_(self.out.weight)

    def forward(self, x, t):
        t, x, skips = self.time(t), self.stem(x), []
        for down in self.downs:
            x = down(x, t)
            skips.append(x)
        x = self.middle(x, t)
        for up in self.ups:
            x = up(torch.cat([x, skips.pop()], 1), t)
        return self.out(F.silu(self.norm(x)))
