"""The parts of a Llama layer as functions with hand-written gradients.

On two cores, passes over memory cost as much as matrix products, so each function saves what its
gradient needs and no more. Products run in the type of their operands (bfloat16 where the processor
multiplies it quickly), sums of the residual stream in float32. Runs on torch 1.13 and later.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any, TypeAlias

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.autograd import Function

Pair: TypeAlias = "tuple[Tensor, Tensor]"
Weigh: TypeAlias = Callable[[Tensor, slice], Tensor]
COMPILED_FORMS = 32
"""of one function at most: whether each tensor is contiguous, and which sizes are 1"""
PACKED_ROWS = 64
"""rows of products with a packed weight, which its layout suits best"""
HEAD_ROWS = 512  # of the output layer at a time: its logits are the largest tensors there are


class PackedWeight:
    """A weight laid out for oneDNN once; torch's own product lays it out anew each time.

    That takes half the time of a product with few rows. Results are the same to the last bit. It is
    laid out by the first product; where that is not possible, products are torch's own.
    """

    def __init__(self, weight: Tensor) -> None:
        self.weight = weight
        self._packed: Tensor | None = None

    @staticmethod
    def possible(dtype: torch.dtype) -> bool:
        """Whether this torch has the functions, for products of that type."""
        return dtype == torch.bfloat16 and hasattr(torch.ops.mkldnn, "_reorder_linear_weight")

    def forget(self) -> None:
        """Call after each change of the weight."""
        self._packed = None

    def product(self, x: Tensor) -> Tensor:
        if not self.possible(self.weight.dtype):
            return F.linear(x, self.weight)
        if self._packed is None:
            self._packed = torch.ops.mkldnn._reorder_linear_weight(self.weight, PACKED_ROWS)
        result: Tensor = torch.ops.mkldnn._linear_pointwise(
            x.contiguous(), self._packed, None, "none", [], ""
        )
        return result


class AdaptedLinear(Function):
    """x W'ᵀ, where W' is the frozen weight with the adapters' B·A already added.

    One product forward, one backward: the gradients of A and B need only products with `rank`
    columns. A fused weight has several parts, each with its own A and B over its rows.
    """

    @staticmethod
    def forward(
        ctx: Any, x: Tensor, weight: Tensor, rows: list[int], scale: float, *pairs: Tensor
    ) -> Tensor:
        ctx.save_for_backward(x, weight, *pairs)
        ctx.rows, ctx.scale = rows, scale
        return F.linear(x, weight)

    @staticmethod
    def backward(ctx: Any, *outputs: Tensor) -> Any:
        x, weight, *pairs = ctx.saved_tensors
        (grad,) = outputs
        gradients: list[Tensor] = []
        for part, columns in enumerate(grad.split(ctx.rows, dim=1)):
            a, b = (pair.to(x.dtype) for pair in pairs[2 * part : 2 * part + 2])
            columns = columns.contiguous()
            gradients.append(((columns @ b).t() @ x).float().mul_(ctx.scale))
            gradients.append((columns.t() @ (x @ a.t())).float().mul_(ctx.scale))
        return (grad @ weight, None, None, None, *gradients)


class FullLinear(Function):
    """x Wᵀ with the gradient of W itself; W was rounded from the float32 parts `masters`."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, rows: list[int], *masters: Tensor) -> Tensor:
        ctx.save_for_backward(x, weight)
        ctx.rows = rows
        return F.linear(x, weight)

    @staticmethod
    def backward(ctx: Any, *outputs: Tensor) -> Any:
        x, weight = ctx.saved_tensors
        (grad,) = outputs
        return (grad @ weight, None, None, *(grad.t() @ x).float().split(ctx.rows))


def rms_forward(x: Tensor, weight: Tensor, eps: float, dtype: torch.dtype) -> Pair:
    inverse = torch.rsqrt((x * x).mean(-1, keepdim=True) + eps)
    return (x * inverse * weight).to(dtype), inverse


def rms_backward(grad: Tensor, x: Tensor, inverse: Tensor, weight: Tensor) -> Tensor:
    grad = grad.float() * weight
    along = (grad * x).mean(-1, keepdim=True) * inverse**3
    return grad * inverse - x * along


def swiglu_forward(both: Tensor) -> Tensor:
    gate, up = both.chunk(2, dim=-1)
    return F.silu(gate) * up


