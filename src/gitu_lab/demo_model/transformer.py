"""A decoder-only transformer in NumPy, forwards and backwards, small enough to be read in one sitting.

It is a Llama: RMS norms before each block, rotary positions, SwiGLU, embeddings shared with the output. Shapes are
written B (batch), T (positions), D (width), H (heads), K (width of a head), F (inner width), V (vocabulary). Every
function that goes forwards returns what its counterpart that goes backwards needs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Ids = NDArray[np.integer]
Weights = dict[str, Array]
Saved = tuple[Array, ...]

EPSILON = 1e-5
ROTARY_BASE = 10_000.0


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a model; ``width`` is a multiple of twice ``heads``, as rotary positions turn pairs."""

    vocabulary: int
    width: int = 64
    layers: int = 2
    heads: int = 4
    inner: int = 176
    context: int = 512

    @property
    def head_width(self) -> int:
        """K."""
        return self.width // self.heads

    @property
    def parameters(self) -> int:
        """How many numbers the model holds."""
        layer = 4 * self.width**2 + 3 * self.width * self.inner + 2 * self.width
        return self.vocabulary * self.width + self.layers * layer + self.width


def initial(shape: Shape, seed: int) -> Weights:
    """Random weights; the same seed gives the same ones. Matrices are (out, in)."""
    random = np.random.default_rng(seed)

    def matrix(out: int, into: int, scale: float) -> Array:
        return (random.standard_normal((out, into)) * scale).astype(np.float32)

    width, inner = shape.width, shape.inner
    # What is added to the residual stream is scaled down by depth, so that its size does not grow with the layers.
    deep = (2 * shape.layers) ** -0.5
    weights: Weights = {"embedding": matrix(shape.vocabulary, width, 0.05)}
    for number in range(shape.layers):
        at = f"{number}."
        weights[f"{at}attention_norm"] = np.ones(width, np.float32)
        for name in ("query", "key", "value"):
            weights[at + name] = matrix(width, width, width**-0.5)
        weights[f"{at}output"] = matrix(width, width, width**-0.5 * deep)
        weights[f"{at}ffn_norm"] = np.ones(width, np.float32)
        weights[f"{at}gate"] = matrix(inner, width, width**-0.5)
        weights[f"{at}up"] = matrix(inner, width, width**-0.5)
        weights[f"{at}down"] = matrix(width, inner, inner**-0.5 * deep)
    weights["norm"] = np.ones(width, np.float32)
    return weights


# -- the pieces ------------------------------------------------------------------------------------------


def rms_norm(x: Array, gain: Array) -> tuple[Array, Saved]:
    """x divided by its root mean square over D, times a learned gain (Zhang and Sennrich, 2019)."""
    inverse = 1.0 / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + EPSILON)
    normal = x * inverse
    return normal * gain, (normal, inverse, gain)


def rms_norm_back(grad: Array, saved: Saved) -> tuple[Array, Array]:
    """The gradients for x and for the gain."""
    normal, inverse, gain = saved
    of_normal = grad * gain
    of_x = (of_normal - normal * np.mean(of_normal * normal, axis=-1, keepdims=True)) * inverse
    return of_x, np.sum(grad * normal, axis=tuple(range(grad.ndim - 1)))


def linear_back(grad: Array, x: Array, weight: Array) -> tuple[Array, Array]:
    """For ``x @ weight.T``: the gradients for x and for the weight."""
    flat = grad.reshape(-1, grad.shape[-1])
    return grad @ weight, flat.T @ x.reshape(-1, x.shape[-1])


def rotations(positions: int, head_width: int, dtype: np.dtype[np.floating]) -> tuple[Array, Array]:
    """Cosines and sines (T, K/2) of the angle that each pair turns by at each position (Su et al., 2021)."""
    speeds = ROTARY_BASE ** (-np.arange(0, head_width, 2) / head_width)
    angles = np.arange(positions)[:, None] * speeds
    return np.cos(angles).astype(dtype), np.sin(angles).astype(dtype)


