import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 512)
        self.fc2 = nn.Linear(512, 256)
        self.fc3 = nn.Linear(256, 10)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        x = F.relu(self.fc3(x))  # expect: activation-before-loss
        return x


net = Net()
optimizer = torch.optim.Adam(net.parameters())
loader = torch.utils.data.DataLoader([])
for epoch in range(3):
    for data, target in loader:
        optimizer.zero_grad()
        output = net(data.view(data.size(0), -1))
        loss = F.cross_entropy(output, target)
        loss.backward()
        optimizer.step()
