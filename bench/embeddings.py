"""``python -m bench.embeddings``: what finds texts best here; printed, and written to docs/benchmarks-embeddings.md."""

import asyncio
import sys
import tempfile
import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4
from zlib import crc32

import psycopg

from bench.figures import noise
from bench.servers import ROOT, memory_of
from gitu.features.models.embeddings.local.catalogue import LOCAL_MODELS
from gitu.features.models.embeddings.local.processes import LocalModels
from gitu.kernel.db.embedded import EmbeddedPostgres
from tests.features.models.embeddings.retrieval import Scores, passages, queries, rank, score

MARKDOWN = ROOT / "docs" / "benchmarks-embeddings.md"
Connection = psycopg.Connection[tuple[object, ...]]
GROUPS = ("en", "ar", "mixed", "cross", "all")
ROUNDS = 5
SIZES = (1_000, 10_000, 30_000)
_HEAD = """\
# Benchmarks of embeddings

Written by `python -m bench.embeddings` on one machine in one run; medians of {rounds}. Compare ratios rather
than milliseconds.

## What is found

{passages} short passages, each in English and in Arabic, and {queries} queries
([the set](../tests/features/models/embeddings/retrieval/queries.tsv), written by hand): inflected, misspelled, with
clitics and diacritics, in other words, and across languages. Recall at 1 / recall at 5 / mean reciprocal rank:

| | {groups} |
|---|{rules}|
"""
_FOUND = """
*cross* asks in one language for a passage that is there in the other only; *mixed* has words of both. By what stands
between a query and its passage (mean reciprocal rank):

| | {kinds} |
|---|{rules}|
"""
_COST = """
## What it costs

One process a model, one thread. Texts of a passage's length in batches as an index is made; a query alone, with the way
there and back. Memory is the process's own, after the run; it ends when nobody embedded for ten minutes.

| | texts/s | ms a query | start, ms | memory, MB |
|---|---|---|---|---|
"""
_NEAREST = """
## Nearest of many

The ten nearest of an owner's random vectors of 512 numbers in the embedded PostgreSQL, over one connection. Without an
index the time grows with the number of vectors; from 20,000 on there is one (HNSW). At the largest size {recall:.0%} of
the exact ten are among those that it finds; random vectors, all as far from each other, are the worst case for it.

| vectors | exact, ms | HNSW, ms | making the index, s |
|---|---|---|---|
"""


@dataclass
class Model:
    name: str
    scores: Scores
    texts_s: float | None = None
    query_ms: float | None = None
    start_ms: float | None = None
    memory_mb: float | None = None


