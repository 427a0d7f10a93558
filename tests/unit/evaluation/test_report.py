"""The report over a handful of judged messages."""

from __future__ import annotations

import pytest

from bot.evaluation.metrics import Share
from bot.evaluation.report import JudgedSet, report
from bot.evaluation.robustness import style_costs
from tests.unit.evaluation.making import example, judged


def test_intents_are_measured_over_all_files_and_over_each() -> None:
    found = report(
        JudgedSet(
            messages=(
                judged(example("a", intent="greet", source="x"), "greet"),
                judged(example("b", intent="thanks", source="y"), "thanks"),
                judged(example("c", intent="thanks", source="y"), None),
                judged(example("d", action="other")),
            )
        ),
        own=False,
    )
    assert found.intents is not None
    assert found.intents.accuracy == Share(2, 3)
    assert found.intents.macro_f1 == pytest.approx((1 + 2 / 3) / 2)
    assert [(name, share) for name, share, _ in found.intents.by_source] == [("x", Share(1, 1)), ("y", Share(1, 2))]
    assert found.intents.confusion.mistakes() == (("thanks", "nlu_fallback", 1),)


def test_services_are_measured_by_place_and_by_style() -> None:
    found = report(
        JudgedSet(
            messages=(
                judged(example("a", service="x|z", style="clean"), services={"z": 0.9, "x": 0.1}),
                judged(example("b", service="x", style="clean"), services={"y": 0.9, "x": 0.1}),
                judged(example("c", service="x", style="typo")),
            )
        ),
        own=False,
    )
    assert found.services is not None
    assert (found.services.first, found.services.in_three) == (Share(1, 3), Share(2, 3))
    assert found.services.reciprocal_rank == pytest.approx(0.5)
    assert found.services.by_style == (
        ("clean", Share(1, 2), Share(2, 2)),
        ("typo", Share(0, 1), Share(0, 1)),
    )


def test_messages_off_the_catalogue_are_told_from_answerable_ones() -> None:
    found = report(
        JudgedSet(
            messages=(
                judged(example("a", service="x", action="answer"), services={"x": 0.9}, action="answer"),
                judged(example("b", service="x", action="answer|choose"), services={"x": 0.4}, action="fallback"),
                judged(example("c", service="x", action="answer"), services={"x": 0.8}, action="complaint"),
                judged(example("d", action="fallback"), services={"x": 0.5}, action="choose"),
                judged(example("e", action="fallback"), action="fallback"),
                judged(example("f", action="fallback|problem"), action="problem"),
            ),
            foreign=(judged(example("g", intent="out_of_scope"), action="answer"),),
        ),
        own=False,
    )
    off = found.off_catalogue
    assert off is not None
    assert (off.answered, off.answered_outright) == (Share(1, 2), Share(0, 2))
    assert (off.refused, off.misdirected, off.foreign_answered) == (Share(1, 3), Share(1, 3), Share(1, 1))
    assert off.roc is not None
    assert off.roc.auc == pytest.approx(5 / 6)
    assert found.actions is not None
    assert found.actions[0] == Share(3, 6)


def test_the_fallbacks_confidence_is_no_intents_confidence() -> None:
    found = report(
        JudgedSet(
            messages=(
                judged(example("a", intent="greet"), "greet", confidence=0.8),
                judged(example("b", intent="greet"), "nlu_fallback", confidence=0.9),
            )
        ),
        own=False,
    )
    assert found.intent_calibration is not None
    assert found.intent_calibration.count == 1
    assert found.intent_calibration.error == pytest.approx(0.2)


def test_a_service_found_for_a_message_off_the_catalogue_is_a_wrong_one() -> None:
    found = report(
        JudgedSet(
            messages=(
                judged(example("a", service="x"), services={"x": 0.75}),
                judged(example("b", action="fallback"), services={"x": 0.75}),
                judged(example("c", intent="greet"), services={"x": 0.75}),
            )
        ),
        own=False,
    )
    assert found.service_calibration is not None
    (only,) = found.service_calibration.bins
    assert (only.count, only.right) == (2, 0.5)


def test_languages_are_counted() -> None:
    spoken = (
        judged(example("a", language="ru"), language="ru"),
        judged(example("b", language="pl"), language="lt"),
    )
    found = report(JudgedSet(languages=spoken), own=False)
    assert found.languages is not None
    assert found.languages[0] == Share(1, 2)
    assert found.languages[1].mistakes() == (("pl", "lt", 1),)


def test_mistakes_are_the_messages_with_any_wrong_label() -> None:
    wrong = (
        judged(example("a", intent="greet"), "thanks"),
        judged(example("b", service="x"), services={"y": 1.0}),
        judged(example("c", action="answer"), action="choose"),
    )
    right = judged(example("d", intent="greet", action="other"), "greet")
    assert report(JudgedSet(messages=(*wrong, right)), own=False).mistakes == wrong


def test_what_no_label_allows_to_measure_is_absent() -> None:
    found = report(JudgedSet(), own=False)
    assert (found.intents, found.services, found.off_catalogue, found.actions) == (None, None, None, None)
    assert (found.intent_calibration, found.service_calibration, found.languages) == (None, None, None)
    assert found.styles == ()


def test_a_style_is_compared_with_the_clean_text_of_the_same_messages() -> None:
    costs = style_costs(
        [
            judged(example("a", intent="greet", service="x", style="clean", base="1"), services={"x": 1.0}),
            judged(example("b", intent="greet", style="clean", base="2")),
            judged(example("c", intent="greet", style="clean", base="3"), "thanks"),
            judged(example("A", intent="greet", service="x", style="typo", base="1"), "thanks", services={"x": 1.0}),
            judged(example("B", intent="greet", style="typo", base="2")),
            judged(example("Z", intent="greet", style="typo", base="no clean text")),
        ]
    )
    (typo,) = costs
    assert (typo.style, typo.intent.clean, typo.intent.styled) == ("typo", Share(2, 2), Share(1, 2))
    assert typo.intent.points_lost == pytest.approx(50.0)
    assert (typo.service.clean, typo.service.styled, typo.service.points_lost) == (Share(1, 1), Share(1, 1), 0.0)


def test_a_style_without_services_has_no_points_to_lose() -> None:
    (typo,) = style_costs(
        [
            judged(example("a", intent="greet", style="clean", base="1")),
            judged(example("A", intent="greet", style="typo", base="1")),
        ]
    )
    assert typo.service.points_lost is None
