import torch
import torch.nn as nn


class CNN14(nn.Module):
    def __init__(self, classes=527):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 64, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(64)
        self.conv2 = nn.Conv2d(64, 128, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(128)
        self.fc = nn.Linear(128, classes)

    def init_weights(self):  # expect: init-never-applied
        for layer in (self.conv1, self.conv2, self.fc):
            nn.init.xavier_uniform_(layer.weight)
            layer.bias.data.fill_(0.0)

    def forward(self, mel):
        x = torch.relu(self.bn1(self.conv1(mel)))
        x = torch.relu(self.bn2(self.conv2(x)))
        return torch.sigmoid(self.fc(x.mean((2, 3))))


def main():
    model = CNN14()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    x, y = torch.randn(8, 1, 128, 64), torch.zeros(8, 527)
    loss = nn.functional.binary_cross_entropy(model(x), y)
    loss.backward()
    optimizer.step()


if __name__ == "__main__":
    main()
