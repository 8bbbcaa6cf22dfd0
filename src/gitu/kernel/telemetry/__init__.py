"""What the program tells of itself: logs, metrics, traces; `redaction` keeps secrets out.

Importing this package loads none of their libraries.
"""

from gitu.kernel.telemetry.context import bind, bound
from gitu.kernel.telemetry.redaction import redact, redact_text

__all__ = ["bind", "bound", "redact", "redact_text"]
