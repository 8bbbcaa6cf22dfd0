"""Fixtures that every test may use."""

import signal

import structlog
from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.support.postgres",
    "tests.support.services",
    "tests.support.server",
    "tests.support.chat",
    "tests.support.sandboxes",
    "tests.support.nodes",
]

# How fast the machine is says nothing about what a property test asks.
settings.register_profile("gitu", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("gitu")

# What a test logs is shown where it fails. Structlog's own way of showing an error writes out every local variable, for
# minutes where one of them is a model.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)

# A shell starts what it puts in the background deaf to Ctrl-C, and so would be all that the tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
