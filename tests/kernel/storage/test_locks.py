"""Locks between processes, which end with their holders."""

import subprocess
from pathlib import Path

import pytest

from gitu.kernel.storage.locks import FileLock
from tests.support.processes import line_of, python

HOLD = """
    import sys
    from pathlib import Path
    from gitu.kernel.storage.locks import FileLock
    lock = FileLock(Path(sys.argv[1]))
    lock.acquire(shared=sys.argv[2] == "shared", timeout=5)
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_holder_keeps_others_out_until_it_lets_go(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")

    with first.holding(timeout=1):
        assert second.is_busy()
        assert not second.try_acquire()
        with pytest.raises(TimeoutError, match="stayed locked"):
            second.acquire(timeout=0.05)
    assert not second.is_busy()
    assert second.try_acquire()
    second.release()


def test_many_may_share_a_lock_that_none_may_then_have_alone(tmp_path: Path) -> None:
    locks = [FileLock(tmp_path / "lock") for _ in range(3)]

    assert locks[0].try_acquire(shared=True)
    assert locks[1].try_acquire(shared=True)
    assert not locks[2].try_acquire()
    locks[0].release()
    locks[1].release()
    assert locks[2].try_acquire()
    locks[2].release()


@pytest.mark.parametrize("kind", ["shared", "exclusive"])
def test_a_killed_holder_holds_no_more(tmp_path: Path, kind: str) -> None:
    lock = FileLock(tmp_path / "lock")
    with python(HOLD, str(tmp_path / "lock"), kind) as holder:
        assert line_of(holder) == "held"
        assert not lock.try_acquire()
        holder.kill()
        holder.wait()

    assert lock.try_acquire()
    lock.release()


def test_a_child_that_inherits_the_lock_keeps_it_when_its_parent_lets_go(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock")
    assert lock.try_acquire()
    with subprocess.Popen(["sleep", "600"], pass_fds=(lock.fileno(),)) as child:
        lock.release()
        assert lock.is_busy()
        child.kill()
    assert not lock.is_busy()
