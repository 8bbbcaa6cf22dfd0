"""What the assistant tells open windows and everyone else."""

from uuid import UUID

from gitu.kernel.events.types import Event


class SessionCreated(Event):
    type = "session.created"
    session_id: UUID


class SessionUpdated(Event):
    type = "session.updated"
    session_id: UUID


class SessionDeleted(Event):
    type = "session.deleted"
    session_id: UUID


class MessageCreated(Event):
    type = "message.created"
    session_id: UUID
    message_id: UUID


class MessageUpdated(Event):
    type = "message.updated"
    session_id: UUID
    message_id: UUID


class TurnStarted(Event):
    type = "turn.started"
    session_id: UUID
    turn_id: UUID


class TurnStopRequested(Event):
    type = "turn.stop_requested"
    session_id: UUID
    turn_id: UUID


class TurnFinished(Event):
    type = "turn.finished"
    session_id: UUID
    turn_id: UUID
    state: str
    held: bool = False  # whether calls in it still wait for the person
