"""A file has its old content or its new one, whole: with a full disk, and when the process is killed meanwhile."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gitu.features.files.confined import writing
from gitu.features.files.confined.writing import temp_name
from gitu.features.files.errors import DiskFull, MoveIntoItself, NameUnusable, PathLinked, PathTaken
from tests.features.files.conftest import Ground
from tests.support.processes import ROOT

AS_ROOT = os.geteuid() == 0


def names(folder: Path) -> list[str]:
    """What lies in a folder, but the trash."""
    return sorted(path.name for path in folder.iterdir() if path.name != writing.TRASH)


def test_a_new_content_keeps_mode_owner_and_attributes(ground: Ground) -> None:
    file = ground.inside / "run.sh"
    file.write_text("old")
    file.chmod(0o4750)
    if AS_ROOT:
        os.chown(file, 1234, 2345)
        file.chmod(0o4750)
    try:
        os.setxattr(file, "user.origin", b"somewhere")
        attributes = True
    except OSError:
        attributes = False
    with ground.tree() as tree:
        writing.write(tree, ("run.sh",), (b"ne", b"w"), temp_name(), replace=True)
    facts = file.stat()
    assert file.read_text() == "new"
    assert stat.S_IMODE(facts.st_mode) == 0o750, "the right to run as its owner is not carried over"
    if AS_ROOT:
        assert (facts.st_uid, facts.st_gid) == (1234, 2345)
    if attributes:
        assert os.getxattr(file, "user.origin") == b"somewhere"
    assert names(ground.inside) == ["run.sh"]


def test_a_new_file_is_as_open_as_its_folder_but_never_to_the_whole_world(ground: Ground) -> None:
    for mode, wanted in ((0o700, 0o600), (0o755, 0o644), (0o2775, 0o664), (0o777, 0o664)):
        ground.inside.chmod(mode)
        with ground.tree() as tree:
            writing.write(tree, (f"f{mode}",), (b"x",), temp_name(), replace=False)
        assert stat.S_IMODE((ground.inside / f"f{mode}").stat().st_mode) == wanted


def test_nothing_that_is_there_is_replaced_unless_asked(ground: Ground) -> None:
    (ground.inside / "a").write_text("a")
    (ground.inside / "b").write_text("b")
    with ground.tree() as tree:
        with pytest.raises(PathTaken):
            writing.write(tree, ("a",), (b"x",), temp_name(), replace=False)
        with pytest.raises(PathTaken):
            writing.move(tree, ("a",), ("b",))
        with pytest.raises(PathTaken):
            writing.make_folder(tree, ("a",))
        with pytest.raises(MoveIntoItself):
            writing.move(tree, ("a",), ("a", "b"))
        with pytest.raises(NameUnusable):
            writing.move(tree, ("a",), ("a\u202eb",))
    assert (ground.inside / "b").read_text() == "b"
    assert names(ground.inside) == ["a", "b"]


def test_a_link_is_not_written_through(ground: Ground) -> None:
    (ground.inside / "link").symlink_to(ground.outside / "canary.txt")
    with ground.tree() as tree, pytest.raises(PathLinked):
        writing.write(tree, ("link",), (b"x",), temp_name(), replace=True)
    assert ground.untouched()


def test_what_is_discarded_comes_back_or_is_cleared_without_following_links(ground: Ground) -> None:
    (ground.inside / "deep").mkdir()
    (ground.inside / "deep" / "out").symlink_to(ground.outside)
    here = ground.inside / "deep"
    for _ in range(300):
        here = here / "d"
        here.mkdir()
        (here / "file").touch()
    with ground.tree() as tree:
        writing.discard(tree, ("deep",), "one")
        assert names(ground.inside) == []
        writing.bring_back(tree, "one", ("deep",))
        assert names(ground.inside) == ["deep"]
        writing.discard(tree, ("deep",), "one")
        (ground.inside / "deep").write_text("in the way")
        with pytest.raises(PathTaken):
            writing.bring_back(tree, "one", ("deep",))
        writing.clear_kept(tree, "one")
        writing.clear_kept(tree, "one")
    assert list((ground.inside / writing.TRASH).iterdir()) == []
    assert ground.untouched()


def test_a_trash_that_is_a_link_is_refused(ground: Ground) -> None:
    (ground.inside / "a").write_text("a")
    (ground.inside / writing.TRASH).symlink_to(ground.outside)
    with ground.tree() as tree:
        with pytest.raises(PathLinked):
            writing.discard(tree, ("a",), "canary.txt")
        with pytest.raises(PathLinked):
            writing.clear_kept(tree, "canary.txt")
    assert ground.untouched()
    assert (ground.inside / "a").read_text() == "a"


def test_a_full_disk_loses_nothing(ground: Ground, mounted: Callable[[Path], None]) -> None:
    mounted(ground.inside)
    (ground.inside / "file").write_bytes(b"old" * 1000)
    with ground.tree() as tree:
        with pytest.raises(DiskFull, match="nothing was changed"):
            writing.write(tree, ("file",), (b"x" * 100_000 for _ in range(20)), temp_name(), replace=True)
        with pytest.raises(DiskFull):
            writing.write(tree, ("new",), (b"x" * 2_000_000,), temp_name(), replace=False)
        assert tree.read_whole(("file",), 10_000) == b"old" * 1000
    assert names(ground.inside) == ["file"]


WRITER = """
import sys
from pathlib import Path
from gitu.features.files.confined import writing
from gitu.features.files.confined.resolver import KernelResolver, PortableResolver
from gitu.features.files.confined.tree import Tree

def pieces(letter):
    for _ in range(64):
        yield letter * 65536

resolver = {"KernelResolver": KernelResolver, "PortableResolver": PortableResolver}[sys.argv[2]]()
tree = Tree.open(Path(sys.argv[1]), resolver=resolver)
writing.write(tree, ("file",), pieces(b"a"), writing.temp_name(), replace=True)
print("ready", flush=True)
while True:
    for letter in (b"b", b"a"):
        writing.write(tree, ("file",), pieces(letter), writing.temp_name(), replace=True)
        print("written", flush=True)
"""


@pytest.mark.parametrize("rounds", range(6))
def test_killed_in_the_middle_of_writing_the_file_is_whole(ground: Ground, rounds: int) -> None:
    file = ground.inside / "file"
    file.write_bytes(b"a")
    command = [sys.executable, "-c", WRITER, str(ground.inside), type(ground.resolver).__name__]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        for _ in range(rounds):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        writer.wait(60)
    content = file.read_bytes()
    assert len(content) == 64 * 65536
    assert content.count(content[:1]) == len(content), "one content, not half of each"
    left = [name for name in names(ground.inside) if name != "file"]
    assert len(left) <= 1
    with ground.tree() as tree:
        assert [found.name for found in tree.list((), None, 10).entries] == ["file"], "what is left over is not shown"
        for name in left:
            writing.clear_temp(tree, (), name)
    assert names(ground.inside) == ["file"]
