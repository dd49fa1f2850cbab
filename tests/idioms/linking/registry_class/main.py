"""A registry class whose instance other files fill; a configuration names what is to be built, parts within parts."""

import regcls.models.classifier
import regcls.models.heads
from regcls import create


def build():
    return create(dict(type="Classifier", width=6, head=dict(type="linear-head", in_channels=6)))
