"""Attacks on the network, without one and past the proxy: each is really tried inside."""

import asyncio
import socket
import tempfile
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from gitu.features.sandbox.api import Sandbox, Sandboxes
from gitu.features.sandbox.errors import HostRuleInvalid
from gitu.features.sandbox.schemas import Command, Network, SandboxSpec
from tests.features.sandbox.conftest import OWNER, PYTHON, Names, Opened, py, sh

pytestmark = pytest.mark.anyio

SECRET = "inner-secret-3f9c1b"


class Web:
    """A small web server on this machine's loopback; what it was asked for is kept."""

    def __init__(self) -> None:
        self.port = 0
        self.heads: list[str] = []
        self.answer = SECRET
        self.location = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = next(
                (int(line[15:]) for line in head.lower().splitlines() if line.startswith("content-length:")), 0
            )
            body = await reader.readexactly(length)
            self.heads.append(head + body.decode("latin-1"))
            status = f"302 Found\r\nLocation: {self.location}" if self.location else "200 OK"
            answer = self.answer.encode()
            writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(answer)}\r\n\r\n".encode() + answer)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@pytest.fixture
async def web(anyio_backend: str) -> AsyncGenerator[Web]:
    served = Web()
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0)
    served.port = server.sockets[0].getsockname()[1]
    yield served
    server.close()


@asynccontextmanager
async def granted(sandboxes: Sandboxes, *hosts: str) -> AsyncGenerator[Sandbox]:
    yield await sandboxes.open("session", OWNER, SandboxSpec(network=Network(hosts=hosts)))


async def asked(box: Sandbox, request: str) -> str:
    """Send bytes to the proxy from inside, and read all it answers."""
    code = "import socket\ns = socket.create_connection(('127.0.0.1', 3128))\n"
    code += f"s.sendall({request.encode()!r})\ns.settimeout(20)\nread = b''\n"
    code += "try:\n    while data := s.recv(65536):\n        read += data\n"
    code += "        if b'Connection established' in data: s.sendall(b'GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n')\n"
    code += "except OSError: pass\nimport sys; sys.stdout.buffer.write(read)"
    outcome = await py(box, code)
    assert outcome.exit_code == 0, outcome.stderr.text()
    return outcome.stdout.text()


def get(url: str, host: str) -> str:
    return f"GET {url} HTTP/1.1\r\nHost: {host}\r\n\r\n"


# -- without a network ---------------------------------------------------------------------------------


async def test_without_a_grant_there_is_no_way_out(box: Sandbox, web: Web) -> None:
    code = f"""
import socket
import tempfile
for family, kind, where in ((2, 1, ('127.0.0.1', {web.port})), (2, 1, ('1.1.1.1', 443)), (2, 2, ('1.1.1.1', 53)),
        (10, 1, ('::1', {web.port})), (10, 1, ('2606:4700:4700::1111', 443)), (2, 1, ('127.0.0.1', 3128))):
    s = socket.socket(family, kind)
    s.settimeout(5)
    try: s.connect(where); s.send(b'x'); print('through', where)
    except OSError as error: pass
try: print(socket.getaddrinfo('example.org', 80))
except OSError: pass
"""
    assert (await py(box, code)).stdout.text() == ""
    assert web.heads == []
    assert (await sh(box, "env | grep -ci proxy; ls /run/gitu")).stdout.text() == "0\ninside\n"
    assert (await sh(box, "tail -n +3 /proc/net/dev | cut -d: -f1")).stdout.text().split() == ["lo"]


async def test_servers_inside_are_reached_inside_and_not_from_outside(box: Sandbox) -> None:
    code = "import socket\ns = socket.create_server(('0.0.0.0', 34567))\n"
    code += "c = socket.create_connection(('127.0.0.1', 34567))\n"
    assert (await py(box, code + "print('reached')")).stdout.text() == "reached\n"
    execution = box.start(box_server())
    async for chunk in execution:
        assert chunk.data == b"listening\n"
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", 34567), timeout=5)
        execution.kill()


def box_server() -> Command:
    code = "import socket\ns = socket.create_server(('0.0.0.0', 34567))\nprint('listening', flush=True)\ns.accept()"
    return Command(argv=(PYTHON, "-I", "-S", "-c", code))


# -- through the proxy ---------------------------------------------------------------------------------


async def test_a_granted_address_is_reached_and_programs_find_the_proxy_by_themselves(
    sandboxes: Sandboxes, web: Web
) -> None:
    async with granted(sandboxes, f"127.0.0.1:{web.port}") as box:
        answer = await asked(box, get(f"http://127.0.0.1:{web.port}/page?q=1", f"127.0.0.1:{web.port}"))
        assert answer.startswith("HTTP/1.1 200 OK")
        assert answer.endswith(SECRET)
        assert web.heads[0].startswith("GET /page?q=1 HTTP/1.1\r\n")
        code = "import os; del os.environ['no_proxy'], os.environ['NO_PROXY']\nimport urllib.request as r\n"
        code += f"print(r.urlopen('http://127.0.0.1:{web.port}/').read().decode())"
        assert (await py(box, code)).stdout.text() == f"{SECRET}\n"


