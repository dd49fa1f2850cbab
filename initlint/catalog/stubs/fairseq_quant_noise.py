"""fairseq's quant_noise: it adds noise in training and gives back the layer; read by the interpreter, never imported.

https://github.com/facebookresearch/fairseq/blob/main/fairseq/modules/quant_noise.py
"""


def quant_noise(module, p, block_size):
    return module
