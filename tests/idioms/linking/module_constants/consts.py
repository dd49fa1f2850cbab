import math
import os

WIDTH = int(os.environ.get("INITLINT_NO_SUCH_VARIABLE", "16"))
HEADS, LAYERS = 4, 2
STD: float = 1 / math.sqrt(WIDTH)
CONFIG = {"base": dict(width=WIDTH, depth=LAYERS)}
CONFIG["large"] = dict(CONFIG["base"], width=WIDTH * 2)
for _name in ("x", "y"):
    CONFIG[_name] = {"width": len(_name) * 10, "depth": 1}
if LAYERS > 1:
    EXTRA = 7
else:
    EXTRA = 0
del _name
