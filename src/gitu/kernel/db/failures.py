"""Turns what PostgreSQL and the system say into one sentence that names the thing and the way out."""

import errno
from pathlib import Path

# The first marker found decides, so the more telling ones stand first.
_MARKERS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("No space left on device", "Disk quota exceeded", "File too large"),
        "The disk is full, so the database in {data} can't start. Free some space and start again; "
        "nothing that was saved is lost.",
    ),
    (
        ("could not bind",),
        "No port on 127.0.0.1 could be taken for the database server. Start again, or set DATABASE_URL.",
    ),
    (
        ("initialized by PostgreSQL version",),
        "The data in {data} was made by another version of PostgreSQL. Install that version once more, "
        "move the data over with pg_dump, or set DATABASE_URL.",
    ),
    (
        ("pre-existing shared memory block",),
        "Processes of an earlier database server of {data} are still ending. Try again in a minute.",
    ),
    (
        (
            "could not locate a valid checkpoint record",
            "invalid checkpoint",
            "could not locate required checkpoint",
            "incorrect checksum in control file",
            'could not open file "global',
            "is not a database cluster directory",
            "is not a valid data directory",
            "could not read file",
            "PANIC:",
            "could not open control file",
            "missing control data",
            "contains invalid data",
            "database files are incompatible",
        ),
        "The database in {data} is damaged. Bring the folder back from a backup, or move it away to "
        "begin with an empty database.",
    ),
    (
        ("Permission denied", "has wrong ownership", "has invalid permissions", "Operation not permitted"),
        "The database server may not use {data}. Give the folder and all in it to the user that runs Gitu.",
    ),
    (
        (
            "could not create shared memory",
            "Cannot allocate memory",
            "could not map anonymous shared memory",
            "could not create semaphores",
        ),
        "There is not enough memory for the database server. Close some programs and start again.",
    ),
    (
        ("server did not start in time",),
        "The database in {data} is still recovering from a crash. Start again in a few minutes.",
    ),
)


def explain(output: str, data: Path) -> str:
    """One sentence for what a program of PostgreSQL printed, followed by its own most telling line."""
    telling = _telling_line(output)
    for markers, sentence in _MARKERS:
        if any(marker in output for marker in markers):
            return f"{sentence.format(data=data)}{telling}"
    return f"The database server of {data} did not start; see {data / 'postgresql.log'}.{telling}"


def explain_os_error(error: OSError, folder: Path) -> str:
    """One sentence for an operating system's error on the database's own files."""
    place = error.filename or folder
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"The disk is full ({place}). Free some space and start again; nothing that was saved is lost."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"{place} can't be written ({error.strerror}). Give {folder} to the user that runs Gitu, or "
            "set GITU_HOME to another folder."
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"{place} is a file where a folder is needed. Move it away, or set GITU_HOME to another folder."
    return f"The database's files in {folder} can't be used: {error}."


def _telling_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    for word in ("PANIC:", "FATAL:", "error:", "ERROR:"):
        for line in lines:
            if word in line:
                return f" (PostgreSQL: {line.partition(word)[2].strip()[:300]})"
    return f" (PostgreSQL: {lines[-1][:300]})" if lines else ""