def rotate(x: Array, cosines: Array, sines: Array) -> Array:
    """Turn the pairs (2i, 2i+1) of the last axis. Turning back, its gradient, is the same with negative sines."""
    turned = np.empty_like(x)
    even, odd = x[..., 0::2], x[..., 1::2]
    turned[..., 0::2] = even * cosines - odd * sines
    turned[..., 1::2] = even * sines + odd * cosines
    return turned


def softmax(x: Array) -> Array:
    """Over the last axis, safe against overflow."""
    raised = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return raised / np.sum(raised, axis=-1, keepdims=True)


def attention(query: Array, key: Array, value: Array) -> tuple[Array, Saved]:
    """Causal attention; all are (B, H, T, K)."""
    positions = query.shape[-2]
    scale = query.shape[-1] ** -0.5
    scores = (query @ key.swapaxes(-1, -2)) * scale
    scores = np.where(np.tril(np.ones((positions, positions), bool)), scores, np.array(-1e9, scores.dtype))
    shares = softmax(scores)
    return shares @ value, (query, key, value, shares)


def attention_back(grad: Array, saved: Saved) -> tuple[Array, Array, Array]:
    """The gradients for query, key and value. Masked places have a share of 0, so nothing flows through them."""
    query, key, value, shares = saved
    scale = query.shape[-1] ** -0.5
    of_shares = grad @ value.swapaxes(-1, -2)
    of_scores = shares * (of_shares - np.sum(of_shares * shares, axis=-1, keepdims=True)) * scale
    return of_scores @ key, of_scores.swapaxes(-1, -2) @ query, shares.swapaxes(-1, -2) @ grad


# -- the model -------------------------------------------------------------------------------------------


@dataclass(slots=True)
class LayerSaved:
    """What one layer's way back needs."""

    attention_norm: Saved
    normal: Array
    attention: Saved
    mixed: Array
    ffn_norm: Saved
    hidden: Array
    gate: Array
    up: Array
    sigmoid: Array


