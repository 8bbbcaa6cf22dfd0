"""What can be wrong with a typed command; every sentence names the place and what is possible there."""

from gitu.kernel.errors import FieldProblem, Invalid, NotFound


class CommandUnreadable(Invalid):
    code = "command.unreadable"
    title = "The command can't be read"
    text = "The quotation mark {$mark} at character {$position} is never closed; close it, or write \\{$mark}."


class CommandTooLong(Invalid):
    code = "command.too_long"
    title = "The command is too long"
    text = "The command has more than {$limit} characters; send long text as a message."


class CommandUnknown(NotFound):
    code = "command.unknown"
    title = "No such command"
    text = "There is no command {$name}. Possible: {$possible}."


class CommandAmbiguous(Invalid):
    code = "command.ambiguous"
    title = "More than one command fits"
    text = "{$name} could be any of: {$possible}. Type more of the one you mean."


class ArgumentError(Invalid):
    """Base of what is wrong with one argument; ``argument`` is its name in the payload, dotted."""

    code = "command.argument"
    text = "{$argument} of {$command} does not fit."

    def __init__(self, *, argument: str, **params: str) -> None:
        super().__init__()
        self.params.update(argument=argument, **params)
        self.args = (self.english(),)
        self.fields = [FieldProblem.told(argument, self)]


class ArgumentUnknown(ArgumentError):
    code = "command.argument_unknown"
    title = "No such argument"
    text = "{$command} has no argument {$argument}. Possible: {$possible}."


class ArgumentMissing(ArgumentError):
    code = "command.argument_missing"
    title = "An argument is missing"
    text = "{$command} needs {$argument} too. Write: {$usage}"


class ArgumentUnfit(ArgumentError):
    code = "command.argument_unfit"
    title = "An argument does not fit"
    text = "{$argument} can't be {$value}. Possible: {$expected}."


class ArgumentEmpty(ArgumentError):
    code = "command.argument_empty"
    title = "An argument has no value"
    text = "{$argument} needs a value after it. Possible: {$expected}."


class ArgumentRepeated(ArgumentError):
    code = "command.argument_repeated"
    title = "An argument is given twice"
    text = "{$argument} is given twice; {$command} takes one."


class ArgumentUnplaced(ArgumentError):
    code = "command.argument_unplaced"
    title = "A value has no place"
    text = "{$command} does not know what {$value} is for; name it. Possible: {$possible}."
