"""What an answer says was done: each such sentence needs the receipt of an action that could have done that.

A model that says "I have sent it" without a call that sent anything is not lying on purpose, but it reads the same.
The patterns are few and plain on purpose; what they find is marked, never hidden.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from gitu.features.assistant.claim_words import ANYTHING, ARABIC_FIRST, ARABIC_NOUNS, ENGLISH
from gitu.kernel.actions.claims import Claim

MOST_TEXT = 50_000
_Kinds = Callable[[str], frozenset[Claim]]
_Told = Callable[[str], bool]

_DONE_EN = "|".join(sorted(ENGLISH, key=len, reverse=True))
_ADVERB = r"(?: now| just| already| successfully| also| then| gone ahead and| went ahead and)*"
_CLAIMS_EN = (
    rf"\b(?:I|we)(?:'ve|’ve| have| had)?{_ADVERB} ({_DONE_EN}|wrote|ran|made|put)\b",
    rf"\b(?:I|we)(?:'ve|’ve| have| had)?{_ADVERB} (?:{_DONE_EN})[^.!?;\n]{{0,80}}? and (?:then |also )?({_DONE_EN})\b",
    rf"\b(?:has|have){_ADVERB} been (?:successfully )?({_DONE_EN})\b",
    rf"\b(?:was|were|is|are) (?:now |just |already )?successfully ({_DONE_EN})\b",
    rf"(?:^|[.!\n] *)(?:\W{{0,3}})(?:All )?(done|finished|completed|{_DONE_EN})(?: it| successfully)?[.!✓✅]",
    r"(?:^|[.!\n] *)(?:\W{0,3})(sent|deleted|saved|paid|cancelled|canceled|transferred|removed|scheduled|shared)"
    r" (?:the|your|it|both|all)\b",
)
_START_AR = r"(?:^|[\s(،.!:])"
_AFTER_AR = r"(?=[\s،.!؟)]|$)"
_FIRST_AR = "|".join(sorted(ARABIC_FIRST, key=len, reverse=True))
_NOUN_AR = "|".join(sorted(ARABIC_NOUNS, key=len, reverse=True))
_CLAIMS_AR = (
    rf"{_START_AR}(?:لقد |قد |و|فقد )*({_FIRST_AR})(?:ها|ه|هم|هما|لك|لكم)?{_AFTER_AR}",
    rf"{_START_AR}(?:لقد |قد |و)*(?:تم|تمّ|تمت|تمّت|جرى)(?: الآن| بنجاح)* (?:عملية )?(?:ال)?({_NOUN_AR})",
    r"(?:^|[.!\n] *)(تم|تمّ|انتهيت|أُنجز|تم ذلك|تم الأمر)(?: بنجاح)?(?:[.!✓✅]|$)",
)
_EN = [re.compile(pattern, re.IGNORECASE | re.MULTILINE) for pattern in _CLAIMS_EN]
_AR = [re.compile(pattern, re.MULTILINE) for pattern in _CLAIMS_AR]

# What stands before it in its sentence and makes it no claim. A clause of its own ("…, but", "…; so") begins anew.
_CLAUSE = re.compile(r"[;—]|\b(?:but|however|so|instead|therefore)\b|(?:^|\s)(?:لكن|ولكن|لذلك|لذا|بل)\s", re.IGNORECASE)
_CONDITION_EN = re.compile(
    r"\b(?:if|once|when|whenever|after|unless|before|until|whether|as soon as|suppose|imagine)\b", re.IGNORECASE
)
_NEAR_EN = re.compile(
    r"(?:\b(?:not|never|cannot|nobody|nothing|no|nor|neither|should|would|could|will|shall|can|may|might|must|going to"
    r"|want|wish|pretend|claim|say)|n['’]t|['’]ll)\b[^.!?,:\n]{0,40}$",
    re.IGNORECASE,
)
_CONDITION_AR = re.compile(r"(?:^|\s)(?:إذا|اذا|لو|عندما|حين|متى|بعد أن|قبل أن|هل|إن|ريثما|كلما)\s")
_NEAR_AR = re.compile(
    r"(?:^|\s)(?:(?:لم|لن|لا|ما|ليس|لست|لستُ|دون أن|كأني|س?(?:أ|ي|ت|ن)كون)(?:\s[^.!؟،\n]{0,40})?"
    r"|(?:التي|الذي|الذين|اللذان|اللواتي|كما))\s?$"
)
# What stands behind it: somebody else did it, or long ago, or it is only shown in the answer itself.
_OTHERS = re.compile(
    r"^[^.!?؟\n]{0,40}?(?:\bby (?!e-?mail|mail|post|sms|text|me\b|us\b|gitu)\w"
    r"|\b(?:yesterday|ago|last (?:week|month|year))\b"
    r"|\bin (?:19|20)\d\d\b|(?:على يد|من قِبل|من قبل|بواسطة) (?!المساعد|البريد)|\sأمس|الأسبوع الماضي|الشهر الماضي)",
    re.IGNORECASE,
)
_SHOWN_HERE = re.compile(
    r"^[^.!?؟\n]{0,60}?(?:\b(?:below|above|here(?:'s| is)?|following)\b|أدناه|أعلاه|فيما يلي)", re.IGNORECASE
)
_SHOWN = frozenset(
    {"wrote", "written", "made", "put", "created", "added", "listed", "updated", "changed", "كتبت", "أضفت"}
)

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_QUOTED = re.compile(r"^\s*>.*$|\"[^\"\n]{1,400}\"|“[^”\n]{1,400}”|«[^»\n]{1,400}»", re.MULTILINE)
_EMPHASIS = re.compile(r"\*{1,3}|_{2,3}|~~")
_DIACRITICS = re.compile("[\u064b-\u0650\u0652\u0670\u0640]")  # the doubling sign stays: the words carry it
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_END = re.compile(r"[.!?؟\n]")


def claimed(text: str) -> list[frozenset[Claim]]:
    """What the text says was done: for each sentence the kinds of which a receipt must be there; any, for "done"."""
    plain = _QUOTED.sub(" … ", _CODE.sub(" … ", text[:MOST_TEXT]))
    plain = _HIDDEN.sub("", _DIACRITICS.sub("", _EMPHASIS.sub("", plain)))
    return [*_found(plain, _EN, _kinds_en, _is_told_en), *_found(plain, _AR, _kinds_ar, _is_told_ar)]


def unproven(text: str, proven: Iterable[frozenset[Claim]]) -> bool:
    """Whether the text says of anything that it was done, of which none of the receipts' actions is proof."""
    kinds = {kind for one in proven for kind in one}
    return any(not kinds & claim for claim in claimed(text))


