"""Proof that a translation is whole: for tests, and for the check that runs before a release."""

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from fluent.runtime import FluentResource
from fluent.syntax import FluentParser, ast

from gitu.kernel.i18n.locales import DEFAULT, SUPPORTED
from gitu.kernel.i18n.messages import has_translation, locale_files

__all__ = ["locale_problems", "missing_translations", "unknown_variables"]


def missing_translations(expected: Iterable[str] = (), *, locale: str = "ar") -> list[str]:
    """Message ids that `locale` lacks, sorted: of `expected`, and of all that stands in the English files."""
    keys = {*expected, *_messages(DEFAULT)}
    return sorted(key for key in keys if not has_translation(key, locale))


def unknown_variables(english: Mapping[str, str], *, locale: str = "ar") -> list[str]:
    """Placeables of a translation that its English sentence does not have, as ``key: $name``, sorted.

    `english` maps message ids to the English patterns in the code; the English files count as well.
    """
    sources: dict[str, set[str]] = {key: _variables(entry) for key, entry in _messages(DEFAULT).items()}
    for key, pattern in english.items():
        lines = "".join(f"    {line}\n" for line in pattern.splitlines())
        sources[key] = _variables(FluentResource(f"{key} =\n{lines}"))
    translated = _messages(locale)
    return sorted(
        f"{key}: ${name}"
        for key, names in sources.items()
        if key in translated
        for name in _variables(translated[key]) - names
    )


def locale_problems() -> list[str]:
    """Mistakes in the locale files: what is not Fluent, and ids that stand twice, each with its file."""
    problems: list[str] = []
    for locale in SUPPORTED:
        seen: dict[str, str] = {}
        for file in locale_files(locale):
            for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
                if isinstance(entry, ast.Junk):
                    problems.append(f"{file}: not Fluent: {(entry.content or '').strip()[:80]}")
                elif isinstance(entry, ast.Message):
                    if entry.id.name in seen:
                        problems.append(f"{file}: {entry.id.name} stands in {seen[entry.id.name]} too")
                    seen[entry.id.name] = str(file)
    return problems


def _messages(locale: str) -> dict[str, ast.Message]:
    return {
        entry.id.name: entry
        for file in locale_files(locale)
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body
        if isinstance(entry, ast.Message)
    }


def _variables(node: object) -> set[str]:
    return {found.id.name for found in _walk(node) if isinstance(found, ast.VariableReference)}


def _walk(node: object) -> Iterator[ast.BaseNode]:
    if isinstance(node, list):
        for item in cast("list[object]", node):
            yield from _walk(item)
    elif isinstance(node, ast.BaseNode):
        yield node
        for child in vars(node).values():
            yield from _walk(child)
