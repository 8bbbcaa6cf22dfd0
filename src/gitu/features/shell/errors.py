"""The shell's errors."""

from gitu.kernel.errors import Conflict, Denied, Invalid, NotFound


class RunNotFound(NotFound):
    code = "shell.run_not_found"
    text = "There is no run {$id}, or it is not yours; /shell list-runs shows yours."


class RunExists(Conflict):
    code = "shell.run_exists"
    title = "This id is taken"
    text = "A run has the id {$id} already; choose a new one, or leave it out."


class RunOver(Conflict):
    code = "shell.run_over"
    title = "It has ended"
    text = "The run {$id} takes no input or size: it has ended, or it does not run in a terminal here."


class SandboxBusy(Conflict):
    code = "shell.sandbox_busy"
    title = "The sandbox is in use"
    text = (
        "A command still runs here with other folders or hosts; wait for its end or stop it, "
        "since the change ends the sandbox."
    )


class UnsandboxedOff(Denied):
    code = "shell.unsandboxed_off"
    title = "Commands run in the sandbox only"
    text = (
        "Commands outside of the sandbox are switched off here; whoever runs this Gitu can permit them "
        "with GITU_SHELL_UNSANDBOXED=true and a restart. Inside, use shell run-command."
    )


class FolderNotAllowed(NotFound):
    code = "shell.folder_not_allowed"
    text = "There is no allowed folder {$id} for you; /files list-folders shows yours."


class StdinInvalid(Invalid):
    code = "shell.stdin_invalid"
    text = "The command's input is no valid base64."
