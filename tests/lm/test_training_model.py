"""The torch model: hand-written gradients against autograd's, the cache against whole passes."""

from __future__ import annotations

import math

import pytest
from sqlenv.lm.config import ModelConfig
from tiny_llama import random_weights

torch = pytest.importorskip("torch")
from sqlenv.lm.kernels import PackedWeight  # noqa: E402
from sqlenv.lm.model import Cache, LanguageModel  # noqa: E402

CONFIG = ModelConfig(vocab_size=50, hidden=32, layers=2, heads=4, kv_heads=2, ffn=48)
SEED = 3
torch.set_num_threads(1)


def plain_hidden(weights: dict, tokens: torch.Tensor, config: ModelConfig = CONFIG) -> torch.Tensor:
    """The architecture written down plainly, for autograd."""

    def norm(x, name):
        return x / (x.pow(2).mean(-1, keepdim=True) + config.norm_eps).sqrt() * weights[name]

    def turn(x):
        half = config.head_dim // 2
        speeds = config.rope_theta ** (-torch.arange(half) / half)
        angles = torch.arange(x.shape[2])[:, None] * speeds
        one, two = x[..., :half], x[..., half:]
        return torch.cat([one * angles.cos() - two * angles.sin(),
                          two * angles.cos() + one * angles.sin()], -1)  # fmt: skip

    def heads(x, count):
        return x.view(*tokens.shape, count, config.head_dim).transpose(1, 2)

    x = weights["model.embed_tokens.weight"][tokens]
    for i in range(config.layers):
        at = f"model.layers.{i}"
        n = norm(x, f"{at}.input_layernorm.weight")
        q, k, v = (n @ weights[f"{at}.self_attn.{name}_proj.weight"].T for name in "qkv")
        q, k = turn(heads(q, config.heads)), turn(heads(k, config.kv_heads))
        group = config.heads // config.kv_heads
        k, v = (part.repeat_interleave(group, 1) for part in (k, heads(v, config.kv_heads)))
        scores = q @ k.transpose(-1, -2) / math.sqrt(config.head_dim)
        length = tokens.shape[1]
        scores = scores + torch.full((length, length), -math.inf).triu(1)
        found = (scores.softmax(-1) @ v).transpose(1, 2).reshape(*tokens.shape, -1)
        x = x + found @ weights[f"{at}.self_attn.o_proj.weight"].T
        n = norm(x, f"{at}.post_attention_layernorm.weight")
        gate, up = (n @ weights[f"{at}.mlp.{name}_proj.weight"].T for name in ("gate", "up"))
        inner = torch.nn.functional.silu(gate) * up
        x = x + inner @ weights[f"{at}.mlp.down_proj.weight"].T
    return norm(x, "model.norm.weight")


