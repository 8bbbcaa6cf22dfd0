"""Nothing leads out of an allowed folder: not links, not races, not odd files. Both ways of opening are attacked."""

import contextlib
import os
import socket
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gitu.features.files.confined import writing
from gitu.features.files.confined.names import parse
from gitu.features.files.confined.resolver import Resolver
from gitu.features.files.confined.searching import Bounds, Search
from gitu.features.files.confined.tree import MOST_NAMES, Tree
from gitu.features.files.errors import FileLinked, FolderGone, NotAFile, NotAFolder, PathLinked, PathNotFound
from gitu.kernel.errors import GituError
from tests.features.files.conftest import CANARY, Ground, lay_out, resolvers

NAMES = ("a", "b", "c")


def test_a_file_is_read_below_the_folder(ground: Ground) -> None:
    (ground.inside / "a").mkdir()
    (ground.inside / "a" / "b.txt").write_text("hello")
    with ground.tree() as tree:
        assert tree.read(parse("a/b.txt"), 1, 3) == (b"ell", 5)
        assert tree.read_whole(parse("a/b.txt"), 5) == b"hello"
        with pytest.raises(PathNotFound):
            tree.read(parse("a/nothing"), 0, 1)
        with pytest.raises(NotAFolder):
            tree.read(parse("a/b.txt/c"), 0, 1)


@pytest.mark.parametrize("target", ["{outside}/canary.txt", "../outside/canary.txt", "real.txt", "/proc/self/environ"])
def test_a_link_is_never_followed_not_even_to_the_inside(ground: Ground, target: str) -> None:
    (ground.inside / "real.txt").write_text("real")
    (ground.inside / "link").symlink_to(target.format(outside=ground.outside))
    with ground.tree() as tree:
        with pytest.raises(PathLinked):
            tree.read(("link",), 0, 10)
        assert tree.get(("link",)).kind == "link"


def test_a_linked_folder_on_the_way_is_refused(ground: Ground) -> None:
    (ground.inside / "way").symlink_to(ground.outside)
    with ground.tree() as tree:
        for ask in (
            lambda: tree.read(("way", "canary.txt"), 0, 10),
            lambda: tree.list(("way",), None, 10),
            lambda: writing.write(tree, ("way", "new.txt"), (b"x",), writing.temp_name(), replace=False),
            lambda: writing.make_folder(tree, ("way", "new")),
            lambda: writing.move(tree, ("way", "canary.txt"), ("mine.txt",)),
            lambda: writing.discard(tree, ("way", "canary.txt"), "x"),
        ):
            with pytest.raises(PathLinked):
                ask()
    assert ground.untouched()


def test_magic_links_of_proc_lead_nowhere(ground: Ground) -> None:
    opened = os.open(ground.outside, os.O_RDONLY)
    try:
        (ground.inside / "fd").symlink_to(f"/proc/self/fd/{opened}")
        with ground.tree() as tree, pytest.raises(PathLinked):
            tree.read(("fd", "canary.txt"), 0, 10)
    finally:
        os.close(opened)


def test_a_second_name_of_a_file_outside_is_refused_unless_allowed(ground: Ground) -> None:
    os.link(ground.outside / "canary.txt", ground.inside / "second.txt")
    with ground.tree() as tree:
        with pytest.raises(FileLinked):
            tree.read(("second.txt",), 0, 10)
        assert tree.get(("second.txt",)).linked
    with ground.tree(linked_files=True) as tree:
        assert tree.read_whole(("second.txt",), 100) == CANARY.encode()
        writing.write(tree, ("second.txt",), (b"mine",), writing.temp_name(), replace=True)
    assert (ground.inside / "second.txt").read_text() == "mine"
    assert (ground.outside / "canary.txt").read_text() == CANARY, "a new file took the name; the other one is whole"


def test_pipes_sockets_and_devices_are_refused_at_once(ground: Ground) -> None:
    os.mkfifo(ground.inside / "pipe")
    here = Path.cwd()
    with socket.socket(socket.AF_UNIX) as listening:
        os.chdir(ground.inside)  # a socket's path has a hundred characters at most
        listening.bind("socket")
        os.chdir(here)
        odd = ["pipe", "socket"]
        if hasattr(os, "mknod") and os.geteuid() == 0:
            with contextlib.suppress(PermissionError):
                os.mknod(ground.inside / "device", 0o20600, os.makedev(1, 5))
                odd.append("device")
        with ground.tree() as tree:
            for name in odd:
                assert tree.get((name,)).kind == "other"
                with pytest.raises(NotAFile):
                    tree.read((name,), 0, 1)


