from .one import One
from .two import two_small, two_wide
