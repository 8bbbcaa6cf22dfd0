"""Paged reads over the API: at one client and at fifty, and how their cost grows with what is stored."""

import psycopg

from bench.figures import Section
from bench.load import Load, load
from bench.servers import Gitu, cpu_seconds

SESSIONS, AUDIT = "/api/v1/sessions?limit=50", "/api/v1/audit?limit=50"
SIZES = (100, 1_000, 10_000)

# Each session has one answered turn, as most have; times lie a minute apart.
_SEED_SESSIONS = """
WITH made AS (
    INSERT INTO assistant_sessions (id, owner_id, channel, title, state, preview, cost, created_at, updated_at)
    SELECT gen_random_uuid(), %(owner)s, 'web', 'Conversation ' || n, 'open', 'What was said last in it, number ' || n,
           0.0012, now() - n * interval '1 minute', now() - n * interval '1 minute'
    FROM generate_series(%(first)s::int, %(last)s::int) AS n
    RETURNING id, owner_id, created_at
)
INSERT INTO assistant_turns (id, owner_id, session_id, state, attempts, input_tokens, output_tokens, cost, created_at)
SELECT gen_random_uuid(), owner_id, id, 'done', 1, 900, 100, 0.0012, created_at FROM made
"""
_SEED_AUDIT = """
INSERT INTO audit (at, owner_id, actor_kind, door, action, outcome, input_digest, duration_ms, detail)
SELECT now() - n * interval '1 second', %(owner)s, 'person', 'rest', 'assistant.list_sessions', 'ok',
       repeat('0', 64), 3.2, '{}'
FROM generate_series(%(first)s::int, %(last)s::int) AS n
"""


def reads(gitu: Gitu, token: str, seconds: float) -> Section:
    """Sessions and the audit log, page by page of 50."""
    section = Section(
        "A paged read",
        "`GET /api/v1/sessions?limit=50` and `GET /api/v1/audit?limit=50` of the owner, by a load generator in a "
        "process of its own (`bench/load.py`: asyncio, uvloop, kept connections, answers taken apart only to their "
        "length) on the same machine. Every one of these reads is authenticated, authorised and written into the "
        "audit log, as always. Each run lasts "
        f"{seconds:g} s; a rate is the median of its five fifths.",
    )
    owner = gitu.call("GET", "/me", token=token)["id"]
    filled = 0
    for size in SIZES:
        _seed(gitu, owner, filled + 1, size)
        filled = size
        for path, name in ((SESSIONS, "sessions"), (AUDIT, "audit")):
            load(gitu.port, path, token, clients=4, seconds=1)  # warms plans and connections up
            one, _ = _measured(gitu, path, token, 1, seconds)
            many, cpu = _measured(gitu, path, token, 50, seconds)
            goals = size == 1_000
            label = f"{name}, {size:,} rows"
            section.add(f"{label}: one client, p50", one.p50, "ms", goal=10 if goals else None)
            section.add(f"{label}: one client, p99", one.p99, "ms")
            section.add(f"{label}: 50 clients", many.rates, "req/s", goal=600 if goals else None, bound="min")
            section.add(f"{label}: 50 clients, p50", many.p50, "ms")
            section.add(f"{label}: the server's CPU a request", cpu, "ms")
            if goals:
                section.notes.append(
                    f"{name}: an answer has {many.answer_bytes:,} bytes; the load generator itself used "
                    f"{many.cpu_ms:.2f} ms of CPU for each request at 50 clients."
                )
    return section


def _measured(gitu: Gitu, path: str, token: str, clients: int, seconds: float) -> tuple[Load, float]:
    before = cpu_seconds(gitu.pid)
    found = load(gitu.port, path, token, clients=clients, seconds=seconds)
    return found, (cpu_seconds(gitu.pid) - before) / found.requests * 1000


def _seed(gitu: Gitu, owner: str, first: int, last: int) -> None:
    with psycopg.connect(gitu.database_url(), autocommit=True) as connection:
        for statement in (_SEED_SESSIONS, _SEED_AUDIT):
            connection.execute(statement, {"owner": owner, "first": first, "last": last})
        connection.execute("ANALYZE assistant_sessions, assistant_turns, audit")
