"""Scopes (``feature:verb``) and the least role that has each; every feature declares its own."""

from dataclasses import dataclass
from functools import cache

from gitu.kernel.auth.principal import Kind, Principal, Role


@dataclass(frozen=True, slots=True)
class Scope:
    """One permission: its name, the least role that has it, what it allows in one short phrase."""

    name: str
    role: Role
    title: str


_scopes: dict[str, Scope] = {}


def declare_scope(name: str, *, role: Role, title: str) -> str:
    """Register a scope and return its name. Raises ValueError when declared twice in different ways."""
    scope = Scope(name, role, title)
    if _scopes.setdefault(name, scope) != scope:
        raise ValueError(f"Scope {name} is declared twice in different ways")
    scopes_of.cache_clear()
    return name


def title_key(name: str) -> str:
    """The message id of a scope's title in other languages: ``me:read`` -> ``scope-me-read``."""
    return "scope-" + name.replace(":", "-").replace("_", "-").replace(".", "-")


def known_scope(name: str) -> Scope | None:
    """The declared scope of that name, if any."""
    return _scopes.get(name)


def all_scopes() -> list[Scope]:
    """Every declared scope, by name."""
    return sorted(_scopes.values(), key=lambda scope: scope.name)


@cache
def scopes_of(role: Role) -> frozenset[str]:
    """All scopes that a role has."""
    return frozenset(scope.name for scope in _scopes.values() if role.at_least(scope.role))


def allows(principal: Principal, scope: str) -> bool:
    """Whether the caller has the scope: the role's, narrowed by what a key is limited to."""
    if principal.kind is Kind.SYSTEM:
        return True
    if principal.role is None or scope not in scopes_of(principal.role):
        return False
    return principal.limited_to is None or scope in principal.limited_to


def effective_scopes(principal: Principal) -> list[str]:
    """All scopes the caller has, sorted."""
    if principal.role is None:
        return []
    return sorted(name for name in scopes_of(principal.role) if allows(principal, name))
