"""The rules. The list is explicit, in the order of their codes: a rule exists when it stands here."""

from __future__ import annotations

from typing import Any

from initlint.checks import (
    bad_init_argument,
    constant_weight_init,
    default_init_deep_relu,
    deprecated_init,
    he_before_saturating,
    init_needs_2d,
    init_needs_no_grad,
    init_never_applied,
    init_of_missing_bias,
    init_order_in_reset,
    init_overwritten,
    missing_norm,
    norm_eps_as_momentum,
    not_analysed,
    parameter_replaced_by_tensor,
    syntax_error,
    unexplained_suppression,
    uninitialised_parameter,
    unknown_rule,
    unreadable_file,
    unused_suppression,
    xavier_before_relu,
    zero_weight_init,
)
from initlint.rule import Rule

RULES: tuple[Rule[Any], ...] = (
    syntax_error.RULE,
    unused_suppression.RULE,
    unknown_rule.RULE,
    unreadable_file.RULE,
    not_analysed.RULE,
    unexplained_suppression.RULE,
    zero_weight_init.RULE,
    constant_weight_init.RULE,
    xavier_before_relu.RULE,
    he_before_saturating.RULE,
    missing_norm.RULE,
    default_init_deep_relu.RULE,
    uninitialised_parameter.RULE,
    init_never_applied.RULE,
    init_overwritten.RULE,
    deprecated_init.RULE,
    init_needs_2d.RULE,
    init_needs_no_grad.RULE,
    parameter_replaced_by_tensor.RULE,
    bad_init_argument.RULE,
    init_of_missing_bias.RULE,
    norm_eps_as_momentum.RULE,
    init_order_in_reset.RULE,
)
