from regcls.registry import MODELS, create
