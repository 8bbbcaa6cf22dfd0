"""The first process inside a sandbox: it starts commands and tells what they write.

It stands alone: only the standard library and its neighbours in this folder, which is all of Gitu that is mounted in
a sandbox. Whoever takes it over is still inside; Gitu trusts nothing it says.
"""

import base64
import fcntl
import json
import os
import selectors
import signal
import struct
import sys
import time
from types import FrameType
from typing import Any

from .commands import Command, Stream, hide, kill_tree, put_on, set_size, start
from .wire import (
    ANSWER,
    CHUNK,
    CONFIGURE,
    EXITED,
    FAILED,
    HEADER,
    HELLO,
    READY,
    REALPATH,
    RESIZE,
    RUN,
    SIGNAL,
    STDERR_END,
    STDIN,
    STDOUT,
    STDOUT_END,
)

GRACE_S = 0.1  # for what children of an ended command still write
MOST_RELAYS = 20  # whoever keeps killing it, or takes its port, has no network in the end


class Agent:
    """Reads frames, starts commands, passes on what they write, reaps everything."""

    def __init__(self, incoming: int, outgoing: int) -> None:
        self.incoming, self.outgoing = incoming, outgoing
        self.received = bytearray()
        self.selector = selectors.DefaultSelector()
        self.commands: dict[int, Command] = {}
        self.by_pid: dict[int, Command] = {}
        self.orphans: dict[int, Stream] = {}
        self.config: dict[str, Any] = {}
        self.relay_pid = self.relays = 0

    def serve(self) -> None:
        """Until Gitu hangs up; then the kernel ends everything else in here."""
        reading, writing = os.pipe()
        for fd in (reading, writing):
            os.set_blocking(fd, False)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, nothing)
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        self.selector.register(self.incoming, selectors.EVENT_READ, self.listen)
        self.selector.register(reading, selectors.EVENT_READ, lambda: self.reap(reading))
        while True:
            for key, _ in self.selector.select(self.next_deadline()):
                now = self.selector.get_map().get(key.fd)
                if now is None or now.data is not key.data:
                    continue  # closed, and perhaps opened anew, by what this round has handled
                if isinstance(key.data, Stream):
                    self.read(key.data)
                elif isinstance(key.data, Command):
                    self.feed(key.data)
                else:
                    key.data()
            self.finish_late()

    def next_deadline(self) -> float | None:
        """Seconds until the first ended command has waited long enough for its output."""
        deadlines = [one.deadline for one in self.commands.values() if one.deadline is not None]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def listen(self) -> None:
        """Take what Gitu has sent."""
        data = os.read(self.incoming, 4 * CHUNK)
        if not data:
            os._exit(0)
        self.received += data
        while len(self.received) >= HEADER.size:
            length, kind, number = HEADER.unpack_from(self.received)
            if len(self.received) < HEADER.size + length:
                return
            payload = bytes(self.received[HEADER.size : HEADER.size + length])
            del self.received[: HEADER.size + length]
            self.handle(kind, number, payload)

    def handle(self, kind: int, number: int, payload: bytes) -> None:
        """Do what one frame asks for."""
        if kind == HELLO:
            self.send(HELLO, number, b"")
        elif kind == CONFIGURE:
            self.configure(json.loads(payload))
        elif kind == RUN:
            self.run(number, json.loads(payload))
        elif kind == REALPATH:
            self.send(ANSWER, number, os.path.realpath(payload))
        elif (command := self.commands.get(number)) is None:
            return
        elif kind == STDIN:
            command.pending += payload
            command.close_when_written |= not payload
            self.feed(command)
        elif kind == SIGNAL:
            kill_tree(command.pid, payload[0])
        elif kind == RESIZE and command.tty is not None:
            set_size(command.tty, *struct.unpack(">HH", payload))

    def send(self, kind: int, number: int, payload: bytes) -> None:
        """Write one frame, waiting until Gitu takes it."""
        data = memoryview(HEADER.pack(len(payload), kind, number) + payload)
        while data:
            try:
                data = data[os.write(self.outgoing, data) :]
            except BlockingIOError:
                selectors_wait(self.outgoing)
            except OSError:
                os._exit(0)

    def configure(self, config: dict[str, Any]) -> None:
        """Keep limits and environment, start the relay, and tell which folders are mounted where."""
        self.config = config
        if config["filter"]:
            put_on(base64.b64decode(config["filter"]))
        self.start_relay()
        mounts = {}
        for target in config["mounts"]:
            found = os.stat(target)
            mounts[target] = [found.st_dev, found.st_ino]
        self.send(READY, 0, json.dumps({"mounts": mounts, "uid": os.getuid()}).encode())

    def start_relay(self) -> None:
        """A process that carries connections to the proxy's socket."""
        if self.config["relay"] is None or self.relays == MOST_RELAYS:
            return
        self.relays += 1
        ready, told = os.pipe()
        self.relay_pid = os.fork()
        if self.relay_pid == 0:
            os.set_inheritable(told, True)
            program = f"import sys; sys.path.insert(0, {os.path.dirname(self.config['home'])!r})"
            program += "; from inside.relay import main; main()"
            relay = self.config["relay"]
            arguments = [sys.executable, "-I", "-S", "-c", program, str(relay["port"]), relay["socket"], str(told)]
            os.execv(sys.executable, arguments)  # noqa: S606 - fixed arguments
        os.close(told)
        os.read(ready, 1)
        os.close(ready)

    def run(self, number: int, asked: dict[str, Any]) -> None:
        """Start a command. What hinders it is told with FAILED."""
        try:
            command = start(number, asked, self.config)
        except OSError as error:
            self.send(FAILED, number, json.dumps({"errno": error.errno, "what": "start"}).encode())
            return
        self.commands[number] = self.by_pid[command.pid] = command
        for stream in command.streams:
            os.set_blocking(stream.fd, False)
            self.selector.register(stream.fd, selectors.EVENT_READ, stream)

    def feed(self, command: Command) -> None:
        """Write as much of the waiting input as the command takes now."""
        fd = command.stdin if command.tty is None else command.tty
        if fd is None:
            command.pending.clear()
            return
        waiting = False
        try:
            while command.pending:
                del command.pending[: os.write(fd, memoryview(command.pending)[:CHUNK])]
        except BlockingIOError:
            waiting = True
        except OSError:
            command.pending.clear()
            command.close_when_written = True
        if command.tty is not None:
            if waiting:  # a terminal's input is tried again with its output
                self.selector.modify(fd, selectors.EVENT_READ | selectors.EVENT_WRITE, command.streams[0])
            return
        registered = fd in self.selector.get_map()
        if waiting and not registered:
            self.selector.register(fd, selectors.EVENT_WRITE, command)
        elif not waiting:
            if registered:
                self.selector.unregister(fd)
            if command.close_when_written:
                os.close(fd)
                command.stdin = None

    def read(self, stream: Stream) -> None:
        """Pass on one piece of output; at its end close the stream."""
        command = stream.command
        if stream.fd == command.tty and command.pending:
            self.selector.modify(stream.fd, selectors.EVENT_READ, stream)
            self.feed(command)
        try:
            data = os.read(stream.fd, CHUNK)
        except BlockingIOError:
            return
        except OSError:  # EIO: nobody holds the terminal any more
            data = b""
        if not data:
            self.close(stream)
            return
        if stream.fd in self.orphans:
            return  # a background job of an ended command may go on writing
        stream.total += len(data)
        if stream.live > 0:
            part, data = data[: stream.live], data[stream.live :]
            stream.live -= len(part)
            self.send(stream.kind, command.number, part)
        if data:
            stream.end += data
            if len(stream.end) > 2 * stream.keep:
                del stream.end[: -stream.keep]

    def close(self, stream: Stream) -> None:
        """The stream has ended."""
        self.selector.unregister(stream.fd)
        self.orphans.pop(stream.fd, None)
        os.close(stream.fd)
        command = stream.command
        if stream in command.streams:
            command.streams.remove(stream)
            self.tell_end(stream)
            if stream.fd == command.tty:
                command.tty = None
            if command.status is not None and not command.streams:
                self.finish(command)

    def tell_end(self, stream: Stream) -> None:
        """Send the kept end of a long output, and how long it was."""
        kind = STDOUT_END if stream.kind == STDOUT else STDERR_END
        end = bytes(stream.end[-stream.keep :]) if stream.end else b""
        for at in range(0, len(end), CHUNK):
            self.send(kind, stream.command.number, b"\0" * 8 + end[at : at + CHUNK])
        self.send(kind, stream.command.number, struct.pack(">Q", stream.total))

    def reap(self, wakeup: int) -> None:
        """Collect every ended process, ours and those left to us."""
        try:
            while os.read(wakeup, 512):
                pass
        except BlockingIOError:
            pass
        while True:
            try:
                pid, status, usage = os.wait3(os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if pid == self.relay_pid:
                self.start_relay()
            command = self.by_pid.pop(pid, None)
            if command is not None:
                command.usage = usage.ru_utime + usage.ru_stime
                self.ended(command, status)

    def ended(self, command: Command, status: int) -> None:
        """The command itself is over; its output may have a little more."""
        command.status = status
        for stream in list(command.streams):
            before = -1
            while stream in command.streams and stream.total != before:
                before = stream.total
                self.read(stream)
        if command.number in self.commands:
            if command.streams:
                command.deadline = time.monotonic() + GRACE_S
            else:
                self.finish(command)

    def finish_late(self) -> None:
        """Give up waiting for outputs that background jobs hold open."""
        now = time.monotonic()
        for command in [one for one in self.commands.values() if one.deadline is not None and one.deadline <= now]:
            for stream in command.streams:
                self.orphans[stream.fd] = stream
                self.tell_end(stream)
            command.streams = []
            self.finish(command)

    def finish(self, command: Command) -> None:
        """Tell how the command ended."""
        if self.commands.pop(command.number, None) is None:
            return
        if command.stdin is not None:
            if command.stdin in self.selector.get_map():
                self.selector.unregister(command.stdin)
            os.close(command.stdin)
        failure = os.read(command.failure, 512)
        os.close(command.failure)
        if failure:
            self.send(FAILED, command.number, failure)
            return
        assert command.status is not None
        code = os.waitstatus_to_exitcode(command.status)
        told = {"code": code, "seconds": time.monotonic() - command.started, "cpu": command.usage}
        self.send(EXITED, command.number, json.dumps(told).encode())


def nothing(_number: int, _frame: FrameType | None) -> None:
    """The wake-up descriptor tells of the signal."""


def selectors_wait(fd: int) -> None:
    """Wait until ``fd`` can be written."""
    with selectors.SelectSelector() as selector:
        selector.register(fd, selectors.EVENT_WRITE)
        selector.select()


def main() -> None:
    """Close what was inherited, hide from the commands, serve."""
    os.closerange(3, 4096)
    hide(hidden=True)
    incoming, outgoing = fcntl.fcntl(0, fcntl.F_DUPFD_CLOEXEC, 3), fcntl.fcntl(1, fcntl.F_DUPFD_CLOEXEC, 3)
    null = os.open("/dev/null", os.O_RDWR)
    for fd in (0, 1):  # what goes wrong is told on 2, which no command gets
        os.dup2(null, fd)
    Agent(incoming, outgoing).serve()
