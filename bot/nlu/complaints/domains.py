"""Slips in the domains of e-mail addresses ("gmial.com", "gmail.con", "one.l"): what was likely meant, to be asked."""

from __future__ import annotations

COMMON = (
    *("gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "protonmail.com", "mail.ru", "yandex.ru"),
    *("inbox.lt", "one.lt", "mail.lt", "takas.lt", "delfi.lt", "zebra.lt", "yahoo.co.uk", "live.com", "proton.me"),
)
# They exist, though a letter tells them from a common one.
_REAL = frozenset(
    """
    mail.com ymail.com email.com gmx.com gmx.de gmx.lt inbox.lv inbox.ru inbox.ee inbox.com one.lv one.com mail.ee
    mail.lv mail.de mail.ua bk.ru list.ru hotmail.lt hotmail.fr hotmail.de hotmail.it hotmail.se outlook.lt outlook.de
    yahoo.de yahoo.fr yahoo.se yahoo.es yahoo.it yahoo.ie rocketmail.com googlemail.com lrv.lt lrt.lt live.lt live.se
    live.de live.no live.nl ktu.lt vu.lt vdu.lt on.lt me.com mac.com aol.com web.de telia.lt tele2.lt bite.lt
    """.split()
)
_SHORT = 8
"""A domain of so many letters is told from a slip only where letters are lost, doubled or swapped."""
_GOOGLE = "gmail"


def likely_domain(domain: str) -> str | None:
    """Return the common domain that was likely meant; None for one that is common itself or like none."""
    domain = domain.casefold().rstrip(".")
    if domain in COMMON or domain in _REAL:
        return None
    if domain.partition(".")[0] == _GOOGLE:
        return f"{_GOOGLE}.com"
    return next((common for common in COMMON if _is_a_slip(domain, common)), None)


def _is_a_slip(written: str, meant: str) -> bool:
    if len(written) != len(meant):
        shorter, longer = sorted((written, meant), key=len)
        return len(longer) - len(shorter) == 1 and _one_letter_more(shorter, longer)
    wrong = [place for place in range(len(meant)) if written[place] != meant[place]]
    if len(wrong) == 1:
        # "ona.lt" may well exist, "one.lz" does not.
        return len(meant) > _SHORT or wrong[0] > meant.index(".")
    return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and _swapped(written, wrong[0]) == meant


def _one_letter_more(shorter: str, longer: str) -> bool:
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def _swapped(text: str, place: int) -> str:
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
