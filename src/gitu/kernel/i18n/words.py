"""Sentences that wait for their reader: named when something goes wrong, said once the language is known."""

from typing import Protocol, runtime_checkable

from gitu.kernel.i18n.locales import DEFAULT
from gitu.kernel.i18n.messages import Parameter, translate

__all__ = ["Localisable", "Unfit", "Words", "said"]


@runtime_checkable
class Localisable(Protocol):
    """Whatever can be said in a language; its str() is the English."""

    def localised(self, locale: str) -> str:
        """The text in ``locale``."""
        ...


class Words:
    """The message ``key`` of the locale files with what fills it; its str() is the English."""

    __slots__ = ("key", "params")

    def __init__(self, key: str, /, **params: Parameter) -> None:
        self.key = key
        self.params = params

    def __str__(self) -> str:
        return self.localised(DEFAULT)

    def localised(self, locale: str) -> str:
        """The message in ``locale``; what fills it is said in the same language where it can be."""
        return translate(self.key, locale, **{name: said(value, locale) for name, value in self.params.items()})


class Unfit(ValueError):
    """What a validator of ours raises: the message ``key`` says what does not fit, without the value."""

    def __init__(self, key: str, /, **params: Parameter) -> None:
        self.words = Words(key, **params)
        super().__init__(key)

    def __str__(self) -> str:
        return str(self.words)


def said(value: Parameter, locale: str) -> Parameter:
    """A parameter in ``locale`` if it has words of its own, else as it is."""
    return value.localised(locale) if isinstance(value, Localisable) else value
