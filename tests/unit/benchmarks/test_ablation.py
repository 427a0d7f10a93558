"""The ablation's tables, and its ways of taking a part out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.nlu.elsewhere import topics
from bot.nlu.evidence import FEATURES, Floats
from bot.nlu.phrases import query_of
from bot.nlu.ranker import UTILITY_FEATURES
from bot.nlu.resolver import ServiceIndex
from bot.nlu.terms import Terms, root
from tests.benchmarks import ablation_intents, ablation_services
from tests.benchmarks.ablation import Figures, Subject, drawn, renewed
from tests.benchmarks.ablation_services import taken_out
from tests.packs import SERVICE

SERVICES = (
    replace(SERVICE, aliases=("medžių kirtimas",), phrases=("nugenėti klevą",), steps=("Užpildykite prašymą.",)),
    replace(SERVICE, id="darzelis", title="Vieta darželyje", description="Vaikai priimami rudenį."),
)
CATALOGUES = {"trakai": SERVICES}


@pytest.fixture(autouse=True)
def _few_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most of the time would else go into topics elsewhere."""
    monkeypatch.setattr("bot.nlu.resolver.topics", lambda: topics()[:3])


def _unmeasured(_part: str | None) -> Figures:
    raise AssertionError("drawing measures nothing")


SUBJECT = Subject("Intents", ("accuracy", "terse"), ("stems", "frames"), _unmeasured)


def test_the_whole_stands_in_percent_and_each_part_in_points_of_difference() -> None:
    text = drawn(SUBJECT, {None: (0.875, 0.5), "stems": (0.8551, 0.5), "frames": (0.88, 0.50004)})
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    assert rows[0] == ["intents", "accuracy", "terse"]
    assert rows[2:] == [
        ["everything", "87.5", "50.0"],
        ["without stems", "−2.0", "0.0"],
        ["without frames", "+0.5", "0.0"],
    ]


def test_what_could_not_be_measured_is_a_dash() -> None:
    text = drawn(SUBJECT, {None: (None, 0.5), "stems": (0.5, None), "frames": (None, 0.5)})
    assert [line.count("–") for line in text.splitlines()[2:]] == [1, 2, 1]


def test_only_the_text_between_the_marks_is_renewed() -> None:
    page = "above\n<!-- ablation: begin -->\nold\n<!-- ablation: end -->\nbelow\n"
    assert renewed(page, "new\n") == page.replace("old", "new")


@pytest.mark.parametrize("page", ["", "<!-- ablation: begin -->\nold\n", "<!-- ablation: end -->\n"])
def test_a_page_without_the_place_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="no place"):
        renewed(page, "new")


@pytest.mark.parametrize("part", ablation_services.PARTS)
def test_the_search_still_runs_without_any_one_part(part: str) -> None:
    without = ablation_services.PARTS[part]
    ranker = ablation_services.PARTS["learned weights"].ranker(CATALOGUES)
    with taken_out(without):
        index = ServiceIndex.build([without.services(service) for service in SERVICES], ranker)
        assert [match.id for match in index.search("leidimas kirsti medį")][:1] == ["leidimas"]


@pytest.mark.parametrize("part", ["near-synonyms", "mistyped words", "word roots", "words that begin alike"])
def test_a_way_for_words_to_meet_is_gone_only_while_it_is_taken_out(part: str) -> None:
    asked, known = {
        "near-synonyms": ("lopsel", "darzel"),
        "mistyped words": ("dazrel", "darzel"),
        "word roots": ("prizubintr", "zubintr"),
        "words that begin alike": ("zubintral", "zubin"),
    }[part]
    with taken_out(ablation_services.PARTS[part]):
        assert not Terms([[known]]).meeting(asked)
    assert Terms([[known]]).meeting(asked)


def test_without_the_character_view_no_likeness_of_characters_is_left() -> None:
    assert _evidence("kirsti medį", "phrases")[:, :2].any()
    assert not _evidence("kirsti medį", "character view")[:, :2].any()


def test_without_body_texts_nothing_but_names_answers_a_word() -> None:
    assert _answered("rudenį", "phrases").any()
    assert not _answered("rudenį", "body texts").any()


def test_weights_by_hand_are_equal_for_all_that_speaks_for_a_service() -> None:
    ranker = ablation_services.PARTS["learned weights"].ranker(CATALOGUES)
    counted = dict(zip(UTILITY_FEATURES, ranker.weights.tolist(), strict=True))
    assert counted["named"] == counted["char_body"] > 0
    assert counted["elsewhere"] == counted["name_match_squared"] == 0


def test_every_intent_part_differs_from_the_whole() -> None:
    options = [ablation_intents.WHOLE, *ablation_intents.PARTS.values()]
    assert len({repr(each) for each in options}) == len(options)


def test_training_sentences_have_one_intent_each() -> None:
    assert all(len(example.intents) == 1 for example in ablation_intents.read_training())


def test_a_function_that_is_no_longer_there_is_reported() -> None:
    with pytest.raises(AttributeError), taken_out(ablation_services.Without(replaced={"bot.nlu.terms.gone": root})):
        pass


def _evidence(text: str, part: str) -> Floats:
    without = ablation_services.PARTS[part]
    with taken_out(without):
        index = ServiceIndex.build([without.services(service) for service in SERVICES])
        return index.candidates(query_of(text))[0]


def _answered(text: str, part: str) -> Floats:
    """How far all texts of each service, topics elsewhere aside, answer the message."""
    evidence = _evidence(text, part)
    own = evidence[:, FEATURES.index("elsewhere")] == 0
    found: Floats = evidence[own, FEATURES.index("query_by_all")]
    return found
