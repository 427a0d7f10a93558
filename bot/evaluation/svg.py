"""A few shapes of SVG as text: enough for plots, with no library."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

INK, FAINT, GRID = "#1b2733", "#5b6773", "#d5dbe1"
BLUE, ORANGE = "#1f5fa8", "#c2571a"
_FONT = "system-ui, -apple-system, Segoe UI, Roboto, sans-serif"

Point = tuple[float, float]


def picture(width: float, height: float, title: str, shapes: Sequence[str]) -> str:
    """Return a whole SVG file, white behind, with a title that screen readers say."""
    body = "\n".join(shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" font-family="{_FONT}">\n<title>{escape(title)}</title>\n'
        f"{rectangle((0, 0), width, height, '#fff')}\n{body}\n</svg>\n"
    )


def rectangle(at: Point, width: float, height: float, fill: str, tip: str = "") -> str:
    """Return a filled rectangle, with a text that shows when pointed at."""
    shape = f'<rect x="{_n(at[0])}" y="{_n(at[1])}" width="{_n(width)}" height="{_n(height)}" fill="{fill}"'
    return f"{shape}><title>{escape(tip)}</title></rect>" if tip else f"{shape}/>"


def line(start: Point, end: Point, colour: str = GRID, *, width: float = 1, dashes: str = "") -> str:
    """Return a straight line; `dashes` as in stroke-dasharray."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line x1="{_n(start[0])}" y1="{_n(start[1])}" x2="{_n(end[0])}" y2="{_n(end[1])}" stroke="{colour}" '
        f'stroke-width="{width:g}"{dashed}/>'
    )


def polyline(points: Sequence[Point], colour: str) -> str:
    """Return a line through the points."""
    joined = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2" stroke-linejoin="round"/>'


def dot(at: Point, colour: str, tip: str, radius: float = 4.5) -> str:
    """Return a filled circle with a text that shows when pointed at."""
    return (
        f'<circle cx="{_n(at[0])}" cy="{_n(at[1])}" r="{radius:g}" fill="{colour}" stroke="#fff">'
        f"<title>{escape(tip)}</title></circle>"
    )


def text(
    at: Point, content: str, *, anchor: str = "start", size: float = 12, colour: str = INK, turned: float = 0
) -> str:
    """Return a line of text; `anchor` start, middle or end; `turned` degrees about its point."""
    turn = f' transform="rotate({turned:g} {_n(at[0])} {_n(at[1])})"' if turned else ""
    return (
        f'<text x="{_n(at[0])}" y="{_n(at[1])}" font-size="{size:g}" fill="{colour}" text-anchor="{anchor}"{turn}>'
        f"{escape(content)}</text>"
    )


def mixed(colour: str, share: float) -> str:
    """Return white mixed with so much (0 … 1) of the colour, `#rrggbb`."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (part - 255) * share):02x}" for part in parts)


def _n(value: float) -> str:
    """Write coordinates to a tenth, so that files stay small and the same figures give the same file."""
    return f"{value:.1f}".removesuffix(".0")
