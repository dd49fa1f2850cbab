from regpkg import heads, nets
from regpkg.registry import create, list_models