def split_heads(x: Array, heads: int) -> Array:
    """(B, T, D) to (B, H, T, K)."""
    batch, positions, width = x.shape
    return x.reshape(batch, positions, heads, width // heads).swapaxes(1, 2)


def join_heads(x: Array) -> Array:
    """(B, H, T, K) to (B, T, D)."""
    batch, heads, positions, width = x.shape
    return x.swapaxes(1, 2).reshape(batch, positions, heads * width)


def layer(x: Array, weights: Weights, at: str, heads: int, turn: tuple[Array, Array]) -> tuple[Array, LayerSaved]:
    """One layer: attention, then the feed-forward network, each added to its input."""
    normal, attention_norm = rms_norm(x, weights[f"{at}attention_norm"])
    query, key, value = (split_heads(normal @ weights[at + name].T, heads) for name in ("query", "key", "value"))
    mixed, saved = attention(rotate(query, *turn), rotate(key, *turn), value)
    joined = join_heads(mixed)
    x = x + joined @ weights[f"{at}output"].T
    hidden, ffn_norm = rms_norm(x, weights[f"{at}ffn_norm"])
    gate, up = hidden @ weights[f"{at}gate"].T, hidden @ weights[f"{at}up"].T
    sigmoid = 1.0 / (1.0 + np.exp(-gate))
    x = x + (gate * sigmoid * up) @ weights[f"{at}down"].T
    return x, LayerSaved(attention_norm, normal, saved, joined, ffn_norm, hidden, gate, up, sigmoid)


def layer_back(
    grad: Array, saved: LayerSaved, weights: Weights, at: str, heads: int, turn: tuple[Array, Array], into: Weights
) -> Array:
    """The gradient for the layer's input; those of its weights are put ``into`` a dict of the same names."""
    activated = saved.gate * saved.sigmoid
    of_inner, into[f"{at}down"] = linear_back(grad, activated * saved.up, weights[f"{at}down"])
    of_up = of_inner * activated
    of_gate = of_inner * saved.up * saved.sigmoid * (1.0 + saved.gate * (1.0 - saved.sigmoid))
    through_up, into[f"{at}up"] = linear_back(of_up, saved.hidden, weights[f"{at}up"])
    through_gate, into[f"{at}gate"] = linear_back(of_gate, saved.hidden, weights[f"{at}gate"])
    through_norm, into[f"{at}ffn_norm"] = rms_norm_back(through_up + through_gate, saved.ffn_norm)
    grad = grad + through_norm

    of_joined, into[f"{at}output"] = linear_back(grad, saved.mixed, weights[f"{at}output"])
    cosines, sines = turn
    of_query, of_key, of_value = attention_back(split_heads(of_joined, heads), saved.attention)
    parts = {
        "query": join_heads(rotate(of_query, cosines, -sines)),
        "key": join_heads(rotate(of_key, cosines, -sines)),
        "value": join_heads(of_value),
    }
    of_normal = np.zeros_like(grad)
    for name, part in parts.items():
        through, into[at + name] = linear_back(part, saved.normal, weights[at + name])
        of_normal += through
    through_norm, into[f"{at}attention_norm"] = rms_norm_back(of_normal, saved.attention_norm)
    return grad + through_norm


def logits(weights: Weights, shape: Shape, ids: Ids) -> Array:
    """(B, T) token ids to (B, T, V) scores of what comes next."""
    x = weights["embedding"][ids]
    turn = rotations(ids.shape[1], shape.head_width, x.dtype)
    for number in range(shape.layers):
        x, _ = layer(x, weights, f"{number}.", shape.heads, turn)
    normal, _ = rms_norm(x, weights["norm"])
    return normal @ weights["embedding"].T


def loss_and_gradients(weights: Weights, shape: Shape, ids: Ids, targets: Ids, counted: Array) -> tuple[float, Weights]:
    """The mean cross-entropy in nats over the counted positions (B, T; 0 or 1), and its gradient for every weight."""
    x = weights["embedding"][ids]
    turn = rotations(ids.shape[1], shape.head_width, x.dtype)
    kept: list[LayerSaved] = []
    for number in range(shape.layers):
        x, saved = layer(x, weights, f"{number}.", shape.heads, turn)
        kept.append(saved)
    normal, last = rms_norm(x, weights["norm"])
    shares = softmax(normal @ weights["embedding"].T)

    rows, columns = np.indices(ids.shape)
    total = np.sum(counted)
    loss = float(-np.sum(np.log(shares[rows, columns, targets] + 1e-12) * counted) / total)

    gradients: Weights = {}
    of_logits = shares
    of_logits[rows, columns, targets] -= 1.0
    of_logits *= (counted / total)[..., None]
    of_normal, of_embedding = linear_back(of_logits, normal, weights["embedding"])
    grad, gradients["norm"] = rms_norm_back(of_normal, last)
    for number in reversed(range(shape.layers)):
        grad = layer_back(grad, kept[number], weights, f"{number}.", shape.heads, turn, gradients)
    np.add.at(of_embedding, ids, grad)  # the same matrix reads tokens in and writes them out
    gradients["embedding"] = of_embedding
    return loss, gradients


def greedy(weights: Weights, shape: Shape, prompt: list[int], most: int, end: int) -> list[int]:
    """Continue a prompt with the likeliest token, at most ``most`` times; without ``end`` itself.

    Every token is computed anew from the whole text, O(n²): meant for checking others, not for serving.
    """
    ids = list(prompt)
    for _ in range(min(most, shape.context - len(prompt))):
        best = int(np.argmax(logits(weights, shape, np.array([ids]))[0, -1]))
        if best == end:
            break
        ids.append(best)
    return ids[len(prompt) :]
