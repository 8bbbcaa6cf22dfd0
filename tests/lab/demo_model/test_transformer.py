"""The NumPy transformer: its gradients are right, it can't look ahead, and it learns."""

import numpy as np
import pytest

from gitu_lab.demo_model.tokenizer import SPECIAL, learn
from gitu_lab.demo_model.training import Recipe, conversations, train
from gitu_lab.demo_model.transformer import Shape, Weights, greedy, initial, logits, loss_and_gradients

SMALL = Shape(vocabulary=11, width=8, layers=2, heads=2, inner=12, context=16)


def small_weights() -> Weights:
    """In double precision, so that differences of a millionth can be seen; gains away from 1, to test them too."""
    random = np.random.default_rng(5)
    weights = {name: weight.astype(np.float64) for name, weight in initial(SMALL, 3).items()}
    return {name: w + 0.1 * random.standard_normal(w.shape) for name, w in weights.items()}


@pytest.mark.parametrize("name", list(initial(SMALL, 3)))
def test_a_gradient_is_the_slope_that_small_steps_show(name: str) -> None:
    random = np.random.default_rng(1)
    weights = small_weights()
    ids, targets = random.integers(0, 11, (2, 6)), random.integers(0, 11, (2, 6))
    counted = np.array([[1.0, 0, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0]])
    _, gradients = loss_and_gradients(weights, SMALL, ids, targets, counted)
    for _ in range(6):
        at = tuple(random.integers(0, size) for size in weights[name].shape)
        slopes = []
        for step in (1e-6, -1e-6):
            moved = {**weights, name: weights[name].copy()}
            moved[name][at] += step
            slopes.append(loss_and_gradients(moved, SMALL, ids, targets, counted)[0])
        assert gradients[name][at] == pytest.approx((slopes[0] - slopes[1]) / 2e-6, rel=1e-4, abs=1e-7)


def test_what_comes_later_changes_nothing_before_it() -> None:
    weights = small_weights()
    first = logits(weights, SMALL, np.array([[1, 2, 3, 4, 5]]))
    other = logits(weights, SMALL, np.array([[1, 2, 3, 9, 9]]))
    np.testing.assert_allclose(first[0, :3], other[0, :3])
    assert not np.allclose(first[0, 3], other[0, 3])


def test_the_same_words_in_another_order_are_something_else() -> None:
    weights = small_weights()
    one, other = (logits(weights, SMALL, np.array([ids]))[0, -1] for ids in ([1, 2, 3], [2, 1, 3]))
    assert not np.allclose(one, other)


def test_a_model_says_how_many_numbers_it_holds() -> None:
    assert sum(weight.size for weight in initial(SMALL, 0).values()) == SMALL.parameters


def test_a_few_steps_lower_the_loss_and_the_same_seed_gives_the_same_model() -> None:
    shape = Shape(vocabulary=640, width=16, layers=1, heads=2, inner=24, context=256)
    losses: list[float] = []
    recipe = Recipe(steps=60, batch=8)
    one = train(recipe, shape, lambda _step, loss: losses.append(loss))
    other = train(recipe, shape)
    assert losses[-1] < losses[0] - 0.5
    for name, weight in one.weights.items():
        np.testing.assert_array_equal(weight, other.weights[name])
    assert not np.array_equal(train(Recipe(steps=1, batch=4, seed=8), shape).weights["norm"], one.weights["norm"])


def test_training_ends_where_whoever_listens_says_so() -> None:
    def stop(step: int, _loss: float) -> None:
        if step == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(Recipe(steps=1_000_000, batch=2), Shape(640, 16, 1, 2, 24, 256), stop)


def test_a_page_longer_than_the_context_is_refused() -> None:
    with pytest.raises(ValueError, match="the model's context is 8"):
        train(Recipe(steps=1), Shape(640, 16, 1, 2, 24, 8))


def test_continuing_ends_at_the_end_token_or_when_it_is_enough() -> None:
    weights = small_weights()
    free = greedy(weights, SMALL, [1, 2], most=6, end=-1)
    assert len(free) == 6
    assert greedy(weights, SMALL, [1, 2], most=6, end=free[0]) == []


def test_the_tokenizer_writes_every_text_and_reads_it_back() -> None:
    tokenizer = learn((text for pair in conversations() for text in pair), 640)
    for text in ("Good morning", "صباحُ الخير، يا ١٢٣!", "naïve 🙂 \n\ttabs", "𝄞"):
        assert tokenizer.decode(tokenizer.encode(text).ids) == text
    assert [tokenizer.token_to_id(token) for token in SPECIAL] == list(range(len(SPECIAL)))