def test_a_huge_file_with_holes_is_read_in_pieces_only(ground: Ground) -> None:
    with (ground.inside / "huge").open("wb") as file:
        file.truncate(1 << 40)
    with ground.tree() as tree:
        assert tree.read(("huge",), (1 << 40) - 3, 1000) == (b"\0\0\0", 1 << 40)
        with pytest.raises(GituError, match="bytes"):
            tree.read_whole(("huge",), 1000)


def test_another_disk_inside_is_not_entered(ground: Ground, mounted: Callable[[Path], None]) -> None:
    (ground.inside / "disk").mkdir()
    mounted(ground.inside / "disk")
    (ground.inside / "disk" / "file").write_text("elsewhere")
    with ground.tree() as tree, pytest.raises(PathLinked):
        tree.read(("disk", "file"), 0, 10)


def test_a_folder_put_in_the_place_of_the_allowed_one_is_refused(ground: Ground) -> None:
    with ground.tree() as tree:
        inode = tree.inode
    ground.inside.rename(ground.inside.with_name("away"))
    ground.outside.rename(ground.inside)
    with pytest.raises(FolderGone):
        Tree.open(ground.inside, inode, resolver=ground.resolver)
    ground.inside.rename(ground.outside)
    ground.inside.symlink_to(ground.outside)
    with pytest.raises(FolderGone):
        Tree.open(ground.inside, resolver=ground.resolver)


def test_a_name_of_another_case_or_form_is_another_file(ground: Ground) -> None:
    (ground.inside / "caf\u00e9").write_text("composed")
    with ground.tree() as tree:
        assert tree.find(("cafe\u0301",)) is None or tree.read_whole(("cafe\u0301",), 20) == b"composed"
        assert tree.find(("CAF\u00c9",)) is None or tree.read_whole(("CAF\u00c9",), 20) == b"composed"


# -- random trees -----------------------------------------------------------------------------------------

Node = tuple[str, object]
# Were what is tested here ever broken, it would delete what a link leads to, as whoever runs the tests, maybe root.
# So no link leads anywhere but into the test's own folder: never to the root, never through /proc, never above `DEEP`.
TARGETS = ("../outside", "../outside/canary.txt", "..", ".", "a", "b/c", "../../outside")
DEEP = ("deep",) * 12


def nodes() -> st.SearchStrategy[dict[str, Node]]:
    """A folder of files, links to everywhere, and folders."""
    leaf: st.SearchStrategy[Any] = st.one_of(
        st.tuples(st.just("file"), st.just("inside")),
        st.tuples(st.just("link"), st.sampled_from(TARGETS)),
        st.tuples(st.just("absolute"), st.sampled_from((".", "outside", "outside/canary.txt"))),
    )
    folder: st.SearchStrategy[Any] = st.dictionaries(st.sampled_from(NAMES), leaf, max_size=3)
    for _ in range(2):
        folder = st.dictionaries(
            st.sampled_from(NAMES), st.one_of(leaf, st.tuples(st.just("folder"), folder)), max_size=3
        )
    return folder


def build(at: Path, ground: Ground, tree: dict[str, Node]) -> None:
    """Lay a random tree out on the disk."""
    for name, (kind, what) in tree.items():
        if kind == "folder":
            assert isinstance(what, dict)
            (at / name).mkdir()
            build(at / name, ground, what)
        elif kind == "file":
            (at / name).write_text(str(what))
        elif kind == "absolute":
            (at / name).symlink_to(ground.outside.parent / str(what))
        else:
            (at / name).symlink_to(str(what))


PATHS = st.lists(st.sampled_from((*NAMES, "..", ".", "canary.txt", "outside", "inside")), min_size=1, max_size=6)


