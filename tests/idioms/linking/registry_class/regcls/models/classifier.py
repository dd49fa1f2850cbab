import torch.nn as nn

from regcls import MODELS, create


@MODELS.register_module()
class Classifier(nn.Module):
    def __init__(self, width, head):
        super().__init__()
        self.stem = nn.Conv2d(3, width, 3, bias=False)
        self.head = create(head)
