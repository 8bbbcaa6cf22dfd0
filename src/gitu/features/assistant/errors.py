"""The assistant's errors."""

from gitu.kernel.errors import Conflict, GituError, Invalid, NotFound


class SessionNotFound(NotFound):
    code = "assistant.session_not_found"
    text = "There is no conversation {$id}, or it is not yours; /sessions lists yours."


class TurnNotFound(NotFound):
    code = "assistant.turn_not_found"
    text = "There is no answer {$id} under way or done, or it is not yours."


class MessageNotEditable(Invalid):
    code = "assistant.message_not_editable"
    title = "This message can't be edited"
    text = "Only your own messages in this conversation can be edited and sent again."


class TurnRunning(Conflict):
    code = "assistant.turn_running"
    title = "Still answering"
    text = "The assistant is still answering here; stop it, or wait until it is done."


class SessionEnded(Conflict):
    code = "assistant.session_ended"
    title = "This conversation has ended"
    text = "This conversation has ended; resume it, or begin a new one."


class NoSuchPerson(NotFound):
    code = "assistant.no_such_person"
    text = "Nobody here signs in as {$login}; check the sign-in name."


class TurnCut(GituError):
    status = 503
    code = "assistant.turn_cut"
    title = "The answer was cut"
    text = "The answer was cut when Gitu stopped; what had come is kept. Send your message again to go on."


class TurnTooLong(Invalid):
    code = "assistant.message_too_long"
    title = "Too long for the model"
    text = (
        "This is longer than {$model} can read at once (about {$window} tokens); "
        "shorten it, or choose a model with a larger window."
    )


class TurnFailed(GituError):
    status = 502
    code = "assistant.turn_failed"
    title = "The answer failed"
    text = "The answer failed for a reason nobody foresaw; the log has it under turn {$turn}. Send your message again."


class TooManySteps(GituError):
    status = 502
    code = "assistant.too_many_steps"
    title = "Stopped a loop"
    text = (
        "The model called tools {$steps} times without coming to an answer, so it was stopped; ask for a smaller step."
    )
