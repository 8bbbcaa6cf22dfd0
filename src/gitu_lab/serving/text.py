"""Text to tokens and back: prompts in which nobody can forge a control token, answers piece by piece, stop strings."""

import asyncio
import re
import secrets
from collections.abc import Mapping, Sequence

import orjson
from tokenizers import Tokenizer
from tokenizers.decoders import DecodeStream

from gitu_lab.serving.errors import NodeProblem
from gitu_lab.serving.model_folder import ModelFolder
from gitu_lab.serving.templates import ChatTemplate

# Beyond this many characters encoding would hold up the event loop for milliseconds; it lets go of the GIL.
_LONG = 20_000


class Text:
    """A model's tokenizer and chat template."""

    def __init__(self, folder: ModelFolder) -> None:
        """Raises NodeProblem naming what does not fit together."""
        described = folder.description
        try:
            self.tokenizer = Tokenizer.from_file(str(folder.tokenizer))
            self._plain = Tokenizer.from_file(str(folder.tokenizer))
        except Exception as error:  # the library raises Exception itself
            raise NodeProblem("node-bad-tokenizer", file=str(folder.tokenizer), reason=str(error)) from None
        for tokenizer in (self.tokenizer, self._plain):
            tokenizer.no_padding()
            tokenizer.no_truncation()
        # In what people write, the spelling of a control token is text like any other.
        self._plain.encode_special_tokens = True
        added = self.tokenizer.get_added_tokens_decoder().values()
        self._controls = [token.content for token in added if token.special]
        self.end_ids = frozenset(self._id(token, folder) for token in described.end)
        self.start_id = None if described.start is None else self._id(described.start, folder)
        self.vocabulary = [
            self.tokenizer.id_to_token(number) or "" for number in range(self.tokenizer.get_vocab_size())
        ]
        _check_vocabulary(self.vocabulary, folder)
        source = described.chat_template
        self.template = None if source is None else ChatTemplate(source, described.start, described.end[0])

    def _id(self, token: str, folder: ModelFolder) -> int:
        found = self.tokenizer.token_to_id(token)
        if found is None:
            raise NodeProblem("node-unknown-token", token=token, file=str(folder.tokenizer))
        return found

    async def of_prompt(self, prompt: str) -> list[int]:
        """A plain prompt's ids, after the model's start token; at least one."""
        ids = await _encode(self._plain, prompt)
        return ids if self.start_id is None else [self.start_id, *ids]

    async def of_messages(self, messages: Sequence[Mapping[str, str]]) -> list[int]:
        """A conversation's ids, up to where the answer begins. Raises BadRequest."""
        assert self.template is not None
        if not any(control in message["content"] for message in messages for control in self._controls):
            return await _encode(self.tokenizer, self.template.render(messages))
        # Somebody wrote a control token. Contents are marked, the template's own parts read with control tokens,
        # and the contents without.
        secret = secrets.token_hex(16)
        marked = [{**message, "content": f"[{secret}:{number}]"} for number, message in enumerate(messages)]
        parts = re.split(rf"\[{secret}:(\d+)\]", self.template.render(marked))
        ids = await _encode(self.tokenizer, parts[0])
        for number, after in zip(parts[1::2], parts[2::2], strict=True):
            ids += await _encode(self._plain, messages[int(number)]["content"])
            ids += await _encode(self.tokenizer, after)
        return ids


def _check_vocabulary(vocabulary: Sequence[str], folder: ModelFolder) -> None:
    """The model must number tokens as the tokenizer does, or it would read other words than were written."""
    file = folder.path / "vocabulary.json"
    if not file.is_file():
        return
    try:
        models: list[str] = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise NodeProblem("node-vocabulary", file=str(file), reason=str(error)) from None
    if list(vocabulary) != models[: len(vocabulary)]:
        raise NodeProblem("node-vocabulary", file=str(file), reason=f"{len(models)} ≠ {len(vocabulary)}")


async def _encode(tokenizer: Tokenizer, text: str) -> list[int]:
    if not text:
        return []
    if len(text) < _LONG:
        return tokenizer.encode(text, add_special_tokens=False).ids
    return (await asyncio.to_thread(tokenizer.encode, text, add_special_tokens=False)).ids


class Reading:
    """The text of one answer as its tokens come, held back while it might become a stop string.

    Cost of a token: one decoding step and, for each stop string, a look at no more than its own length.
    """

    def __init__(self, tokenizer: Tokenizer, stops: Sequence[str]) -> None:
        self._tokenizer = tokenizer
        self._decoder = DecodeStream(skip_special_tokens=True)
        self._stops = stops
        self._held = ""
        self._unread: list[int] = []
        self.stopped = False

    def add(self, token: int) -> str:
        """What can be shown after this token; ``stopped`` once a stop string came, which is not shown."""
        piece = self._decoder.step(self._tokenizer, token)
        if piece is None:
            self._unread.append(token)
            return ""
        self._unread.clear()
        return self._show(piece)

    def rest(self) -> str:
        """What was held back, when the answer is over; bytes that never became a character as �."""
        piece = self._tokenizer.decode(self._unread) if self._unread else ""
        self._unread.clear()
        shown = self._show(piece)
        held, self._held = ("", "") if self.stopped else (self._held, "")
        return shown + held

    def _show(self, piece: str) -> str:
        text = self._held + piece
        self._held = ""
        # The first to be complete, as if letters came one by one: how they are put into tokens changes nothing.
        found = [(place + len(stop), place) for stop in self._stops if (place := text.find(stop)) >= 0]
        if found:
            self.stopped = True
            return text[: min(found)[1]]
        keep = max((_begun(text, stop) for stop in self._stops), default=0)
        self._held = text[len(text) - keep :]
        return text[: len(text) - keep]


def _begun(text: str, stop: str) -> int:
    """How many of the last characters are the beginning of the stop string."""
    for length in range(min(len(text), len(stop) - 1), 0, -1):
        if text.endswith(stop[:length]):
            return length
    return 0
