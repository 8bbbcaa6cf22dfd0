"""A server in the background: its log is kept, and does not grow for ever."""

from pathlib import Path

from gitu.doors.cli.background import LONGEST_LOG_BYTES, make_room


def test_a_long_log_is_set_aside_in_the_place_of_the_one_before(tmp_path: Path) -> None:
    log, aside = tmp_path / "server.log", tmp_path / "server.log.1"
    aside.write_bytes(b"of long ago")
    log.write_bytes(b"a" * (LONGEST_LOG_BYTES + 1))
    make_room(log)
    assert not log.exists()
    assert aside.stat().st_size == LONGEST_LOG_BYTES + 1


def test_a_short_log_goes_on_and_a_first_one_is_no_problem(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    make_room(log)
    log.write_bytes(b"begun")
    make_room(log)
    assert log.read_bytes() == b"begun"
    assert list(tmp_path.iterdir()) == [log]
