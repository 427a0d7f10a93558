"""What is asked at each step of taking down a complaint, with the buttons that answer it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.core.case import CaseKind
from bot.core.reply import Asks, Button, Reply
from bot.services.catalogues import LoadedCatalogue
from bot.services.filing.dialogue import Taken, button
from bot.services.filing.draft import Draft, Step
from bot.services.filing.story import offered_places
from bot.services.filing.summary import Summary
from bot.services.texts import Texts

_LONGEST_TITLE = 60


class Prompts:
    """Asks; `again` is a question that was asked before and is said in short."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._summary = Summary(texts)

    def ask(
        self, draft: Draft, loaded: LoadedCatalogue, today: date, *, again: bool, files: Sequence[str] = ()
    ) -> Reply:
        """Return the question of the draft's next step; `files` are the names of those that go with the complaint."""
        step = draft.next_step
        if step is Step.CONFIRM:
            return self._summary.to_confirm(draft, loaded, files)
        text = self._texts.render(
            f"complaint.ask.{self._question(draft)}{'_again' if again else ''}",
            suggested=draft.suggested,
            short=draft.is_short,
            municipality=loaded.catalogue.municipality,
        )
        return Reply(text=text, buttons=self._buttons(step, draft, loaded, today), asks=Asks.ANSWER)

    def wrong(self, taken: Taken, loaded: LoadedCatalogue, today: date) -> Reply:
        """Return what is wrong with an answer and what to do, with the buttons of the question."""
        values = {"municipality": loaded.catalogue.municipality, **(taken.values or {})}
        text = self._say(f"wrong.{taken.wrong}", **values)
        if taken.wrong == "edit_what":
            buttons = self._fields(taken.draft)
        elif taken.draft.next_step is Step.CONFIRM:
            buttons = self._summary.decisions()
        else:
            buttons = self._buttons(taken.draft.next_step, taken.draft, loaded, today)
        return Reply(text=text, buttons=buttons, asks=Asks.ANSWER)

    def _question(self, draft: Draft) -> str:
        step = draft.next_step
        if step is not Step.STORY:
            return step.name.lower()
        if draft.adding:
            return "story_more"
        return f"story_{draft.kind.value}" if draft.is_short else "story"

    def _buttons(self, step: Step, draft: Draft, loaded: LoadedCatalogue, today: date) -> tuple[Button, ...]:
        match step:
            case Step.PATH:
                return self._named(step, "problem", "complaint")
            case Step.INSTITUTION:
                places = offered_places(loaded, draft.story or "", today)
                offered = tuple(Button(_title(place.name), button(step.value, place.id)) for place in places)
                return (*offered, *self._named(step, "unknown"))
            case Step.WHEN:
                return self._days(step, today)
            case Step.OUTCOME:
                return self._named(step, "none")
            case Step.REPLY:
                return self._named(step, "anonymous")
            case Step.ADDRESS:
                return self._named(step, "yes", "no")
            case Step.KIND:
                kinds = (CaseKind.CHARTER_NOTICE, CaseKind.COMPLAINT, CaseKind.REQUEST)
                return tuple(
                    Button(self._texts.render(f"case.kind.{kind.value}"), button(step.value, kind.value))
                    for kind in kinds
                )
            case Step.PRINCIPLE:
                principles = loaded.catalogue.municipality.charter.principles
                listed = tuple(Button(_title(text), button(step.value, str(at))) for at, text in enumerate(principles))
                return (*listed, *self._named(step, "none"))
            case _:
                return ()

    def _days(self, step: Step, today: date) -> tuple[Button, ...]:
        days = (("today", today), ("yesterday", today - timedelta(days=1)))
        named = tuple(Button(self._say(f"button.{name}"), button(step.value, f"{day}")) for name, day in days)
        return (*named, *self._named(step, "unknown"))

    def _say(self, key: str, **values: object) -> str:
        return self._texts.render(f"complaint.{key}", **values)

    def _named(self, step: Step, *values: str) -> tuple[Button, ...]:
        names = f"button.{step.name.lower()}"
        return tuple(Button(self._say(f"{names}.{value}"), button(step.value, value)) for value in values)

    def _fields(self, draft: Draft) -> tuple[Button, ...]:
        fields = ["story_more", "story", "institution", "when", "outcome", "reply", "kind"]
        if draft.is_short:
            fields = ["story_more", "story", "reply"]
        elif draft.kind is CaseKind.CHARTER_NOTICE:
            fields.append("principle")
        return tuple(Button(self._say(f"button.edit.{field}"), button(Step.CONFIRM.value, field)) for field in fields)


def _title(text: str) -> str:
    return text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1].rstrip() + "…"
