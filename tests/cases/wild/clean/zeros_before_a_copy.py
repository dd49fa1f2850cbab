"""All weights are zero until a method of the class copies pretrained ones in, which the user's script calls."""

from torch import nn


class Net(nn.Module):
    def __init__(self, classes=21):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 3)
        self.relu1 = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(64, 64, 3)
        self.relu2 = nn.ReLU(inplace=True)
        self.score = nn.Conv2d(64, classes, 1)
        self._initialize_weights()

    def _initialize_weights(self):
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                m.weight.data.zero_()
                m.bias.data.zero_()

    def forward(self, x):
        return self.score(self.relu2(self.conv2(self.relu1(self.conv1(x)))))

    def copy_params_from_vgg16(self, vgg16):
        features = [self.conv1, self.relu1, self.conv2, self.relu2]
        for theirs, mine in zip(vgg16.features, features):
            if isinstance(theirs, nn.Conv2d) and isinstance(mine, nn.Conv2d):
                mine.weight.data.copy_(theirs.weight.data)
                mine.bias.data.copy_(theirs.bias.data)
