"""The report as named Markdown sections: printed one after another, or put into the marked places of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.evaluation.curves import Calibration, Roc
from bot.evaluation.markdown import NOTHING, interval, number, of, share, table
from bot.evaluation.metrics import Confusion, Share
from bot.evaluation.report import Intents, OffCatalogue, Report, Services
from bot.evaluation.robustness import Cost, StyleCost
from bot.evaluation.speed import Speed
from bot.evaluation.targets import reached
from bot.nlu.resolver import ANSWER_AT, CHOOSE_AT

_MOST_CONFUSIONS = 15
_PASSING = 0.95
_HEADINGS = {
    "summary": "Summary",
    "intents": "Intents",
    "confusions": "Intents taken for each other",
    "services": "Services",
    "off-catalogue": "Off the catalogue",
    "calibration": "Calibration",
    "robustness": "Ways of writing",
    "actions": "First actions",
    "languages": "Languages",
    "speed": "Speed",
    "comparison": "Stock Rasa",
}
_MARK = re.compile(r"(<!-- evaluate: (?P<name>[a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def sections(report: Report) -> dict[str, str]:
    """Return the body of every section that the labels allow, by name, in the order of reading."""
    found = {
        "summary": _summary(report),
        "intents": report.intents and _intents(report.intents),
        "confusions": report.intents and _confusions(report.intents.confusion, _MOST_CONFUSIONS),
        "services": report.services and _services(report.services),
        "off-catalogue": report.off_catalogue and _off_catalogue(report.off_catalogue),
        "calibration": _calibrations(report),
        "robustness": _robustness(report.styles) if report.styles else None,
        "actions": report.actions and _labels("first action", *report.actions),
        "languages": report.languages and _labels("language", *report.languages),
        "speed": report.speed and _speed(report.speed),
    }
    return {name: body for name, body in found.items() if body}


def as_page(bodies: Mapping[str, str], plots: Mapping[str, Sequence[str]]) -> str:
    """Return a page of its own; `plots` names the pictures below each section."""
    parts = ["# How well messages are understood"]
    for name, body in with_plots(bodies, plots).items():
        parts += [f"## {_HEADINGS[name]}", body]
    return "\n\n".join(parts) + "\n"


def with_plots(bodies: Mapping[str, str], plots: Mapping[str, Sequence[str]], folder: str = "") -> dict[str, str]:
    """Put the pictures, which lie in `folder` ("" or "name/"), below their sections."""
    return {
        name: "\n\n".join([body, *(f"![{_caption(file)}]({folder}{file})" for file in plots.get(name, ()))])
        for name, body in bodies.items()
    }


def filled(page: str, bodies: Mapping[str, str]) -> str:
    """Return the page with its places `<!-- evaluate: NAME -->` … `<!-- end -->` renewed, those without news kept."""

    def renewed(mark: re.Match[str]) -> str:
        body = bodies.get(mark["name"])
        return mark[0] if body is None else f"{mark[1]}\n{body}\n\n{mark[3]}"

    return _MARK.sub(renewed, page)


def _caption(file: str) -> str:
    return file.removesuffix(".svg").replace("-", " ")


def _summary(report: Report) -> str:
    rows = [
        [measure, number(value, digits), target, verdict]
        for measure, value, digits, target, verdict in reached(report)
        if value is not None
    ]
    header = ["measure", "reached", "target", ""] if report.own else ["measure", "reached"]
    return f"{report.messages} messages.\n\n" + table(header, [row[: len(header)] for row in rows])


def _intents(intents: Intents) -> str:
    sources = [(*row, row[1]) for row in intents.by_source]
    if len(sources) > 1:
        sources.append(("all", intents.accuracy, intents.macro_f1, intents.accuracy))
    overview = table(
        ["messages of", "accuracy", "95 % interval", "macro-F1", "right"],
        [[name, share(right), interval(right), number(f1), of(right)] for name, right, f1, _ in sources],
    )
    by_intent = table(
        ["intent", "F1", "precision", "recall", "messages"],
        [
            [score.label, number(score.f1, 2), number(score.precision, 2), number(score.recall, 2), str(score.count)]
            for score in sorted(intents.scores, key=lambda score: (score.f1, score.label))
            if score.count
        ],
    )
    return f"{overview}\n\n{by_intent}"


def _confusions(confusion: Confusion, most: int) -> str:
    mistakes = confusion.mistakes()
    rows = [[wanted, found, str(count)] for wanted, found, count in mistakes[:most]]
    return table(["wanted", "taken for", "times"], rows) if rows else "None."


def _services(services: Services) -> str:
    rows = [[style or NOTHING, share(first), share(three), of(first)] for style, first, three in services.by_style]
    rows.append(["all", share(services.first), share(services.in_three), of(services.first)])
    found = f"Mean reciprocal rank {number(services.reciprocal_rank)}; right service first: "
    return (
        f"{found}{interval(services.first)} (95 % interval).\n\n"
        f"{table(['style', 'first', 'among three', 'right first'], rows)}"
    )


def _off_catalogue(off: OffCatalogue) -> str:
    measured = (
        ("off the catalogue: answered or offered a choice", off.answered),
        ("off the catalogue: answered outright", off.answered_outright),
        ("out of scope, in every municipality: answered or offered a choice", off.foreign_answered),
        ("answerable: told that nothing fits", off.refused),
        ("answerable: taken for something else", off.misdirected),
    )
    rows = [[name, share(value), interval(value), of(value)] for name, value in measured if value.of]
    text = table(["messages", "share", "95 % interval", "number"], rows)
    return text if off.roc is None else f"{text}\n\n{_roc(off.roc)}"


def _roc(roc: Roc) -> str:
    passing = roc.letting_through(_PASSING)
    thresholds = [("offered from", CHOOSE_AT), ("answered from", ANSWER_AT), ("lets 95 % through", passing.threshold)]
    points = [(name, roc.at(threshold)) for name, threshold in thresholds]
    rows = [
        [name, number(at.threshold, 2), number(at.true_positives), number(at.false_positives)] for name, at in points
    ]
    return (
        f"AUC of the first service's score {roc.auc:.3f} ({roc.positives} answerable, {roc.negatives} off the "
        f"catalogue).\n\n{table(['threshold', 'score', 'answerable above', 'off the catalogue above'], rows)}"
    )


def _calibrations(report: Report) -> str | None:
    named = (("intents", report.intent_calibration), ("services", report.service_calibration))
    drawn = [_calibration(name, found) for name, found in named if found is not None]
    return "\n\n".join(drawn) or None


def _calibration(name: str, found: Calibration) -> str:
    rows = [
        [f"{each.low:.1f}–{each.high:.1f}", number(each.confidence, 2), number(each.right, 2), str(each.count)]
        for each in found.bins
    ]
    return (
        f"Confidence of {name}: expected calibration error {found.error:.3f} over {found.count} messages.\n\n"
        f"{table([f'{name}, confidence', 'mean', 'right', 'messages'], rows)}"
    )


def _robustness(styles: Sequence[StyleCost]) -> str:
    header = ["style", "intent", "clean", "points lost", "service first", "clean", "points lost", "messages"]
    rows = [[each.style, *_cost(each.intent), *_cost(each.service), str(each.intent.styled.of)] for each in styles]
    return table(header, rows)


def _cost(cost: Cost) -> list[str]:
    return [share(cost.styled), share(cost.clean), number(cost.points_lost, 1)]


def _labels(name: str, right: Share, confusion: Confusion) -> str:
    wanted = [row for row, counts in enumerate(confusion.counts) if any(counts)]
    rows = [
        [confusion.labels[row], *(str(count or "·") for count in confusion.counts[row]), _recall(confusion, row)]
        for row in wanted
    ]
    header = ["wanted ↓ found →", *confusion.labels, "right"]
    return f"Right {name}: {share(right)} ({of(right)}; {interval(right)}).\n\n{table(header, rows)}"


def _recall(confusion: Confusion, row: int) -> str:
    return number(confusion.counts[row][row] / sum(confusion.counts[row]), 2)


def _speed(speed: Speed) -> str:
    return "\n".join(_speed_lines(speed))


def _speed_lines(speed: Speed) -> Iterator[str]:
    yield table(
        ["normalise, classify, resolve", "ms"],
        [
            ["a message, median", number(speed.p50_ms, 2)],
            ["a message, 95th percentile", number(speed.p95_ms, 2)],
            [f"index of {speed.services} services", number(speed.index_ms, 0)],
        ],
    )
    yield f"\nOver {speed.messages} messages, read for the first time, among {speed.services} services."