async def test_a_tunnel_to_a_granted_name_carries_bytes_both_ways(
    named: Callable[[Names], Sandboxes], web: Web
) -> None:
    sandboxes = named({"inner.example": ["127.0.0.1"]})
    async with granted(sandboxes, f"inner.example:{web.port}", f"127.0.0.1:{web.port}") as box:
        answer = await asked(box, f"CONNECT inner.example:{web.port} HTTP/1.1\r\n\r\n")
        assert "200 Connection established" in answer
        assert answer.endswith(SECRET)


async def test_what_a_request_carries_reaches_the_server(sandboxes: Sandboxes, web: Web) -> None:
    async with granted(sandboxes, f"127.0.0.1:{web.port}") as box:
        head = f"POST http://127.0.0.1:{web.port}/ HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic eHg=\r\n"
        head += "Content-Length: 5\r\n\r\nhello"
        assert (await asked(box, head)).endswith(SECRET)
    assert web.heads[0].endswith("hello")
    assert "proxy-authorization" not in web.heads[0].lower()


async def refused(box: Sandbox, request: str) -> None:
    """The proxy refuses, and nothing was reached."""
    answer = await asked(box, request)
    assert answer.split(" ")[1] in ("403", "400", "502"), answer
    assert SECRET not in answer


SPELLINGS = [
    *(
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1.",
        "0.0.0.0",
        "0",
        "localhost",
        "LOCALHOST.",
    ),
    *("[::1]", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::]"),
]


async def test_this_machine_is_not_reached_however_it_is_spelt(named: Callable[[Names], Sandboxes], web: Web) -> None:
    sandboxes = named({"localhost": ["127.0.0.1", "::1"]})
    async with granted(sandboxes, f"*:{web.port}", "*") as box:
        for host in SPELLINGS:
            await refused(box, f"CONNECT {host}:{web.port} HTTP/1.1\r\nHost: example.org\r\n\r\n")
            await refused(box, get(f"http://{host}:{web.port}/", "example.org"))
    assert web.heads == []


PRIVATE = [
    "10.0.0.1",
    "172.16.3.4",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "fd00::1",
    "fe80::1",
    "224.0.0.1",
    "::ffff:10.0.0.1",
]


async def test_a_name_that_leads_into_a_private_network_is_refused(named: Callable[[Names], Sandboxes]) -> None:
    sandboxes = named({f"evil{number}.example": [address] for number, address in enumerate(PRIVATE)})
    async with granted(sandboxes, "*.example", "*") as box:
        for number, address in enumerate(PRIVATE):
            answer = await asked(box, f"CONNECT evil{number}.example:443 HTTP/1.1\r\n\r\n")
            assert answer.startswith("HTTP/1.1 403"), address
            assert "leads to an address" in answer


async def test_a_name_that_changes_its_address_is_bound_to_the_one_that_was_checked(
    needs_bubblewrap: None, tmp_path: Path, web: Web
) -> None:
    """DNS rebinding: the first look-up tells a public address, every later one this machine."""
    told: list[str] = []

    async def resolve(name: str, port: int) -> list[str]:
        told.append("192.0.2.1" if told else "203.0.113.9")
        return ["127.0.0.1"] if len(told) > 1 else ["203.0.113.9", "127.0.0.1"]

    made = Sandboxes(choice="bubblewrap", run=tmp_path, resolver=resolve)
    try:
        async with granted(made, f"rebind.example:{web.port}") as box:
            for _ in range(3):
                await refused(box, get(f"http://rebind.example:{web.port}/", "rebind.example"))
    finally:
        await made.aclose()
    assert len(told) == 3  # one look-up for each request
    assert web.heads == []


async def test_hosts_and_ports_that_were_not_granted_are_refused_and_remembered(
    named: Callable[[Names], Sandboxes], web: Web
) -> None:
    sandboxes = named({"example.org": ["127.0.0.1"], "evil.example": ["127.0.0.1"]})
    async with granted(sandboxes, "example.org", f"127.0.0.1:{web.port}") as box:
        await refused(box, f"CONNECT evil.example:{web.port} HTTP/1.1\r\n\r\n")
        await refused(box, f"CONNECT example.org:{web.port} HTTP/1.1\r\n\r\n")  # 80 and 443 alone
        await refused(box, "CONNECT notexample.org:443 HTTP/1.1\r\n\r\n")
        await refused(box, "CONNECT sub.example.org:443 HTTP/1.1\r\n\r\n")
        await refused(box, "CONNECT example.org.evil.example:443 HTTP/1.1\r\n\r\n")
    assert web.heads == []
    assert f"evil.example:{web.port}" in sandboxes.denied_hosts("session", OWNER)


