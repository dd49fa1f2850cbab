import torch
import torch.nn as nn
import torch.nn.functional as F


class DQN(nn.Module):
    def __init__(self, n_obs, n_actions):
        super().__init__()
        self.layer1 = nn.Linear(n_obs, 128)
        self.layer2 = nn.Linear(128, 128)
        self.layer3 = nn.Linear(128, n_actions)
        self.init_weights()

    def init_weights(self):
        for layer in [self.layer1, self.layer2, self.layer3]:
            nn.init.normal_(layer.weight, mean=0.0, std=1.0)  # expect: weight-scale-too-large
            nn.init.constant_(layer.bias, 0.0)

    def forward(self, x):
        x = F.relu(self.layer1(x))
        x = F.relu(self.layer2(x))
        return self.layer3(x)
