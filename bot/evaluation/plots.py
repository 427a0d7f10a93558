"""The plots of a report as SVG: confusion matrix, ROC curve, reliability diagrams, styles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

from bot.evaluation.curves import Bin, Calibration, Roc
from bot.evaluation.metrics import Confusion
from bot.evaluation.report import OffCatalogue, Report
from bot.evaluation.robustness import Cost, StyleCost
from bot.evaluation.svg import (
    BLUE,
    FAINT,
    GRID,
    INK,
    ORANGE,
    Point,
    dot,
    line,
    mixed,
    picture,
    polyline,
    rectangle,
    text,
)
from bot.nlu.resolver import ANSWER_AT, CHOOSE_AT

_CELL = 15.0
_LABELS = 190.0
_SIDE = 360.0
_LEFT, _TOP = 70.0, 48.0
_THRESHOLDS = (("answered", ANSWER_AT, BLUE), ("offered", CHOOSE_AT, INK))
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def plots(report: Report) -> dict[str, dict[str, str]]:
    """Return the SVG files by section of the report and by file name."""
    drawn: dict[str, dict[str, str]] = {}
    if report.intents is not None:
        drawn["confusions"] = {"intent-confusion.svg": heat_map(report.intents.confusion, "Intents: wanted and found")}
    if report.off_catalogue is not None and report.off_catalogue.roc is not None:
        drawn["off-catalogue"] = {"off-catalogue-roc.svg": roc_plot(report.off_catalogue.roc, report.off_catalogue)}
    calibrations = {
        f"{name}-calibration.svg": reliability(found, f"{name.capitalize()}s: confidence and truth")
        for name, found in (("intent", report.intent_calibration), ("service", report.service_calibration))
        if found is not None
    }
    if calibrations:
        drawn["calibration"] = calibrations
    if report.styles:
        drawn["robustness"] = {"robustness.svg": style_bars(report.styles)}
    return drawn


def heat_map(confusion: Confusion, title: str) -> str:
    """Return the matrix with each row's shares: right ones blue, mistakes orange."""
    side = _CELL * len(confusion.labels)
    left, top = _LABELS, _LABELS - 20
    shapes = [text((12, 24), title, size=15)]
    for place, label in enumerate(confusion.labels):
        middle = place * _CELL + _CELL * 0.75
        shapes.append(text((left - 6, top + middle), label, anchor="end", size=10))
        shapes.append(text((left + middle, top - 6), label, size=10, turned=-60))
        shapes.append(line((left, top + place * _CELL), (left + side, top + place * _CELL)))
        shapes.append(line((left + place * _CELL, top), (left + place * _CELL, top + side)))
    shapes += _cells(confusion, left, top)
    shapes.append(text((12, top + side + 24), "Rows: wanted. Columns: found. Depth: share of the row.", colour=FAINT))
    return picture(left + side + 110, top + side + 40, title, shapes)


def roc_plot(roc: Roc, off: OffCatalogue) -> str:
    """Return the ROC curve with the thresholds in use and what the bot really does."""
    title = f"Answerable or off the catalogue: AUC {roc.auc:.3f}"
    shapes = [*_frame(title, "share of off-catalogue messages that pass", "share of answerable messages that pass")]
    shapes.append(line(_at(0, 0), _at(1, 1), GRID, dashes="4 4"))
    shapes.append(polyline([_at(point.false_positives, point.true_positives) for point in roc.points], BLUE))
    marks = [(f"score ≥ {at:g}: {name}", roc.at(at), colour) for name, at, colour in _THRESHOLDS]
    places = [(label, point.false_positives, point.true_positives, colour) for label, point, colour in marks]
    if off.answered.value is not None and off.refused.value is not None and off.misdirected.value is not None:
        answered = 1 - off.refused.value - off.misdirected.value
        places.append(("the bot: intent and score together", off.answered.value, answered, ORANGE))
    for number, (label, x, y, colour) in enumerate(places):
        key = _at(0.36, 0.2 - 0.06 * number)
        shapes += [dot(_at(x, y), colour, label), dot(key, colour, label), text((key[0] + 10, key[1] + 4), label)]
    return picture(_LEFT + _SIDE + 40, _TOP + _SIDE + 60, title, shapes)


