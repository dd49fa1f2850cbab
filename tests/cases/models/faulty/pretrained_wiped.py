"""A pretrained backbone whose weights the init of the whole classifier draws anew."""

from torch import nn
from torchvision.models import resnet50


class Classifier(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.backbone = resnet50(weights="DEFAULT")  # expect: init-overwritten
        self.backbone.fc = nn.Identity()
        self.head = nn.Sequential(nn.Linear(2048, 512), nn.ReLU(), nn.Linear(512, classes))
        self.apply(self.init_weights)

    def init_weights(self, module):
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(module.weight)

    def forward(self, x):
        return self.head(self.backbone(x))
