"""What actions are called, in the person's language."""

from functools import cache

from gitu.kernel.actions.registry import Action, action_key, registry
from gitu.kernel.i18n import translate_or


def title_of(action: Action, locale: str) -> str:
    """What an action does, in the person's language."""
    return action.summary if locale == "en" else _translated(action.name, action.summary, locale)


def title_of_named(name: str, locale: str) -> str:
    """The same by name; the name itself for what an earlier release called an action."""
    action = registry.find(name)
    return name if action is None else title_of(action, locale)


def named_like(text: str, locale: str) -> list[str]:
    """The names of the actions whose title holds the text."""
    wanted = text.casefold()
    return [action.name for action in registry.all() if wanted in title_of(action, locale).casefold()]


@cache  # texts do not change while Gitu runs
def _translated(name: str, summary: str, locale: str) -> str:
    return translate_or(action_key(name), summary, locale)
