"""The router orders what can do the work by value, says why, and learns who is slow or away."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gitu.features.models.errors import ModelRateLimited, ModelServerFailed, ModelUnreachable
from gitu.features.models.pricing import PriceList
from gitu.features.models.routing.health import Health
from gitu.features.models.routing.needs import Needs
from gitu.features.models.routing.qualities import Qualities
from gitu.features.models.routing.router import Mode, Router, mode_of
from gitu.features.models.tables import ConnectionRow
from gitu.kernel import clock
from gitu.kernel.ids import new_id

EASY = Needs.of("Hello there")
HARD = Needs.of("Prove step by step that this algorithm is correct, then refactor it:\n```python\n...```", size=9_000)


def connection(provider: str, *models: str, base_url: str = "https://example.org/v1", **windows: int) -> ConnectionRow:
    now = datetime(2026, 12, 1, tzinfo=UTC)
    return ConnectionRow(
        id=new_id(),
        owner_id=new_id(),
        shared=True,
        provider=provider,
        name=provider,
        base_url=base_url,
        public_only=False,
        models=[{"id": name, "context_window": windows.get(name)} for name in models],
        models_chosen=False,
        status="ok",
        created_at=now,
        updated_at=now,
    )


OPENAI = connection("openai", "gpt-5", "gpt-5-mini", "gpt-5-nano", "text-embedding-3-small")
LOCAL = connection("openai_compatible", "gemma-3-4b", "qwen3-8b", base_url="http://127.0.0.1:11434/v1")


@pytest.fixture
def health() -> Health:
    return Health()


@pytest.fixture
def router(health: Health) -> Router:
    return Router(PriceList(), Qualities(), health)


def names(router: Router, needs: Needs, mode: Mode = "auto", rows: tuple[ConnectionRow, ...] = (OPENAI,)) -> list[str]:
    return [one.name for one in router.order(rows, needs, mode)]


def test_what_is_easy_goes_to_the_best_value_and_what_is_hard_to_the_strong(router: Router) -> None:
    assert names(router, EASY)[0] == "gpt-5-nano"
    assert names(router, HARD)[0] in ("gpt-5-mini", "gpt-5")
    assert HARD.difficulty > EASY.difficulty


def test_each_way_of_choosing_keeps_its_word(router: Router) -> None:
    assert names(router, EASY, "best")[0] == "gpt-5"
    assert names(router, HARD, "cheap")[0] == "gpt-5-nano"
    assert set(names(router, HARD, "local", (OPENAI, LOCAL))) == {"gemma-3-4b", "qwen3-8b"}
    assert names(router, HARD, "local", (OPENAI,)) == []


def test_fast_is_what_was_measured_to_be_fast(router: Router, health: Health) -> None:
    health.measured(f"{OPENAI.id}/gpt-5-mini", first_token_ms=100, latency_ms=500, output_tokens=100)
    health.measured(f"{OPENAI.id}/gpt-5-nano", first_token_ms=4_000, latency_ms=9_000, output_tokens=100)
    assert names(router, EASY, "fast")[0] == "gpt-5-mini"


def test_models_that_can_not_do_it_are_left_out(router: Router) -> None:
    small = connection("openai_compatible", "tiny", "huge", tiny=2_000, huge=200_000)
    assert names(router, Needs.of("x", size=80_000), "best", (small,)) == ["huge"]
    assert names(router, Needs.of("What is on this picture?", vision=True), "best", (OPENAI, LOCAL))[-1] == "gemma-3-4b"
    assert "qwen3-8b" not in names(router, Needs.of("What is on it?", vision=True), "best", (LOCAL,))
    assert "text-embedding-3-small" not in names(router, EASY, "cheap")


def test_arabic_goes_to_models_that_write_it_well(router: Router) -> None:
    needs = Needs.of("اشرح لي بإيجاز كيف تعمل المضخة الحرارية، وقارن بينها وبين الغاز")
    assert needs.arabic
    two = connection("openai_compatible", "qwen3-4b", "gemma-3-4b", base_url="http://127.0.0.1:1/v1")
    assert names(router, needs, "best", (two,))[0] == "gemma-3-4b"
    assert not Needs.of("Explain heat pumps, please").arabic


def test_a_list_of_ones_own_overrides_what_is_said_of_models(tmp_path: Path) -> None:
    own = tmp_path / "models.toml"
    qualities = Qualities(own)
    assert qualities.of("mine").general == 45
    own.write_text('["mine"]\nquality = 97\narabic = 20\nvision = true\n')
    assert (qualities.of("mine").general, qualities.of("mine-large").arabic) == (97, 20)
    own.write_text('["mine"]\nquality = 970\n')
    qualities_of_broken = Qualities(own)
    assert qualities_of_broken.of("mine").general == 45, "a broken file is said in the log and left out"


def test_makers_before_a_name_do_not_hide_it() -> None:
    assert Qualities().of("anthropic/claude-sonnet-4.5").general == Qualities().of("claude-sonnet-4-5").general == 91


@pytest.mark.parametrize("mode", ["auto", "best", "cheap", "fast", "local"])
def test_the_reason_is_one_line_in_both_languages(router: Router, mode: Mode) -> None:
    first = router.order((OPENAI, LOCAL), EASY, mode)[0]
    reason = router.reason(first, EASY, mode)
    assert "\n" not in str(reason)
    assert str(reason) != reason.localised("ar")
    assert "{" not in str(reason) + reason.localised("ar")


def test_where_nothing_is_good_enough_the_reason_says_so(router: Router) -> None:
    weak = (connection("openai_compatible", "llama-3.1-8b", base_url="http://127.0.0.1:1/v1"),)
    first = router.order(weak, HARD, "auto")[0]
    assert "None is quite good enough" in str(router.reason(first, HARD, "auto"))


def test_ways_of_choosing_have_names_of_their_own() -> None:
    assert mode_of("gitu/auto") == "auto"
    assert mode_of("gitu/other") is None
    assert mode_of(None) is None
    assert mode_of("0190163d-8694-739b-aea5-966c26f8ad91/gitu/auto") is None


def test_needs_are_kept_so_that_the_choice_can_be_made_again() -> None:
    assert Needs.from_json(HARD.as_json()).quality == HARD.quality


# -- the circuit breaker --------------------------------------------------------------------------------


def test_a_connection_that_fails_again_and_again_rests_and_is_then_tried_by_one(router: Router, health: Health) -> None:
    with clock.travel(datetime(2026, 12, 1, tzinfo=UTC)) as time:
        for _ in range(2):
            health.ended(OPENAI.id, ModelServerFailed())
        assert not health.rests(OPENAI.id), "twice can happen to anybody"
        health.ended(OPENAI.id, ModelServerFailed())
        assert health.rests(OPENAI.id)
        assert names(router, EASY, "best", (OPENAI, LOCAL))[0] == "gemma-3-4b"
        time.move(clock_s(health.rest_s(OPENAI.id) + 0.1))
        assert not health.rests(OPENAI.id)
        health.asked(OPENAI.id)
        assert health.rests(OPENAI.id), "one call tries it, the others wait for how it ends"
        health.ended(OPENAI.id, None)
        assert not health.rests(OPENAI.id)


def test_each_rest_is_longer_up_to_five_minutes(health: Health) -> None:
    with clock.travel(datetime(2026, 12, 1, tzinfo=UTC)) as time:
        rests: list[float] = []
        for _ in range(12):
            health.ended(OPENAI.id, ModelUnreachable())
            rests.append(health.rest_s(OPENAI.id))
            time.move(clock_s(rests[-1] + 1))
    assert 4 <= rests[0] <= 6
    assert rests[3] > rests[0] * 3
    assert max(rests) <= 360


def test_a_rate_limit_is_kept_for_as_long_as_it_says(health: Health) -> None:
    with clock.travel(datetime(2026, 12, 1, tzinfo=UTC)):
        health.ended(OPENAI.id, ModelRateLimited(retry_after=42))
        assert health.rest_s(OPENAI.id) == pytest.approx(42)


def clock_s(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)
