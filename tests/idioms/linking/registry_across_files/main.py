"""Classes register themselves when their files are imported; another file creates them by name."""

import regpkg


def build():
    return regpkg.create("tiny", width=24)
