"""What higher features and doors may call.

    box = await sandboxes(services).open(key=str(session_id), owner=str(person_id), spec=SandboxSpec(...))
    outcome = await box.run(Command(shell="make test"))            # or box.start(...) for live output and input

Nothing here asks for permission: whoever calls has done so. A command runs in a sandbox or not at all.
"""

from gitu.features.sandbox.box import Sandbox
from gitu.features.sandbox.choice import check
from gitu.features.sandbox.execution import Collected, Execution, Listener
from gitu.features.sandbox.hosts import parse as parse_host
from gitu.features.sandbox.manager import Sandboxes, make_workspace
from gitu.features.sandbox.reasons import because
from gitu.kernel.services import Services

__all__ = [
    "Collected",
    "Execution",
    "Listener",
    "Sandbox",
    "Sandboxes",
    "because",
    "check",
    "make_workspace",
    "parse_host",
    "sandboxes",
]


class SandboxDesk(Sandboxes):
    """The process's sandboxes, as the settings have it."""

    def __init__(self, services: Services) -> None:
        settings, home = services.settings, services.home
        super().__init__(
            choice=settings.sandbox,
            image=settings.sandbox_image,
            run=home.run,
            protected=(home.root, home.root.resolve()),
            exempt=(home.workspaces.resolve(),),
            per_owner=settings.sandboxes_per_person,
            total=settings.sandboxes,
            idle_s=settings.sandbox_idle_minutes * 60,
        )


def sandboxes(services: Services) -> Sandboxes:
    """The process's sandboxes."""
    return services.resource(SandboxDesk)
