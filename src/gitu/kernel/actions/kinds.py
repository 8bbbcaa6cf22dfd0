"""How dangerous an action is, and the doors it can be called through."""

from enum import StrEnum


class Risk(StrEnum):
    """What running an action may cost: nothing, a change, or a change that can't be undone."""

    READ = "read"
    WRITE = "write"
    DANGEROUS = "dangerous"


class Door(StrEnum):
    """Where a call came in."""

    REST = "rest"
    WEBSOCKET = "websocket"
    CLI = "cli"
    CHAT = "chat"
    AGENT = "agent"
    SYSTEM = "system"


ALL_DOORS = frozenset(Door)
PEOPLE_DOORS = frozenset({Door.REST, Door.WEBSOCKET, Door.CLI, Door.SYSTEM})
"""For actions whose input or answer holds a secret: it may not enter a conversation."""


class Origin(StrEnum):
    """Where an action's answer comes from: Gitu's own tables, or outside (files, mail, web pages, other tools)."""

    GITU = "gitu"
    OUTSIDE = "outside"