async def test_a_redirect_leads_to_no_other_host(sandboxes: Sandboxes, web: Web) -> None:
    other = Web()
    server = await asyncio.start_server(other.serve, "127.0.0.1", 0)
    other.port = server.sockets[0].getsockname()[1]
    web.location, web.answer = f"http://127.0.0.1:{other.port}/", "moved"
    async with granted(sandboxes, f"127.0.0.1:{web.port}") as box:
        code = "import os; del os.environ['no_proxy'], os.environ['NO_PROXY']\nimport urllib.request as r\n"
        code += f"print(r.urlopen('http://127.0.0.1:{web.port}/').read())"
        outcome = await py(box, code)
    server.close()
    assert "403" in outcome.stderr.text()
    assert len(web.heads) == 1
    assert other.heads == []


async def test_the_host_that_is_sent_is_the_one_that_was_asked_for(sandboxes: Sandboxes, web: Web) -> None:
    """One server may serve many hosts: another ``Host``, or a second request, must not slip along."""
    async with granted(sandboxes, f"127.0.0.1:{web.port}") as box:
        url = f"http://127.0.0.1:{web.port}/"
        await asked(box, get(url, "evil.example"))
        await asked(
            box,
            f"GET {url} HTTP/1.1\r\nHost: a\r\nX-Forwarded-Host: b\r\n\r\n"
            + get("http://evil.example/", "evil.example"),
        )
        smuggled = "POST {0} HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{1}"
        await asked(box, smuggled.format(url, get("/secret", "evil.example")))
    assert web.heads
    for head in web.heads:
        assert f"\r\nhost: 127.0.0.1:{web.port}\r\n" in head.lower()
        assert "host: evil" not in head.lower()


NONSENSE = [
    *(
        "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n",
        "CONNECT /etc/passwd HTTP/1.1\r\n\r\n",
        "CONNECT a:b:c HTTP/1.1\r\n\r\n",
    ),
    *(
        "GET file:///etc/passwd HTTP/1.1\r\n\r\n",
        "GET http://u:p@127.0.0.1/ HTTP/1.1\r\n\r\n",
        "CONNECT :0 HTTP/1.1\r\n\r\n",
    ),
    *("CONNECT example.org:99999 HTTP/1.1\r\n\r\n", "CONNECT exa mple.org:443 HTTP/1.1\r\n\r\n"),
    "GET http:///x HTTP/1.1\r\n\r\n",
]


async def test_nonsense_is_refused_and_the_proxy_goes_on(sandboxes: Sandboxes, web: Web) -> None:
    async with granted(sandboxes, f"127.0.0.1:{web.port}") as box:
        for request in NONSENSE:
            await refused(box, request)
        assert (await asked(box, get(f"http://127.0.0.1:{web.port}/", "x"))).endswith(SECRET)


async def test_even_with_a_network_there_is_no_way_past_the_proxy(sandboxes: Sandboxes, web: Web) -> None:
    async with granted(sandboxes, f"127.0.0.1:{web.port}") as box:
        code = f"import socket\nsocket.create_connection(('127.0.0.1', {web.port}), timeout=5)"
        assert "ConnectionRefusedError" in (await py(box, code)).stderr.text()
        assert (await sh(box, "rm -f /run/gitu/proxy.sock && echo removed")).stdout.text() == ""


async def test_the_proxy_s_socket_is_gone_with_its_sandbox(needs_bubblewrap: None, web: Web) -> None:
    run = Path(tempfile.mkdtemp(prefix="gitu-"))  # short enough for a socket's address
    (run / "sandbox-999999999-1.sock").touch()  # of a server that was killed
    made = Sandboxes(choice="bubblewrap", run=run)
    async with granted(made, f"127.0.0.1:{web.port}"):
        assert len(list(run.glob("*.sock"))) == 1
    await made.aclose()
    assert list(run.iterdir()) == []
    run.rmdir()


async def test_a_network_survives_that_everything_inside_was_killed(sandboxes: Sandboxes, web: Web) -> None:
    async with granted(sandboxes, f"127.0.0.1:{web.port}") as box:
        await sh(box, "kill -9 -1")
        waiting = "until (exec 3<>/dev/tcp/127.0.0.1/3128) 2>/dev/null; do sleep 0.05; done"
        await box.run(Command(argv=("bash", "-c", waiting)))
        assert (await asked(box, get(f"http://127.0.0.1:{web.port}/", "x"))).endswith(SECRET)


@pytest.mark.parametrize(
    "rule", ["", "http://example.org", "exa mple", "*.10.0.0.1", "example.org:0", "example.org:70000", "a/b", "-x.org"]
)
async def test_a_rule_that_names_no_host_is_refused(opened: Opened, rule: str) -> None:
    with pytest.raises(HostRuleInvalid):
        await opened(SandboxSpec(network=Network(hosts=(rule,))))
