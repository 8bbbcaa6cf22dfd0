"""The output of a run as it comes, for who watches: both streams in their order; of a long one, the end."""

from collections import deque
from dataclasses import dataclass

from gitu.features.sandbox.schemas import StreamName

MOST_KEPT = 1 << 20
MOST_PIECES = 4_096
PIECE = 4_096
AT_ONCE = 65_536


@dataclass(slots=True)
class _Piece:
    start: int
    stream: StreamName
    data: bytearray

    @property
    def end(self) -> int:
        return self.start + len(self.data)


@dataclass(frozen=True, slots=True)
class Heard:
    """Some output; ``left_out`` bytes before it came too fast or too long ago to be kept."""

    stream: StreamName
    data: bytes
    left_out: int
    end: int


class Tape:
    """Bytes are counted over both streams from 0 on; a reader keeps the place up to which it has read."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._pieces: deque[_Piece] = deque()
        self.end = 0

    def add(self, stream: StreamName, data: bytes) -> None:
        """More output."""
        last = self._pieces[-1] if self._pieces else None
        if last is not None and last.stream == stream and len(last.data) + len(data) <= PIECE:
            last.data += data
        elif data:
            self._pieces.append(_Piece(self.end, stream, bytearray(data)))
        self.end += len(data)
        while len(self._pieces) > MOST_PIECES or (
            len(self._pieces) > 1 and self.end - self._pieces[0].start > self._most
        ):
            self._pieces.popleft()

    def read(self, after: int) -> Heard | None:
        """What comes behind the place ``after``, of one stream; None when there is no more yet."""
        if after >= self.end:
            return None
        found = self._pieces[0]
        for piece in reversed(self._pieces):
            found = piece
            if piece.start <= after:
                break
        skipped = max(0, after - found.start)
        data = bytes(found.data[skipped : skipped + AT_ONCE])
        start = found.start + skipped
        return Heard(found.stream, data, start - after, start + len(data))

    def kept(self, stream: StreamName) -> bytes:
        """All that is kept of one stream."""
        return b"".join(bytes(piece.data) for piece in self._pieces if piece.stream == stream)
