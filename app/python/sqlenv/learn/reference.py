"""The reference policy: training starts from it, and the KL term holds the policy near it.

It knows one thing, that questions name what they are about: tables, columns and values that the
question names are likelier, and rather few conditions and columns than many. Of the words that ask
(how many, average, most, each, than …) it knows nothing: every shape of query, operator, order and
limit is equally likely. With strength 0 every choice is.
"""

from __future__ import annotations

import numpy as np

from .model import SIZE, Floats, feature

_NAMED = {"level2True": 2.5, "level2False": 1.5, "level1False": 0.5}
_ROLES = ("target", "amount", "amount count_distinct distinct", "amount distinct distinct",
          "order", "group", "group frequent")  # fmt: skip
_WEIGHTS = {
    **{f"{what}:{level}": w for what in ("describe", "table") for level, w in _NAMED.items()},
    **{f"{role}{again}:{level}": w for role in _ROLES for again in (False, True)
       for level, w in _NAMED.items()},
    # Look the question's phrases up once; write when every named table is described.
    "look up:againFalse": 1.0,
    "look up:againTrue": -2.0,
    **{f"sample:seen{n}": -1.0 for n in (1, 2, 3, 4)},
    **{f"write:seen{n}wanted0": 2.0 for n in (1, 2, 3, 4)},
    # Few columns, few conditions; the values that were found first.
    "end:1": 1.5, "end:2": 2.0,
    **{f"none0:{kind}": 2.0 for kind in ("listing", "grouped", "number")},
    "none0:hits1": -1.0, "none0:hits2": -1.0, "none0:quoted1": -1.0,
    **{f"none1:{n}00": 3.0 for n in (0, 1, 2)},
    "hit:distance0capitalTrue": 1.5, "hit:distance1capitalTrue": 1.0,
    "operator:hit text:=": 1.0,
    # Believe a result that is there.
    "answer:one": 2.0, "answer:some": 2.0, "answer:many": 1.0, "again:error": 1.0,
}  # fmt: skip


def reference_weights(strength: float = 1.0) -> Floats:
    """(SIZE,) the reference policy's weights."""
    weights: Floats = np.zeros(SIZE)
    for name, weight in _WEIGHTS.items():
        weights[feature(name)] += strength * weight
    return weights
