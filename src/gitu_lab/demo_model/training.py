"""Teaches the tiny model its page of conversations: cross-entropy on the answers, Adam, a cosine schedule."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources

import numpy as np
from tokenizers import Tokenizer

from gitu_lab.demo_model.tokenizer import ASSISTANT, END, START, USER, learn
from gitu_lab.demo_model.transformer import Array, Ids, Shape, Weights, initial, loss_and_gradients

PAGE = "conversations.txt"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long and how fast to learn. The same recipe gives the same model on the same machine."""

    steps: int = 260
    batch: int = 16
    rate: float = 4e-3
    warm_up: int = 20
    seed: int = 7
    vocabulary: int = 640


@dataclass(frozen=True, slots=True)
class Trained:
    """A model with its tokenizer."""

    shape: Shape
    weights: Weights
    tokenizer: Tokenizer
    loss: float


def conversations() -> list[tuple[str, str]]:
    """The page: questions with their answers."""
    text = resources.files("gitu_lab.demo_model").joinpath(PAGE).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [(question, answer) for question, answer in lines]


def train(recipe: Recipe, shape: Shape | None = None, tell: Callable[[int, float], None] | None = None) -> Trained:
    """Learn the page. ``tell(step, loss)`` hears of every step; an exception from it ends the training."""
    pairs = conversations()
    tokenizer = learn((text for pair in pairs for text in pair), recipe.vocabulary)
    shape = shape or Shape(vocabulary=tokenizer.get_vocab_size())
    examples = [_example(tokenizer, question, answer) for question, answer in pairs]
    longest = max(len(ids) for ids, _ in examples)
    if longest > shape.context:
        raise ValueError(f"an example has {longest} tokens; the model's context is {shape.context}")
    weights = initial(shape, recipe.seed)
    adam = Adam(weights)
    random = np.random.default_rng(recipe.seed)
    loss = float("nan")
    for step in range(recipe.steps):
        chosen = random.choice(len(examples), recipe.batch, replace=False)
        ids, targets, counted = _padded([examples[number] for number in chosen])
        loss, gradients = loss_and_gradients(weights, shape, ids, targets, counted)
        adam.step(weights, gradients, _rate(recipe, step))
        if tell is not None:
            tell(step, loss)
    return Trained(shape, weights, tokenizer, loss)


class Adam:
    """Kingma and Ba (2015), with the gradient's norm held at 1."""

    def __init__(self, weights: Weights) -> None:
        self._first = {name: np.zeros_like(weight) for name, weight in weights.items()}
        self._second = {name: np.zeros_like(weight) for name, weight in weights.items()}
        self._steps = 0

    def step(self, weights: Weights, gradients: Weights, rate: float, fade: tuple[float, float] = (0.9, 0.98)) -> None:
        """Change the weights in place."""
        self._steps += 1
        norm = float(np.sqrt(sum(float(np.sum(grad * grad)) for grad in gradients.values())))
        held = min(1.0, 1.0 / (norm + 1e-9))
        first_fade, second_fade = fade
        first_scale, second_scale = 1 - first_fade**self._steps, 1 - second_fade**self._steps
        for name, weight in weights.items():
            grad = gradients[name] * held
            first, second = self._first[name], self._second[name]
            first += (1 - first_fade) * (grad - first)
            second += (1 - second_fade) * (grad * grad - second)
            np.subtract(weight, rate * (first / first_scale) / (np.sqrt(second / second_scale) + 1e-8), out=weight)


def _rate(recipe: Recipe, step: int) -> float:
    if step < recipe.warm_up:
        return recipe.rate * (step + 1) / recipe.warm_up
    done = (step - recipe.warm_up) / max(1, recipe.steps - recipe.warm_up)
    return recipe.rate * (0.05 + 0.95 * 0.5 * (1 + float(np.cos(np.pi * done))))


def _example(tokenizer: Tokenizer, question: str, answer: str) -> tuple[list[int], int]:
    """The ids of a conversation, and how many of them are the question, which is given and not learned."""
    asked = tokenizer.encode(f"{START}{USER}{question}{END}{ASSISTANT}").ids
    return asked + tokenizer.encode(f"{answer}{END}").ids, len(asked)


def _padded(examples: list[tuple[list[int], int]]) -> tuple[Ids, Ids, Array]:
    longest = max(len(ids) for ids, _ in examples)
    rows = np.zeros((len(examples), longest), np.int64)
    counted = np.zeros((len(examples), longest - 1), np.float32)
    for row, (ids, asked) in enumerate(examples):
        rows[row, : len(ids)] = ids
        counted[row, asked - 1 : len(ids) - 1] = 1
    return rows[:, :-1], rows[:, 1:], counted
