"""What a request needs of a model, read off the request itself."""

import re
from dataclasses import dataclass
from typing import Any, Final

_ARABIC = re.compile(r"[\u0600-\u06FF\u0750-\u077F\u08A0-\u08FF]")
_LETTER = re.compile(r"[^\W\d_]")
# Words that go with work in which a weak model fails. No more than a hint: what is long or uses tools counts as well.
_HARD = re.compile(
    r"```|\b(prove|proof|derive|debug|refactor|architect\w*|algorithm|optimi[sz]e|analy[sz]e|compare|contract|legal|"
    r"diagnos\w*|step by step|why does|root cause|plan|strategy|review|translate)\b|"
    r"برهن|أثبت|اشتق|حلّل|حلل|قارن|صحّح الخطأ|خوارزمية|عقد|قانون|خطة|استراتيجية|راجع|ترجم|خطوة بخطوة",
    re.IGNORECASE,
)
BYTES_A_TOKEN: Final = 4
USUAL_OUTPUT: Final = 400  # tokens of an answer, where nobody knows


@dataclass(frozen=True, slots=True)
class Needs:
    """``difficulty`` from 0 to 1 is a guess; ``input_tokens`` and ``output_tokens`` are estimates."""

    input_tokens: int = 0
    output_tokens: int = USUAL_OUTPUT
    tools: bool = False
    vision: bool = False
    arabic: bool = False
    difficulty: float = 0.3

    @classmethod
    def of(
        cls,
        text: str,
        *,
        size: int | None = None,
        tools: bool = False,
        vision: bool = False,
        output_tokens: int | None = None,
    ) -> "Needs":
        """Of a request whose last words are ``text`` and whose whole body has ``size`` bytes."""
        tokens = (len(text.encode()) if size is None else size) // BYTES_A_TOKEN
        return cls(
            input_tokens=tokens,
            output_tokens=min(output_tokens or USUAL_OUTPUT, 4 * USUAL_OUTPUT),
            tools=tools,
            vision=vision,
            arabic=mostly_arabic(text),
            difficulty=difficulty(text, tokens, tools=tools),
        )

    @property
    def quality(self) -> int:
        """The least quality that will do."""
        return round(35 + 50 * self.difficulty)

    def as_json(self) -> dict[str, Any]:
        """For the log, so that the choice can be made again later."""
        return {
            "in": self.input_tokens,
            "out": self.output_tokens,
            "tools": self.tools,
            "vision": self.vision,
            "arabic": self.arabic,
            "difficulty": round(self.difficulty, 3),
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Needs":
        """What ``as_json`` wrote."""
        return cls(
            int(kept["in"]),
            int(kept["out"]),
            bool(kept["tools"]),
            bool(kept["vision"]),
            bool(kept["arabic"]),
            float(kept["difficulty"]),
        )


def difficulty(text: str, tokens: int, *, tools: bool) -> float:
    """A guess from 0 (a greeting) to 1 (a long task with tools)."""
    words = len(text.split())
    guess = 0.1 + min(words / 200, 0.3) + min(tokens / 20_000, 0.2)
    guess += 0.15 if tools and words > 3 else 0.0
    guess += min(0.15 * len(_HARD.findall(text[:20_000])), 0.4)
    return min(guess, 1.0)


def mostly_arabic(text: str) -> bool:
    """Whether a third of the letters or more are Arabic, which technical Arabic full of English names has too."""
    sample = text[:2_000]
    letters = len(_LETTER.findall(sample))
    return letters > 0 and len(_ARABIC.findall(sample)) * 3 >= letters
