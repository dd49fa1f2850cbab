"""Agreement on real libraries: the static model of timm's, torchvision's and transformers' classes and live ones."""
