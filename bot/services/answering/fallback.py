"""What is said when a message was not understood or asks for something else: never a dead end."""

from __future__ import annotations

from bot.core.reply import Asks, Reply
from bot.nlu.intents import OUT_OF_SCOPE
from bot.services.answering.question import Answer, Question, offers
from bot.services.texts import Texts


class Fallback:
    """Says plainly that there is no answer and offers ways on; the second time in a row, a person first."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def answer(self, question: Question) -> Answer:
        """Return the offer that fits."""
        buttons, asks = offers(self._texts), Asks.CHOICE
        if question.misunderstood >= 1:
            phrase, buttons, asks = "fallback.again", (buttons[-1], *buttons[:-1]), Asks.PERSON
        elif question.intent == OUT_OF_SCOPE:
            phrase = "fallback.out_of_scope"
        else:
            phrase = "fallback.not_understood"
        reply = Reply(text=self._texts.render(phrase), buttons=buttons, asks=asks)
        return Answer(replies=(reply,), understood=False)
