"""A method of the class copies pretrained weights in; what calls it holds the model under a name from a config."""

from torch import nn


class Deep(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        layers = [nn.Conv2d(3, 64, 3), nn.ReLU()]
        for _ in range(14):
            layers += [nn.Conv2d(64, 64, 3, padding=1), nn.ReLU()]
        self.body = nn.Sequential(*layers)
        self.head = nn.Conv2d(64, classes, 1)

    def forward(self, x):
        return self.head(self.body(x))

    def init_from_vgg(self, vgg):
        for mine, theirs in zip(self.body.children(), vgg.features.children()):
            if isinstance(mine, nn.Conv2d) and isinstance(theirs, nn.Conv2d):
                mine.weight.data = theirs.weight.data
                mine.bias.data = theirs.bias.data


REGISTRY = {"deep": Deep}


def get_model(name, vgg):
    model = REGISTRY[name](classes=3)
    model.init_from_vgg(vgg)
    return model
