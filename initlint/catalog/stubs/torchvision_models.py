"""torchvision's residual networks and VGG, whose weights are loaded if some are asked for; read, never imported.

https://github.com/pytorch/vision/tree/main/torchvision/models
"""

import torch
import torch.nn as nn


class BasicBlock(nn.Module):
    expansion = 1

    def __init__(self, inputs, planes, stride, groups, width, norm):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, planes, 3, stride, 1, bias=False)
        self.bn1 = norm(planes)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(planes, planes, 3, 1, 1, bias=False)
        self.bn2 = norm(planes)
        self.downsample = _shortcut(inputs, planes, stride, norm)

    def forward(self, x):
        out = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x)))))
        return self.relu(out + (x if self.downsample is None else self.downsample(x)))


class Bottleneck(nn.Module):
    expansion = 4

    def __init__(self, inputs, planes, stride, groups, width, norm):
        super().__init__()
        inner = int(planes * (width / 64.0)) * groups
        self.conv1 = nn.Conv2d(inputs, inner, 1, bias=False)
        self.bn1 = norm(inner)
        self.conv2 = nn.Conv2d(inner, inner, 3, stride, 1, groups=groups, bias=False)
        self.bn2 = norm(inner)
        self.conv3 = nn.Conv2d(inner, planes * 4, 1, bias=False)
        self.bn3 = norm(planes * 4)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = _shortcut(inputs, planes * 4, stride, norm)

    def forward(self, x):
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn3(self.conv3(self.relu(self.bn2(self.conv2(out)))))
        return self.relu(out + (x if self.downsample is None else self.downsample(x)))


def _shortcut(inputs, outputs, stride, norm):
    if stride == 1 and inputs == outputs:
        return None
    return nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), norm(outputs))


class ResNet(nn.Module):
    def __init__(
        self,
        block,
        layers,
        num_classes=1000,
        zero_init_residual=False,
        groups=1,
        width_per_group=64,
        replace_stride_with_dilation=None,
        norm_layer=None,
    ):
        super().__init__()
        norm = nn.BatchNorm2d if norm_layer is None else norm_layer
        self.inplanes = 64
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = norm(64)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.layer1 = self._layer(block, 64, layers[0], 1, groups, width_per_group, norm)
        self.layer2 = self._layer(block, 128, layers[1], 2, groups, width_per_group, norm)
        self.layer3 = self._layer(block, 256, layers[2], 2, groups, width_per_group, norm)
        self.layer4 = self._layer(block, 512, layers[3], 2, groups, width_per_group, norm)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(512 * block.expansion, num_classes)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
            elif isinstance(m, (nn.BatchNorm2d, nn.GroupNorm)):
                nn.init.constant_(m.weight, 1)
                nn.init.constant_(m.bias, 0)
        if zero_init_residual:
            for m in self.modules():
                if isinstance(m, Bottleneck):
                    nn.init.constant_(m.bn3.weight, 0)
                elif isinstance(m, BasicBlock):
                    nn.init.constant_(m.bn2.weight, 0)

    def _layer(self, block, planes, depth, stride, groups, width, norm):
        blocks = []
        for number in range(depth):
            blocks.append(block(self.inplanes, planes, stride if number == 0 else 1, groups, width, norm))
            self.inplanes = planes * block.expansion
        return nn.Sequential(*blocks)

    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(torch.flatten(self.avgpool(x), 1))


def _loaded(build, old, weights, options):
    pretrained = old[0] if old else options.pop("pretrained", False)
    model = build(**options)
    if weights is not None or pretrained:
        model.load_state_dict(weights)
    return model


def _resnet(block, layers, old, weights, options):
    return _loaded(lambda **given: ResNet(block, layers, **given), old, weights, options)


def resnet18(*old, weights=None, progress=True, **kwargs):
    return _resnet(BasicBlock, [2, 2, 2, 2], old, weights, kwargs)


def resnet34(*old, weights=None, progress=True, **kwargs):
    return _resnet(BasicBlock, [3, 4, 6, 3], old, weights, kwargs)


def resnet50(*old, weights=None, progress=True, **kwargs):
    return _resnet(Bottleneck, [3, 4, 6, 3], old, weights, kwargs)


def resnet101(*old, weights=None, progress=True, **kwargs):
    return _resnet(Bottleneck, [3, 4, 23, 3], old, weights, kwargs)


def resnet152(*old, weights=None, progress=True, **kwargs):
    return _resnet(Bottleneck, [3, 8, 36, 3], old, weights, kwargs)


def resnext50_32x4d(*old, weights=None, progress=True, **kwargs):
    kwargs["groups"] = 32
    kwargs["width_per_group"] = 4
    return _resnet(Bottleneck, [3, 4, 6, 3], old, weights, kwargs)


def wide_resnet50_2(*old, weights=None, progress=True, **kwargs):
    kwargs["width_per_group"] = 128
    return _resnet(Bottleneck, [3, 4, 6, 3], old, weights, kwargs)


class VGG(nn.Module):
    def __init__(self, features, num_classes=1000, init_weights=True, dropout=0.5):
        super().__init__()
        self.features = features
        self.avgpool = nn.AdaptiveAvgPool2d((7, 7))
        self.classifier = nn.Sequential(
            nn.Linear(512 * 7 * 7, 4096),
            nn.ReLU(True),
            nn.Dropout(p=dropout),
            nn.Linear(4096, 4096),
            nn.ReLU(True),
            nn.Dropout(p=dropout),
            nn.Linear(4096, num_classes),
        )
        if init_weights:
            for m in self.modules():
                if isinstance(m, nn.Conv2d):
                    nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
                    if m.bias is not None:
                        nn.init.constant_(m.bias, 0)
                elif isinstance(m, nn.BatchNorm2d):
                    nn.init.constant_(m.weight, 1)
                    nn.init.constant_(m.bias, 0)
                elif isinstance(m, nn.Linear):
                    nn.init.normal_(m.weight, 0, 0.01)
                    nn.init.constant_(m.bias, 0)

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


def _features(depths, batch_norm):
    layers = []
    inputs = 3
    for width, depth in zip([64, 128, 256, 512, 512], depths):
        for _ in range(depth):
            layers.append(nn.Conv2d(inputs, width, kernel_size=3, padding=1))
            if batch_norm:
                layers.append(nn.BatchNorm2d(width))
            layers.append(nn.ReLU(inplace=True))
            inputs = width
        layers.append(nn.MaxPool2d(kernel_size=2, stride=2))
    return nn.Sequential(*layers)


def _vgg(depths, batch_norm, old, weights, options):
    return _loaded(lambda **given: VGG(_features(depths, batch_norm), **given), old, weights, options)


def vgg11(*old, weights=None, progress=True, **kwargs):
    return _vgg([1, 1, 2, 2, 2], False, old, weights, kwargs)


def vgg13(*old, weights=None, progress=True, **kwargs):
    return _vgg([2, 2, 2, 2, 2], False, old, weights, kwargs)


def vgg16(*old, weights=None, progress=True, **kwargs):
    return _vgg([2, 2, 3, 3, 3], False, old, weights, kwargs)


def vgg19(*old, weights=None, progress=True, **kwargs):
    return _vgg([2, 2, 4, 4, 4], False, old, weights, kwargs)


def vgg16_bn(*old, weights=None, progress=True, **kwargs):
    return _vgg([2, 2, 3, 3, 3], True, old, weights, kwargs)


def vgg19_bn(*old, weights=None, progress=True, **kwargs):
    return _vgg([2, 2, 4, 4, 4], True, old, weights, kwargs)