def batch() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Tokens, which are picked, and a weight for each of these."""
    draws = torch.Generator().manual_seed(SEED)
    tokens = torch.randint(0, CONFIG.vocab_size, (3, 9), generator=draws)
    picked = torch.rand(3, 9, generator=draws) > 0.5
    picked[:, 0] = False
    return tokens, picked, torch.rand(int(picked.sum()), generator=draws)


def plain_loss(weights: dict) -> torch.Tensor:
    tokens, picked, amounts = batch()
    logits = plain_hidden(weights, tokens)[:, :-1] @ weights["model.embed_tokens.weight"].T
    log_p = logits.log_softmax(-1).gather(2, tokens[:, 1:, None])[..., 0]
    return -(log_p[picked[:, 1:]] * amounts).sum()


def loss_of(model: LanguageModel) -> torch.Tensor:
    tokens, picked, amounts = batch()
    loss, log_p = model.loss(tokens, picked, lambda _, rows: amounts[rows])
    assert torch.allclose(log_p, model.log_p(tokens, picked), atol=1e-5)
    return loss


def tensors() -> dict:
    return {name: torch.from_numpy(w) for name, w in random_weights(CONFIG, SEED).items()}


def test_the_gradient_of_every_weight_is_autograds():
    model = LanguageModel(CONFIG, random_weights(CONFIG, SEED))
    model.train_in_full()
    loss_of(model).backward()
    weights = {name: w.requires_grad_() for name, w in tensors().items()}
    expected = plain_loss(weights)
    expected.backward()
    assert torch.allclose(loss_of(model), expected, rtol=1e-5)
    assert set(model.parameters()) == set(weights) - {"model.embed_tokens.weight"}
    for name, parameter in model.parameters().items():
        assert torch.allclose(parameter.grad, weights[name].grad, atol=1e-5), name


def test_the_gradient_of_every_adapter_is_autograds():
    model = LanguageModel(CONFIG, random_weights(CONFIG, SEED))
    model.adapt(rank=4, alpha=8, seed=SEED)
    draws = torch.Generator().manual_seed(SEED)
    values = {
        name: torch.empty_like(p).uniform_(-0.3, 0.3, generator=draws)
        for name, p in model.parameters().items()
    }
    model.load_parameters(values)
    loss_of(model).backward()
    leaves = {name: value.clone().requires_grad_() for name, value in values.items()}
    weights = tensors()
    for name in [name.removesuffix(".lora_a") for name in leaves if name.endswith("lora_a")]:
        change = 8 / 4 * leaves[f"{name}.lora_b"] @ leaves[f"{name}.lora_a"]
        weights[f"{name}.weight"] = weights[f"{name}.weight"] + change
    plain_loss(weights).backward()
    assert len(leaves) == 2 * 7 * CONFIG.layers
    for name, parameter in model.parameters().items():
        assert torch.allclose(parameter.grad, leaves[name].grad, atol=1e-5), name


def test_a_new_adapter_changes_nothing():
    tokens = batch()[0]
    plain = LanguageModel(CONFIG, random_weights(CONFIG, SEED))
    adapted = LanguageModel(CONFIG, random_weights(CONFIG, SEED))
    adapted.adapt(rank=4, alpha=8, seed=SEED)
    assert torch.equal(plain.hidden(tokens), adapted.hidden(tokens))


@pytest.mark.parametrize("full", [False, True])
def test_a_frozen_model_stays_as_it_is(full):
    tokens, picked, _ = batch()
    model = LanguageModel(CONFIG, random_weights(CONFIG, SEED))
    model.train_in_full() if full else model.adapt(rank=4, alpha=8, seed=SEED)
    before = model.log_p(tokens, picked)
    frozen = model.frozen()
    with torch.no_grad():
        for parameter in model.parameters().values():
            parameter += 0.1
    model.refresh()
    assert not torch.allclose(model.log_p(tokens, picked), before)
    assert torch.equal(frozen.log_p(tokens, picked), before)
    assert not frozen.parameters()


def test_the_cache_gives_what_a_whole_pass_gives():
    """Rows of different lengths, read in pieces, moved, and written token by token."""
    model = LanguageModel(CONFIG, random_weights(CONFIG, SEED))
    tokens = batch()[0]
    whole = model.hidden(tokens).view(3, 9, -1)
    cache = Cache(model, rows=4)
    rows = torch.tensor([3, 1])
    first = model.extend(cache, rows, tokens[:2, :4], torch.tensor([0, 0]))
    assert torch.allclose(first, whole[:2, :4], atol=1e-5)
    # The row filled up with two tokens that do not count.
    second = model.extend(cache, torch.tensor([3]), tokens[:1, 4:8], torch.tensor([4]))
    assert torch.allclose(second[0, :2], whole[0, 4:6], atol=1e-5)
    cache.move(3, 0)
    held = torch.tensor([6, 4])
    for _ in range(3):
        following = tokens[:2].gather(1, held[:, None])
        found = model.extend(cache, slice(0, 2), following, held)
        for row in range(2):
            assert torch.allclose(found[row, 0], whole[row, held[row]], atol=1e-5)
        held += 1


def test_bfloat16_stays_near_float32():
    tokens, picked, _ = batch()
    exact = LanguageModel(CONFIG, random_weights(CONFIG, SEED))
    rough = LanguageModel(CONFIG, random_weights(CONFIG, SEED), torch.bfloat16)
    difference = (exact.log_p(tokens, picked) - rough.log_p(tokens, picked)).abs()
    assert 0 < difference.max() < 0.3


def test_packed_weights_give_the_same_bits_and_follow_what_is_trained():
    if not PackedWeight.possible(torch.bfloat16):
        pytest.skip("this torch has no packed products")
    tokens, picked, _ = batch()
    model = LanguageModel(CONFIG, random_weights(CONFIG, SEED), torch.bfloat16)
    model.adapt(rank=4, alpha=8, seed=SEED)
    for _ in range(2):
        with torch.no_grad():
            packed = model.hidden(tokens)
        assert torch.equal(packed, model.hidden(tokens))
        with torch.no_grad():
            for parameter in model.parameters().values():
                parameter += 0.1
        model.refresh()


def test_the_filling_of_a_long_text_has_room():
    tokens = batch()[0]
    model = LanguageModel(CONFIG, random_weights(CONFIG, SEED))
    cache = Cache(model, rows=2)
    model.extend(cache, torch.tensor([0]), tokens[:1, :7], torch.tensor([0]))
    found = model.extend(cache, torch.tensor([0, 1]), tokens[:2, :7], torch.tensor([60, 0]))
    assert torch.allclose(found[1], model.hidden(tokens[1:2, :7]), atol=1e-5)
