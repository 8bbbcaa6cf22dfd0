"""What of this machine is seen inside a sandbox: programs and what they need, nothing of its configuration."""

import os
import sys
from pathlib import Path

INSIDE = Path(__file__).resolve().parent / "inside"
MERGED = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
OWN_ETC = ("passwd", "group", "hosts", "nsswitch.conf", "resolv.conf")
"""Files of our own, the same in every sandbox; ``inside/etc`` holds them."""
HOST_ETC = (
    *("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "localtime", "mime.types", "fonts", "magic"),
    *("protocols", "services", "gai.conf", "debian_version", "os-release", "lsb-release", "fedora-release"),
    *("ssl/certs", "ssl/openssl.cnf", "pki/tls/certs", "pki/ca-trust/extracted", "crypto-policies", "ca-certificates"),
    *("python3", "perl", "R", "java-17-openjdk", "java-21-openjdk", "texmf", "bash.bashrc", "inputrc", "terminfo"),
)


def binds() -> list[tuple[str, str]]:
    """Pairs of a readable folder or file of the host and where it is seen."""
    found = [("/usr", "/usr")]
    found += [
        (f"/{name}", f"/{name}") for name in MERGED if Path(f"/{name}").is_dir() and not Path(f"/{name}").is_symlink()
    ]
    for name in HOST_ETC:
        path = Path("/etc", name)
        if path.exists() and not _closed(path):
            found.append((str(path), str(path)))
    return found


def links() -> list[tuple[str, str]]:
    """The links of a merged /usr: where they point, and where they stand."""
    return [(str(Path(f"/{name}").readlink()), f"/{name}") for name in MERGED if Path(f"/{name}").is_symlink()]


def python() -> tuple[str, list[str]]:
    """The interpreter for the agent, and what must be seen at its own place for it to run."""
    prefix = Path(os.path.realpath(sys.base_prefix))
    program = Path(os.path.realpath(sys.executable))
    if program.is_relative_to("/usr"):
        return str(program), []
    return str(program), [str(program), str(prefix / "lib")]


def _closed(path: Path) -> bool:
    return not path.stat().st_mode & 0o004
