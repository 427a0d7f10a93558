"""The departments to which conversations can go: the municipality's own and those in which operators work."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.catalogue import Catalogue
from bot.nlu.normalise import fold
from bot.storage import operators

_KINDS = frozenset({"skyrius", "seniunija", "tarnyba"})
"""Kinds of the pack's institutions, folded, that are parts of the municipality's administration."""


async def departments_of(session: AsyncSession, catalogue: Catalogue) -> tuple[str, ...]:
    """Return their names: those in the pack by its order, then those that only operators have."""
    named = [institution.name for institution in catalogue.institutions if fold(institution.kind) in _KINDS]
    for account in await operators.every(session):
        if catalogue.municipality.id in account.operator.municipalities and not account.operator.disabled:
            named += sorted(account.operator.departments)
    return tuple(dict.fromkeys(named))
