"""What each part of intent recognition brings: the classifier learned anew without it, read as the bot reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from bot.evaluation.examples import Example, read_nlu, read_table
from bot.evaluation.judging import judge
from bot.evaluation.report import Intents, JudgedSet, Report, report
from bot.nlu.augment import Augmentation
from bot.nlu.classifier import IntentClassifier, TrainingOptions
from bot.nlu.features import FeatureConfig
from bot.nlu.pipeline import IntentPipeline
from bot.services.understanding import Understanding
from bot.settings import PROJECT_ROOT

_DATA = PROJECT_ROOT / "nlu_data"
_STYLES = ("terse", "typo2", "folded")
COLUMNS = ("accuracy", "macro-F1", "blind: accuracy", "blind: macro-F1", *_STYLES)


def _with(augmentation: Augmentation | None, features: FeatureConfig) -> TrainingOptions:
    return TrainingOptions(features=features, augmentation=augmentation, service_share=_SHARE)


_SHARE = 0.6
_COPIES = Augmentation.everyday()
WHOLE = _with(_COPIES, FeatureConfig())
PARTS: Mapping[str, TrainingOptions] = {
    "characters": _with(_COPIES, FeatureConfig(folded_chars=0.0)),
    "accented words": _with(_COPIES, FeatureConfig(accented_words=0.0)),
    "words": _with(_COPIES, FeatureConfig(words=0.0)),
    "stems": _with(_COPIES, FeatureConfig(stems=0.0)),
    "stem pairs": _with(_COPIES, FeatureConfig(stem_pairs=0.0)),
    "frames": _with(_COPIES, FeatureConfig(frames=0.0)),
    "turns of phrase": _with(_COPIES, FeatureConfig(turns=0.0)),
    "known matters": _with(_COPIES, FeatureConfig(matters=0.0)),
    "expected share of services": TrainingOptions(augmentation=_COPIES),
    "mistyped copies": _with(None, FeatureConfig()),
    "spelling": replace(WHOLE, spelling=False),
    "n-grams of four characters": _with(_COPIES, FeatureConfig(char_max=3)),
}


def measured(part: str | None) -> tuple[float | None, ...]:
    """The shares of COLUMNS without one of the PARTS, or of the whole."""
    options = WHOLE if part is None else PARTS[part]
    learned = read_training()
    texts, labels = [example.text for example in learned], [example.intents[0] for example in learned]
    understand = _reading_with(IntentPipeline(IntentClassifier.train(texts, labels, options)))
    tests = _DATA / "test"
    own = report(
        JudgedSet(
            messages=judge((*read_nlu(tests / "nlu.yml"), *read_table(tests / "services.tsv")), understand),
            styles=judge(read_table(tests / "styles.tsv"), understand),
        ),
        own=False,
    )
    blind = report(JudgedSet(messages=judge(read_table(tests / "blind.tsv"), understand)), own=False)
    return (*_figures(own.intents), *_figures(blind.intents), *_by_style(own))


@cache
def read_training() -> tuple[Example, ...]:
    """The training sentences with their intents."""
    return tuple(example for path in sorted((_DATA / "train").glob("*.yml")) for example in read_nlu(path))


def _reading_with(pipeline: IntentPipeline) -> Callable[[Example], Understanding]:
    def understand(example: Example) -> Understanding:
        chosen = pipeline.read(example.text).chosen
        return Understanding(
            text=example.text, intent=chosen.intent, confidence=chosen.confidence, language="", services=(), action=""
        )

    return understand


def _figures(intents: Intents | None) -> tuple[float | None, float | None]:
    return (intents.accuracy.value, intents.macro_f1) if intents else (None, None)


def _by_style(own: Report) -> list[float | None]:
    costs = {cost.style: cost.intent.styled.value for cost in own.styles}
    return [costs[style] for style in _STYLES]
