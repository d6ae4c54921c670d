"""The policy's arithmetic: probabilities, gradients against finite differences, advantages."""

from __future__ import annotations

import numpy as np
import pytest

from sqlenv.learn.grpo import advantages
from sqlenv.learn.model import SIZE, Adam, Batch, Choice, Taken, feature, grpo_loss


def random_batch(seed: int) -> tuple[Batch, Taken, np.ndarray, np.ndarray, np.ndarray]:
    """A batch of choices, decisions in it, weights, reference weights, and the features in use."""
    rng = np.random.default_rng(seed)
    names = [f"f{i}" for i in range(12)]
    choices = []
    for size in (2, 3, 5, 4):
        rows = [list(rng.choice(names, size=rng.integers(1, 5))) for _ in range(size)]
        choices.append(Choice(list(range(size)), rows))
    batch = Batch(choices)
    weights, reference = np.zeros(SIZE), np.zeros(SIZE)
    used = np.array(sorted({feature(name) for name in names}))
    weights[used] = rng.normal(size=len(used))
    reference[used] = rng.normal(size=len(used))
    which = np.array([0, 1, 2, 3, 2, 1, 0, 3])
    sizes = np.array([len(choice) for choice in choices])
    rows = batch.starts[which] + rng.integers(0, 100, len(which)) % sizes[which]
    old = batch.log_probabilities(weights)[rows] + rng.normal(scale=0.3, size=len(which))
    taken = Taken(which, rows, rng.normal(size=len(which)), old, np.full(len(which), 1 / len(which)))
    return batch, taken, weights, reference, used


def test_probabilities_are_a_softmax_of_the_features_weights() -> None:
    choice = Choice(["a", "b", "c"], [["x"], ["x", "y"], ["y", "y"]])
    weights = np.zeros(SIZE)
    weights[feature("x")], weights[feature("y")] = 0.5, -1.25
    scores = np.array([0.5, -0.75, -2.5])
    expected = np.exp(scores) / np.exp(scores).sum()
    assert np.allclose(np.exp(choice.log_probabilities(weights)), expected, atol=1e-15)


def test_a_batch_gives_what_its_choices_give_alone() -> None:
    batch, _, weights, _, _ = random_batch(3)
    together = batch.log_probabilities(weights)
    assert np.allclose(batch.sum_by_choice(np.exp(together)), 1.0)
    rng_choice = Choice([0, 1], [["f1", "f2"], ["f3"]])
    alone = rng_choice.log_probabilities(weights)
    assert np.allclose(Batch([rng_choice, rng_choice]).log_probabilities(weights)[2:], alone)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kl", [0.0, 0.3])
def test_the_gradient_is_the_one_of_finite_differences(seed: int, kl: float) -> None:
    batch, taken, weights, reference, used = random_batch(seed)
    near = batch.log_probabilities(reference)

    def value(at: np.ndarray) -> float:
        return grpo_loss(batch, taken, at, near, clip=0.2, kl=kl).value

    loss = grpo_loss(batch, taken, weights, near, clip=0.2, kl=kl)
    assert 0 < loss.clipped < 1  # both branches of the clip are in the batch
    step = 1e-6
    for place in used:
        there, back = weights.copy(), weights.copy()
        there[place] += step
        back[place] -= step
        slope = (value(there) - value(back)) / (2 * step)
        assert loss.gradient[place] == pytest.approx(slope, abs=1e-7)
    others = np.setdiff1d(np.arange(SIZE), used)
    assert not loss.gradient[others].any()


def test_the_divergence_is_zero_at_the_reference_and_positive_elsewhere() -> None:
    batch, taken, weights, reference, _ = random_batch(1)
    here = batch.log_probabilities(weights)
    assert grpo_loss(batch, taken, weights, here, clip=0.2, kl=1).kl == pytest.approx(0, abs=1e-12)
    far = batch.log_probabilities(reference)
    assert grpo_loss(batch, taken, weights, far, clip=0.2, kl=1).kl > 0.01


def test_advantages_are_relative_to_the_group() -> None:
    returns = np.array([[0.0, 1.0, 0.0, 1.0], [0.2, 0.2, 0.2, 0.2], [0.0, 0.0, 0.0, 0.1]])
    group = advantages(returns, "group")
    assert np.allclose(group.mean(axis=1), 0)
    assert np.allclose(group[0], [-1, 1, -1, 1])
    assert not group[1].any()
    assert group[2].max() == pytest.approx(3**0.5)
    batch = advantages(returns, "batch")
    assert batch.std() == pytest.approx(1)
    assert batch[2].max() < batch[0].max() / 5  # a small difference stays small
    assert np.allclose(advantages(returns, "none")[0], [-0.5, 0.5, -0.5, 0.5])


def test_adam_takes_the_step_of_its_definition() -> None:
    adam, weights, gradient = Adam(0.1, damping=0.5), np.zeros(SIZE), np.zeros(SIZE)
    gradient[7] = 2.0
    adam.step(weights, gradient)
    assert weights[7] == pytest.approx(-0.1 * 2.0 / (2.0 + 0.5))
    gradient[7] = -1.0
    adam.step(weights, gradient)
    mean = (0.9 * 0.2 - 0.1) / (1 - 0.9**2)
    square = (0.999 * 0.004 + 0.001) / (1 - 0.999**2)
    assert weights[7] == pytest.approx(-0.08 - 0.1 * mean / (square**0.5 + 0.5))
    assert not np.delete(weights, 7).any()
