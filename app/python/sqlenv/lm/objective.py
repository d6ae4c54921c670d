"""GRPO's objective for each token, and its slope.

min(r A, clip(r, 1 − ε, 1 + ε) A) − β (p_ref / p − log(p_ref / p) − 1),   r = p / p_drawn
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor


class Slope(NamedTuple):
    """Of some tokens."""

    by_log_p: Tensor
    """the derivative of the objective by each token's log p"""
    kl: Tensor
    """the estimate of the divergence from the reference at each token; never negative"""
    clipped: Tensor
    """whether the token's ratio is beyond the clip, so that its advantage pushes no further"""


def slope(
    log_p: Tensor, drawn: Tensor, reference: Tensor, advantage: Tensor, clip: float, beta: float
) -> Slope:
    """`log_p` now, when the token was `drawn`, and of the `reference`: each [tokens]."""
    ratio = (log_p - drawn).exp()
    # Beyond the clip, min() takes the constant side.
    clipped = torch.where(advantage > 0, ratio > 1 + clip, ratio < 1 - clip)
    push = torch.where(clipped, torch.zeros_like(ratio), ratio * advantage)
    further = (reference - log_p).exp()
    return Slope(push + beta * (further - 1), further - (reference - log_p) - 1, clipped)