def swiglu_backward(both: Tensor, grad: Tensor) -> Tensor:
    gate, up = both.chunk(2, dim=-1)
    sigmoid = torch.sigmoid(gate)
    silu = gate * sigmoid
    return torch.cat([grad * up * (sigmoid + silu * (1 - sigmoid)), grad * silu], dim=-1)


def rotate(x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """Turns the pairs (i, i + half) of the last dimension by the angles of their positions."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat([first * cosine - second * sine, second * cosine + first * sine], dim=-1)


class RmsNorm(Function):
    """x / rms(x) · weight in the type `dtype`, of a float32 x."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, eps: float, dtype: torch.dtype) -> Tensor:
        result, inverse = fused.rms_forward(x.detach(), weight.detach(), eps, dtype)
        ctx.save_for_backward(x, inverse, weight)
        return result

    @staticmethod
    def backward(ctx: Any, *outputs: Tensor) -> Any:
        x, inverse, weight = ctx.saved_tensors
        (grad,) = outputs
        of_weight = None
        if ctx.needs_input_grad[1]:
            of_weight = (grad.float() * x).mul_(inverse).sum(0)
        return fused.rms_backward(grad, x, inverse, weight), of_weight, None, None


class SwiGlu(Function):
    """silu(gate) · up, of both side by side."""

    @staticmethod
    def forward(ctx: Any, both: Tensor) -> Tensor:
        ctx.save_for_backward(both)
        return fused.swiglu_forward(both.detach())

    @staticmethod
    def backward(ctx: Any, *outputs: Tensor) -> Any:
        (both,) = ctx.saved_tensors
        return fused.swiglu_backward(both, outputs[0])


class Rotary(Function):
    """rotate() with its gradient: the turn back."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
        ctx.save_for_backward(cosine, sine)
        return fused.rotate(x.detach(), cosine, sine)

    @staticmethod
    def backward(ctx: Any, *outputs: Tensor) -> Any:
        cosine, sine = ctx.saved_tensors
        return fused.rotate(outputs[0], cosine, -sine), None, None


class HeadLoss(Function):
    """Minus the sum of weight · log p(target), of a frozen output layer; also each target's log p.

    `weigh(log_p, rows)` gives the weights of some rows once their log p is known, as a policy
    gradient needs them; they count as constants. Logits are made for HEAD_ROWS rows at a time and
    given up at once, the gradient is computed on the way: differentiate the first result, once.
    """

    @staticmethod
    def forward(
        ctx: Any, hidden: Tensor, head: Tensor, targets: Tensor, weigh: Weigh
    ) -> tuple[Tensor, Tensor]:
        grad = torch.empty_like(hidden)
        log_p = torch.empty(len(targets))
        loss = torch.zeros(())
        for begin in range(0, len(targets), HEAD_ROWS):
            rows = slice(begin, begin + HEAD_ROWS)
            logits = F.linear(hidden[rows], head).float()
            logits -= logits.logsumexp(1, keepdim=True)
            index = targets[rows, None]
            log_p[rows] = logits.gather(1, index)[:, 0]
            weights = weigh(log_p[rows], rows)
            loss -= (log_p[rows] * weights).sum()
            slope = logits.exp_()
            slope.scatter_add_(1, index, torch.full(index.shape, -1.0))
            slope *= weights[:, None]
            grad[rows] = slope.to(head.dtype) @ head
        ctx.save_for_backward(grad)
        ctx.mark_non_differentiable(log_p)
        return loss, log_p

    @staticmethod
    def backward(ctx: Any, *outputs: Tensor) -> Any:
        (grad,) = ctx.saved_tensors
        return grad * outputs[0].to(grad.dtype), None, None, None


class Fused:
    """The element-wise functions above, each as one pass over memory once compile() was called.

    Give them detached tensors: each combination of tensors that need gradients is compiled anew.
    """

    def __init__(self) -> None:
        self.rms_forward = rms_forward
        self.rms_backward = rms_backward
        self.swiglu_forward = swiglu_forward
        self.swiglu_backward = swiglu_backward
        self.rotate = rotate

    def compile(self) -> bool:
        """Compiles them, where torch (from 2.0) and a C++ compiler can; says whether they did."""
        if not hasattr(torch, "compile") or not (shutil.which("g++") or shutil.which("clang++")):
            return False
        limits = torch._dynamo.config
        limit = "recompile_limit" if hasattr(limits, "recompile_limit") else "cache_size_limit"
        setattr(limits, limit, COMPILED_FORMS)
        for name, function in vars(type(self)()).items():
            setattr(self, name, torch.compile(function, dynamic=True))
        return True


fused = Fused()