def _kinds_en(word: str) -> frozenset[Claim]:
    return ENGLISH.get(word.lower(), ANYTHING)


def _kinds_ar(word: str) -> frozenset[Claim]:
    return ARABIC_FIRST.get(word) or ARABIC_NOUNS.get(word) or ANYTHING


def _is_told_en(before: str) -> bool:
    return bool(_CONDITION_EN.search(before) or _NEAR_EN.search(before))


def _is_told_ar(before: str) -> bool:
    return bool(_CONDITION_AR.search(before) or _NEAR_AR.search(before))


def _found(text: str, patterns: list[re.Pattern[str]], kinds: _Kinds, is_told: _Told) -> Iterator[frozenset[Claim]]:
    for pattern in patterns:
        for found in pattern.finditer(text):
            at, word = _beginning(text, found), found[1]
            end = _END.search(text, found.end(1))
            if end is not None and end[0] in "?؟":
                continue
            behind = text[found.end(1) : found.end(1) + 100]
            if is_told(_clause_before(text, at)) or _OTHERS.search(behind):
                continue
            if word.lower() in _SHOWN and _SHOWN_HERE.search(behind):
                continue
            yield kinds(word)


def _beginning(text: str, found: re.Match[str]) -> int:
    """Where the claim's own words begin: what a pattern starts with may be the end of the sentence before."""
    at = found.start()
    while at < found.start(1) and not text[at].isalnum():
        at += 1
    return at


def _clause_before(text: str, at: int) -> str:
    """What stands before in the same sentence, from its last clause on."""
    sentence = re.split(r"[.!?؟\n]", text[max(0, at - 160) : at])[-1]
    return _CLAUSE.split(sentence)[-1]
