"""A byte-level BPE tokenizer learned from a text: every string can be written with it, and read back exactly."""

from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

START, END, UNKNOWN = "<|start|>", "<|end|>", "<|unknown|>"
SYSTEM, USER, ASSISTANT = "<|system|>", "<|user|>", "<|assistant|>"
SPECIAL = (UNKNOWN, START, END, SYSTEM, USER, ASSISTANT)

# Words with their marks (Arabic vowels are \p{M}), digits three at most, the rest by kind.
_WORDS = Regex(r" ?[\p{L}\p{M}]+|\p{N}{1,3}| ?[^\s\p{L}\p{M}\p{N}]+|\s+")


def learn(texts: Iterable[str], vocabulary: int) -> Tokenizer:
    """A tokenizer of at most ``vocabulary`` entries (a small text has no more merges to learn)."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(_WORDS, behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=list(SPECIAL),
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer
