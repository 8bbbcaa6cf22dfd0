"""The frames between Gitu and the agent: ``length:u32 kind:u8 command:u32 payload``, big-endian."""

import struct

HEADER = struct.Struct(">IBI")
LARGEST_FRAME = 1 << 20
CHUNK = 65_536

# From Gitu; HELLO is answered by itself, so that Gitu knows the agent's process is there to be confined.
CONFIGURE, RUN, STDIN, SIGNAL, RESIZE, REALPATH, HELLO = range(1, 8)
# To Gitu.
READY, STDOUT, STDERR, STDOUT_END, STDERR_END, EXITED, FAILED, ANSWER = range(64, 72)
