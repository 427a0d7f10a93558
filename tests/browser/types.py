"""Types of the fixtures that open pages."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from playwright.async_api import Page

PageAt: TypeAlias = Callable[[int, int], Awaitable[Page]]
ForeignPage: TypeAlias = Callable[[str], Awaitable[str]]