def main() -> int:
    """Measure, print, write."""
    with tempfile.TemporaryDirectory(prefix="gitu-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # as root, the server's own user has to pass through
        server = EmbeddedPostgres(folder / "postgres", folder / "run", settings={"fsync": "off"})
        url = server.start()
        try:
            models = [*asyncio.run(_local()), _full_text(url), _bag_of_words()]
            nearest, recall = _nearest(url)
        finally:
            server.stop()
    text = _report(models, nearest, recall)
    MARKDOWN.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{text}\n{noise()}\nWritten: {MARKDOWN}\n")
    return 0


async def _local() -> list[Model]:
    asked, found = [query.text for query in queries()], [passage.text for passage in passages()]
    models: list[Model] = []
    for model in LOCAL_MODELS:
        local = LocalModels(None)  # type: ignore[arg-type] # it asks its process's services for nothing
        began = time.perf_counter()
        await local.embed(model, ["start"])
        start_ms = (time.perf_counter() - began) * 1000
        rates: list[float] = []
        vectors: list[array[float]] = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            vectors = await local.embed(model, found)
            rates.append(len(found) / (time.perf_counter() - began))
        sought: list[array[float]] = []
        times: list[float] = []
        for text in asked:
            began = time.perf_counter()
            sought += await local.embed(model, [text])
            times.append((time.perf_counter() - began) * 1000)
        memory = memory_of(*local.running()).rss
        await local.aclose()
        models.append(Model(model.name, score(rank(vectors, sought)), _median(rates), _median(times), start_ms, memory))
    return models


def _full_text(url: str) -> Model:
    """PostgreSQL's full text as the assistant's search uses it, any word of the query counting."""
    languages = ("simple", "english", "arabic")
    rankings: list[list[str]] = []
    with psycopg.connect(url, autocommit=True) as connection:
        vector = " || ".join(f"to_tsvector('{language}', said)" for language in languages)
        connection.execute(
            f"CREATE TABLE said (id text, said text, words tsvector GENERATED ALWAYS AS ({vector}) STORED)".encode()
        )
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO said VALUES (%s, %s)", [(one.id, one.text) for one in passages()])
        # Every word would have to be there otherwise, which no query of several words survives.
        either = " || ".join(
            f"replace(plainto_tsquery('{language}', %(asked)s)::text, '&', '|')::tsquery" for language in languages
        )
        statement = (
            f"SELECT id FROM said, (SELECT {either} AS asked) AS query WHERE words @@ asked"
            " ORDER BY ts_rank(words, asked) DESC, id"
        )
        for query in queries():
            rows = connection.execute(statement.encode(), {"asked": query.text}).fetchall()
            rankings.append([str(row[0]) for row in rows])
    return Model("PostgreSQL full text", score(rankings))


def _bag_of_words() -> Model:
    """What a vector of hashed words finds when nothing is known of languages."""

    def vectors(texts: Sequence[str]) -> "list[array[float]]":
        made: list[array[float]] = []
        for text in texts:
            counts = array("f", bytes(4 * 512))
            for word in text.lower().split():
                counts[crc32(word.encode()) % 512] += 1.0
            length = sum(value * value for value in counts) ** 0.5
            made.append(array("f", (value / length for value in counts)))
        return made

    found = vectors([one.text for one in passages()])
    return Model("hashed words", score(rank(found, vectors([one.text for one in queries()]))))


def _nearest(url: str) -> tuple[list[tuple[int, float, float, float]], float]:
    """For each size: exact and HNSW in ms, and the making of the index in seconds; and the recall at the largest."""
    rows: list[tuple[int, float, float, float]] = []
    owner, recall = uuid4(), 0.0
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        connection.execute("CREATE TABLE near (space_id uuid, item_id int, owner_id uuid, vector vector)")
        connection.execute("ALTER TABLE near ADD PRIMARY KEY (space_id, item_id)")
        for size in SIZES:
            space = uuid4()
            # One sub-select for each row, or all rows would be the same.
            connection.execute(
                "INSERT INTO near SELECT %s, n, %s,"
                " (SELECT array_agg(random() - 0.5) FROM generate_series(1, 512) WHERE n > 0)::vector"
                " FROM generate_series(1, %s) AS n",
                [space, owner, size],
            )
            connection.execute("ANALYZE near")
            exact_ms, exact = _ask(connection, space, owner)
            connection.execute("SET maintenance_work_mem = '256MB'")  # as the job does
            began = time.perf_counter()
            connection.execute(
                f"CREATE INDEX ON near USING hnsw ((vector::vector(512)) vector_cosine_ops)"
                f" WHERE space_id = '{space}'".encode()
            )
            made_s = time.perf_counter() - began
            connection.execute("SET hnsw.ef_search = 100")
            hnsw_ms, found = _ask(connection, space, owner)
            hits = [len(set(one) & set(other)) / 10 for one, other in zip(exact, found, strict=True)]
            recall = sum(hits) / len(hits)
            rows.append((size, exact_ms, hnsw_ms, made_s))
    return rows, recall


def _ask(connection: Connection, space: UUID, owner: UUID) -> tuple[float, list[list[object]]]:
    times: list[float] = []
    answers: list[list[object]] = []
    for place in range(10, 30):
        one = "SELECT vector::text FROM near WHERE space_id = %s AND item_id = %s"
        given = connection.execute(one, [space, place]).fetchall()[0][0]
        began = time.perf_counter()
        found = connection.execute(
            f"SELECT item_id FROM near WHERE space_id = '{space}' AND owner_id = %s"
            " ORDER BY vector::vector(512) <=> %s::vector(512) LIMIT 10".encode(),
            [owner, given],
        ).fetchall()
        times.append((time.perf_counter() - began) * 1000)
        answers.append([row[0] for row in found])
    return _median(times), answers


def _report(models: list[Model], nearest: list[tuple[int, float, float, float]], recall: float) -> str:
    kinds = [group for group in models[0].scores.ranks if "/" in group]
    text = _HEAD.format(
        rounds=ROUNDS,
        passages=len(passages()) // 2,
        queries=len(queries()),
        groups=" | ".join(f"{group} ({len(models[0].scores.ranks[group])})" for group in GROUPS),
        rules="|".join("---" for _ in GROUPS),
    )
    for model in models:
        cells = (
            f"{model.scores.recall(group, 1):.2f} / {model.scores.recall(group, 5):.2f} / {model.scores.mrr(group):.3f}"
            for group in GROUPS
        )
        text += f"| {model.name} | {' | '.join(cells)} |\n"
    text += _FOUND.format(kinds=" | ".join(kinds), rules="|".join("---" for _ in kinds))
    for model in models:
        text += f"| {model.name} | {' | '.join(f'{model.scores.mrr(kind):.2f}' for kind in kinds)} |\n"
    text += _COST
    for model in models:
        if model.texts_s is not None:
            text += (
                f"| {model.name} | {model.texts_s:,.0f} | {model.query_ms:.1f} | {model.start_ms:,.0f} |"
                f" {model.memory_mb:.0f} |\n"
            )
    text += _NEAREST.format(recall=recall)
    for size, exact_ms, hnsw_ms, made_s in nearest:
        text += f"| {size:,} | {exact_ms:.1f} | {hnsw_ms:.1f} | {made_s:.1f} |\n"
    return text


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


if __name__ == "__main__":
    sys.exit(main())
