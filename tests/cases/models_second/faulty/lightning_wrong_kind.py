import pytorch_lightning as pl
import torch
import torch.nn as nn


class Autoencoder(pl.LightningModule):
    def __init__(self, latent=32):
        super().__init__()
        self.save_hyperparameters()
        self.encoder = nn.Sequential(nn.Conv2d(1, 16, 3, 2, 1), nn.ReLU(), nn.Conv2d(16, 32, 3, 2, 1), nn.ReLU(), nn.Flatten(), nn.Linear(32 * 49, latent))
        self.decoder = nn.Sequential(nn.Linear(latent, 784), nn.Sigmoid())
        self.init_params()

    def init_params(self):
        for m in self.modules():
            if type(m) in [nn.Conv1d]:  # expect: init-has-no-effect
                nn.init.kaiming_normal_(m.weight)
                nn.init.constant_(m.bias, 0)

    def forward(self, x):
        return self.decoder(self.encoder(x))

    def training_step(self, batch, idx):
        x, _ = batch
        return nn.functional.mse_loss(self(x), x.flatten(1))
