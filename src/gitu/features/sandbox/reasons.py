"""Why something was refused or ended: one sentence each, in the person's language.

English stands here, Arabic in ``locale/ar.ftl`` under ``sandbox-reason-…``.
"""

from dataclasses import dataclass, field

from gitu.kernel.i18n import format_pattern, translate_or

TEXTS = {
    # nothing can confine
    "off": "GITU_SANDBOX is off; set it to auto, and restart Gitu.",
    "not-linux": "bubblewrap needs Linux; set GITU_SANDBOX to docker or podman.",
    "no-bubblewrap": (
        "bubblewrap is missing; install it (Debian, Ubuntu: apt install bubblewrap; Fedora: dnf install bubblewrap) or "
        "set GITU_SANDBOX to docker or podman."
    ),
    "no-libseccomp": "libseccomp is missing; install it (Debian, Ubuntu: apt install libseccomp2).",
    "userns-off": "user namespaces are switched off; set the kernel's { $setting }.",
    "userns-refused": (
        "this machine does not let bubblewrap make user namespaces; on Ubuntu 23.10 and newer allow it with an "
        "AppArmor profile for bwrap or kernel.apparmor_restrict_unprivileged_userns=0, in a container let it have user "
        "namespaces. ({ $said })"
    ),
    "no-engine": "{ $engine } is missing; install it, or install bubblewrap.",
    "engine-silent": "{ $engine } does not answer; start it, and see that Gitu may use it ({ $engine } info).",
    "no-image": "{ $engine } has no image { $image }; fetch it with { $engine } pull { $image }.",
    "trial-failed": "a first command ended with { $code }: { $said }",
    # what is weaker than it could be
    "no-groups": (
        "control groups can't be written here, so memory and processor time are limited for each process, not for a "
        "sandbox as a whole."
    ),
    "some-groups": "these control groups are missing: { $groups }.",
    "no-own-filter": "the engine's own filter of system calls alone is in force. { $why }",
    # it did not start
    "replaced": "{ $folder } was replaced by another folder meanwhile; try again.",
    "said": "{ $said }",
    "silent": "it ended without a word.",
    # a folder
    "target-odd": "{ $target } is no absolute path inside; write /workspace/name.",
    "target-taken": "{ $target } is taken already; choose another place inside.",
    "path-odd": "it must be an absolute path without .. in it.",
    "protected": "it belongs to the system or to Gitu itself, or holds such a folder; choose a narrower one.",
    "link": "a symbolic link or a file stands on its path; grant the real folder.",
    "no-folder": "it is not a folder.",
    # a command
    "no-cwd": "there is no folder { $folder } inside, or it can't be entered; choose another.",
    "exhausted": "the sandbox has no processes or descriptors left; end what runs in it, or give it higher limits.",
    "no-setup": "its limits or its terminal could not be set ({ $error }).",
    # the end
    "closed": "it was closed",
    "idle": "it was idle",
    "withdrawn": "a folder was taken back",
    "full": "the workspace holds more than the { $limit } bytes that it may; delete what is not needed",
    "disk": "the disk it writes to has less than { $least } bytes left",
    "changed": "its folders, network or limits were changed",
    "stopping": "Gitu stops",
    "died": "its first process ended",
    "nonsense": "its first process spoke nonsense",
    "unkillable": "a command could not be killed",
    "busy": "{ $count } commands run in it at once",
    "foreign": "its name belongs to another person's session",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One of ``TEXTS`` with what it names."""

    key: str
    params: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def message(self) -> str:
        """The id of its translation."""
        return f"sandbox-reason-{self.key}"

    def localised(self, locale: str) -> str:
        """The sentence in ``locale``; English where a translation is missing."""
        if locale == "en":
            return format_pattern(TEXTS[self.key], locale, **self.params)
        return translate_or(self.message, TEXTS[self.key], locale, **self.params)

    def __str__(self) -> str:
        return self.localised("en")


def because(key: str, **params: object) -> Reason:
    """The reason with its parameters as text."""
    assert key in TEXTS
    return Reason(key, {name: str(value) for name, value in params.items()})
