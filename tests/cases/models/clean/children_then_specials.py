import torch
import torch.nn as nn


class Detector(nn.Module):
    def __init__(self, c=256, classes=80, anchors=9):
        super().__init__()
        self.tower = nn.Sequential(*[nn.Sequential(nn.Conv2d(c, c, 3, padding=1), nn.ReLU()) for _ in range(4)])
        self.cls_score = nn.Conv2d(c, anchors * classes, 3, padding=1)
        self.bbox_pred = nn.Conv2d(c, anchors * 4, 3, padding=1)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.normal_(m.weight, std=0.01)
                nn.init.constant_(m.bias, 0)
        nn.init.constant_(self.cls_score.bias, -torch.log(torch.tensor((1 - 0.01) / 0.01)).item())

    def forward(self, feats):
        return [(self.cls_score(self.tower(f)), self.bbox_pred(self.tower(f))) for f in feats]
