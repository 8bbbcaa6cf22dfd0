"""What a command would see and reach, looked up for every call: nothing else is mounted or reachable."""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.files.api import Place, places_of
from gitu.features.sandbox.api import parse_host
from gitu.features.sandbox.schemas import Folder, Limits, Network, SandboxSpec
from gitu.features.shell.errors import FolderNotAllowed, StdinInvalid
from gitu.features.shell.schemas import RunCommand, RunUnsandboxed
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.effects import Effect
from gitu.kernel.services import Services

FOLDERS = "/folders"
MOST_SHOWN_STDIN = 3_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """The person's workspace, the folders that were asked for, and the hosts."""

    workspace: Place
    folders: tuple[Place, ...]
    hosts: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Whole paths of all that is mounted."""
        return tuple(str(place.path) for place in (self.workspace, *self.folders))

    @property
    def folder_ids(self) -> frozenset[UUID]:
        """The ids of what is mounted beside the workspace."""
        return frozenset(place.folder_id for place in self.folders)

    @property
    def writable_ids(self) -> set[UUID]:
        """The ids of the folders that the command may write, the workspace among them."""
        return {place.folder_id for place in (self.workspace, *self.folders) if place.writable}

    def spec(self, workspace_bytes: int) -> SandboxSpec:
        """As the sandbox is asked for it, with what the workspace may hold."""
        names = _names(self.folders)
        folders = tuple(
            Folder(source=place.path, target=f"{FOLDERS}/{name}", writable=place.writable)
            for place, name in zip(self.folders, names, strict=True)
        )
        network = Network(hosts=self.hosts) if self.hosts else None
        most = Limits().file_bytes
        limits = Limits(workspace_bytes=workspace_bytes, file_bytes=min(most, workspace_bytes))
        return SandboxSpec(workspace=self.workspace.path, folders=folders, network=network, limits=limits)


async def prepare(services: Services, db: AsyncSession, owner_id: UUID, data: RunCommand) -> Prepared:
    """Raises FolderNotAllowed, HostRuleInvalid."""
    workspace, *others = await places_of(services, db, owner_id)
    known = {place.folder_id: place for place in others}
    wanted = dict.fromkeys(one for one in data.folders if one != workspace.folder_id)
    for folder_id in wanted:
        if folder_id not in known:
            raise FolderNotAllowed(id=str(folder_id), what="folder")
    hosts = tuple(sorted({host.lower() for host in data.hosts}))
    for host in hosts:
        parse_host(host)
    return Prepared(workspace, tuple(known[folder_id] for folder_id in wanted), hosts)


async def effect_of(ctx: Context, data: RunCommand) -> Effect:
    """The command, all that is mounted, all that may be reached. Raises FolderNotAllowed, HostRuleInvalid."""
    prepared = await prepare(ctx.services, ctx.db, ctx.user_id, data)
    return Effect(command=shown_command(data), paths=prepared.paths, hosts=prepared.hosts)


async def effect_unsandboxed(ctx: Context, data: RunUnsandboxed) -> Effect:
    """The command, which may do whatever Gitu itself may."""
    return Effect(command=shown_command(data), paths=("/",))


def shown_command(data: RunCommand | RunUnsandboxed) -> str:
    """The line, and beneath it what the command reads: a shell or an interpreter would run that too."""
    if not data.stdin:
        return data.command
    given = input_of(data)
    text = data.stdin if data.stdin_encoding == "text" else f"base64: {data.stdin}"
    if len(text) > MOST_SHOWN_STDIN:
        digest = hashlib.sha256(given).hexdigest()
        text = f"{text[:MOST_SHOWN_STDIN]}\n[… {len(given)} bytes in all, SHA-256 {digest} …]"
    return f"{data.command}\n<<< {text}"


def input_of(data: RunCommand | RunUnsandboxed) -> bytes:
    """What the command reads. Raises StdinInvalid."""
    if data.stdin_encoding == "text":
        return data.stdin.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(data.stdin, validate=True)
    except (binascii.Error, ValueError):
        raise StdinInvalid() from None


def _names(places: tuple[Place, ...]) -> list[str]:
    """A name for each folder inside; of two with the same name, the second gets a number."""
    names: list[str] = []
    for place in places:
        name, number = place.name, 1
        while name in names:
            number += 1
            name = f"{place.name}-{number}"
        names.append(name)
    return names
