"""A bare yes or no in Lithuanian and in the languages that are recognised, as an answer to the bot's own question."""

from __future__ import annotations

from bot.nlu.normalise import fold, normalise, tokens

_YES = frozenset(
    """
    taip jo aha gerai ok okei zinoma noriu noreciau
    yes yeah yep yup sure okay want
    да ага конечно хочу хотел хотела бы ладно давайте хорошо
    так звісно хотів хотіла добре звичайно
    tak chce chetnie oczywiscie dobrze chcialbym chcialabym
    """.split()
)
_NO = frozenset(
    """
    ne nea nereikia nenoriu
    no nope
    нет не надо нужно
    ні треба потрібно
    nie trzeba
    """.split()
)
_POLITE = frozenset(
    """
    aciu prasau thanks thank you please i do would like to it is fine
    спасибо пожалуйста я дякую будь ласка
    dziekuje dziękuję prosze poprosze
    """.split()
)
_THANKS = frozenset("thanks thank спасибо благодарю дякую dziekuje dzieki".split())
_MOST_WORDS = 5


def _folded(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


_YES_VIEW, _NO_VIEW, _POLITE_VIEW, _THANKS_VIEW = map(_folded, (_YES, _NO, _POLITE, _THANKS))


def thanks_abroad(text: str) -> bool:
    """Tell whether a short message in a language that is recognised only thanks."""
    said = tokens(fold(normalise(text)))
    return 0 < len(said) <= _MOST_WORDS and said[0] in _THANKS_VIEW


def agreement(text: str) -> bool | None:
    """True for a bare yes, False for a bare no, None for a message that says anything else."""
    said = tokens(fold(normalise(text)))
    if not 0 < len(said) <= _MOST_WORDS:
        return None
    rest = [word for word in said if word not in _POLITE_VIEW]
    if rest and all(word in _NO_VIEW for word in rest):
        return False
    if rest and all(word in _YES_VIEW for word in rest):
        return True
    # "please" alone accepts what is offered.
    return True if not rest and {"please", fold("пожалуйста"), "prosze", "poprosze"}.intersection(said) else None
