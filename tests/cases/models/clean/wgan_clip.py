import torch
import torch.nn as nn


class Critic(nn.Module):
    def __init__(self, d=784):
        super().__init__()
        self.model = nn.Sequential(nn.Linear(d, 512), nn.LeakyReLU(0.2, True), nn.Linear(512, 256), nn.LeakyReLU(0.2, True), nn.Linear(256, 1))

    def forward(self, x):
        return self.model(x.flatten(1))


critic = Critic()
opt = torch.optim.RMSprop(critic.parameters(), lr=5e-5)
for _ in range(5):
    loss = -critic(torch.randn(8, 784)).mean()
    loss.backward()
    opt.step()
    for p in critic.parameters():
        p.data.clamp_(-0.01, 0.01)