def reliability(found: Calibration, title: str) -> str:
    """Return the reliability diagram: a dot a bin, its area as the number of messages."""
    title = f"{title} (ECE {found.error:.3f})"
    shapes = [*_frame(title, "mean confidence", "share that is right"), line(_at(0, 0), _at(1, 1), FAINT, dashes="4 4")]
    shapes.append(polyline([_at(each.confidence, each.right) for each in found.bins], BLUE))
    shapes += [_bin(each, found.count) for each in found.bins]
    return picture(_LEFT + _SIDE + 40, _TOP + _SIDE + 60, title, shapes)


def style_bars(styles: Sequence[StyleCost]) -> str:
    """Return the percentage points that each style loses, intents above services."""
    title = "Percentage points lost against the clean text"
    shapes = [text((12, 24), title, size=15)]
    scale = 360 / max(10.0, *(_lost(cost) for style in styles for cost in (style.intent, style.service)))
    for place, style in enumerate(styles):
        top = _TOP + place * 40
        shapes.append(text((108, top + 17), style.style, anchor="end"))
        for lower, (name, cost, colour) in enumerate(
            (("intent", style.intent, BLUE), ("service", style.service, ORANGE))
        ):
            y = top + lower * 14
            shapes.append(rectangle((116, y), max(1.0, _lost(cost) * scale), 12, colour, f"{style.style}, {name}"))
            shapes.append(text((122 + _lost(cost) * scale, y + 10), f"{cost.points_lost or 0:.1f}", size=11))
    bottom = _TOP + len(styles) * 40
    shapes += [
        rectangle((116, bottom), 12, 12, BLUE),
        text((132, bottom + 10), "right intent", size=11),
        rectangle((216, bottom), 12, 12, ORANGE),
        text((232, bottom + 10), "right service first", size=11),
    ]
    return picture(540, bottom + 28, title, shapes)


def _cells(confusion: Confusion, left: float, top: float) -> Iterator[str]:
    for row, counts in enumerate(confusion.counts):
        for column, count in enumerate(counts):
            if count:
                share = count / sum(counts)
                colour = mixed(BLUE if row == column else ORANGE, 0.15 + 0.85 * share)
                tip = f"{confusion.labels[row]} → {confusion.labels[column]}: {count}"
                corner = (left + column * _CELL + 0.5, top + row * _CELL + 0.5)
                yield rectangle(corner, _CELL - 1, _CELL - 1, colour, tip)


def _frame(title: str, across: str, up: str) -> Iterator[str]:
    """Yield a unit square with ticks and titles of both axes."""
    yield text((12, 24), title, size=15)
    for tick in _TICKS:
        yield line(_at(tick, 0), _at(tick, 1))
        yield line(_at(0, tick), _at(1, tick))
        x, y = _at(tick, 0)
        yield text((x, y + 17), f"{tick:g}", anchor="middle", size=11, colour=FAINT)
        x, y = _at(0, tick)
        yield text((x - 8, y + 4), f"{tick:g}", anchor="end", size=11, colour=FAINT)
    yield line(_at(0, 0), _at(1, 0), INK)
    yield line(_at(0, 0), _at(0, 1), INK)
    yield text((_LEFT + _SIDE / 2, _TOP + _SIDE + 42), across, anchor="middle")
    yield text((22, _TOP + _SIDE / 2), up, anchor="middle", turned=-90)


def _at(x: float, y: float) -> Point:
    return _LEFT + x * _SIDE, _TOP + (1 - y) * _SIDE


def _bin(each: Bin, count: int) -> str:
    tip = f"{each.low:.1f}–{each.high:.1f}: {each.count} messages, {each.right:.2f} right"
    return dot(_at(each.confidence, each.right), BLUE, tip, radius=3 + 14 * sqrt(each.count / count))


def _lost(cost: Cost) -> float:
    return max(0.0, cost.points_lost or 0.0)