def everything_tried(ground: Ground, path: str) -> list[bytes]:
    """What reading the path gave, after every change was tried on it too."""
    read: list[bytes] = []
    with contextlib.suppress(GituError):
        parts = parse(path)
        with ground.tree(linked_files=True) as tree:
            with contextlib.suppress(GituError):
                read.append(tree.read_whole(parts, 1000))
            with contextlib.suppress(GituError):
                read.extend(found.name.encode() for found in tree.list(parts, None, 100).entries)
            for attempt in (
                lambda: writing.write(tree, parts, (b"inside",), writing.temp_name(), replace=True),
                lambda: writing.write(tree, (*parts, "new"), (b"inside",), writing.temp_name(), replace=False),
                lambda: writing.make_folder(tree, (*parts, "made")),
                lambda: writing.move(tree, parts, ("a", "moved")),
                lambda: writing.discard(tree, parts, "kept"),
            ):
                with contextlib.suppress(GituError):
                    attempt()
            search = Search("canary", "both", Bounds(matches=50))
            search.run(tree, ())
            read.extend(match.text.encode() for match in search.matches)
            writing.clear_kept(tree, "kept")
    return read


@pytest.mark.parametrize("resolver", resolvers(), ids=lambda one: type(one).__name__)
@settings(max_examples=150)
@given(tree=nodes(), paths=st.lists(PATHS, min_size=1, max_size=4), absolute=st.booleans())
def test_no_tree_of_links_and_no_path_leads_out(
    resolver: Resolver, tree: dict[str, Node], paths: list[list[str]], absolute: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bottom = Path(folder, *DEEP)
        bottom.mkdir(parents=True)
        ground = lay_out(bottom, resolver)
        build(ground.inside, ground, tree)
        for names in paths:
            before = f"{ground.outside.parent}/" if absolute else ""
            for got in everything_tried(ground, before + "/".join(names)):
                assert b"nobody may read" not in got
        assert ground.untouched()


# -- races ------------------------------------------------------------------------------------------------


class Swapper:
    """A thread that exchanges a folder for a link to the outside and back, as fast as it can."""

    def __init__(self, ground: Ground) -> None:
        self.rounds = 0
        self._way = ground.inside / "way"
        self._aside = ground.inside / "aside"
        self._link = ground.inside / "link"
        self._outside = ground.outside
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Swapper":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(30)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._link.symlink_to(self._outside)
            self._way.rename(self._aside)
            self._link.rename(self._way)
            self._way.unlink()
            self._aside.rename(self._way)
            self.rounds += 1


def test_a_folder_exchanged_for_a_link_all_the_time_never_lets_anybody_out(ground: Ground) -> None:
    (ground.inside / "way").mkdir()
    (ground.inside / "way" / "canary.txt").write_text("inside")
    (ground.inside / "way" / "marker").touch()
    read: set[bytes] = set()
    with ground.tree() as tree, Swapper(ground) as swapper:
        tries = 0
        while tries < 300 or (swapper.rounds < 100 and tries < 100_000):
            tries += 1
            with contextlib.suppress(GituError):
                read.add(tree.read_whole(("way", "canary.txt"), 1000))
            with contextlib.suppress(GituError):
                writing.write(tree, ("way", "canary.txt"), (b"inside",), writing.temp_name(), replace=True)
            with contextlib.suppress(GituError):
                names = {found.name for found in tree.list(("way",), None, MOST_NAMES).entries}
                assert "marker" in names
            with contextlib.suppress(GituError):
                writing.write(tree, ("way", f"n{tries}"), (b"x",), writing.temp_name(), replace=False)
            with contextlib.suppress(GituError):
                writing.discard(tree, ("way", f"n{tries}"), f"kept{tries}")
    assert read <= {b"inside"}
    assert ground.untouched()


def test_a_file_exchanged_for_a_pipe_or_a_link_never_blocks_nor_leads_out(ground: Ground) -> None:
    name, stop = ground.inside / "file", threading.Event()
    name.write_text("inside")

    def exchange() -> None:
        while not stop.is_set():
            for make in (os.mkfifo, lambda at: os.symlink(ground.outside / "canary.txt", at)):
                with contextlib.suppress(FileExistsError):
                    make(ground.inside / "other")
                (ground.inside / "other").rename(name)
            (ground.inside / "plain").write_text("inside")
            (ground.inside / "plain").rename(name)

    thread = threading.Thread(target=exchange, daemon=True)
    thread.start()
    try:
        with ground.tree() as tree:
            for _ in range(500):
                with contextlib.suppress(GituError):
                    assert tree.read_whole(("file",), 100) in (b"inside", b"")
                with contextlib.suppress(GituError):
                    writing.write(tree, ("file",), (b"inside",), writing.temp_name(), replace=True)
    finally:
        stop.set()
        thread.join(30)
    assert ground.untouched()
