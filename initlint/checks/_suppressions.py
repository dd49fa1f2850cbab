"""What the rules on suppression comments share."""

from __future__ import annotations

from initlint.diagnostics import Applicability, PlacedEdit, PlacedFix
from initlint.signal.facts import Suppression


def cleared(comment: Suppression) -> PlacedFix | None:
    """The fix that leaves of a comment what it does; one and the same for all that is wrong with it."""
    if comment.cleared is None:
        return None
    span, text = comment.cleared
    message = "take out of the comment what does nothing" if text else "remove the comment"
    return PlacedFix(message, Applicability.SAFE, (PlacedEdit(span, text),))
