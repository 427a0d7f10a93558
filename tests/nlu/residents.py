"""A resident who writes to a served Langelis over REST, as any client of a Rasa bot would."""

from __future__ import annotations

import json
import urllib.request
import uuid
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Said:
    """All that was said to one message."""

    messages: list[dict[str, Any]]

    @property
    def text(self) -> str:
        """The texts, one below the other."""
        return "\n".join(message.get("text", "") for message in self.messages)

    @property
    def buttons(self) -> dict[str, str]:
        """Payloads by their titles."""
        return {
            button["title"]: button["payload"] for message in self.messages for button in message.get("buttons", ())
        }

    @property
    def everything(self) -> str:
        """The texts and the words on the buttons."""
        return "\n".join((self.text, *self.buttons))

    @property
    def cards(self) -> list[dict[str, Any]]:
        """The cards."""
        return [message["custom"]["card"] for message in self.messages if "card" in message.get("custom", ())]

    @property
    def languages(self) -> list[str]:
        """The language of each message that is not Lithuanian."""
        return [message["custom"]["lang"] for message in self.messages if "lang" in message.get("custom", ())]


@dataclass
class Resident:
    """Writes in a conversation of their own; with no municipality the client names none."""

    url: str
    municipality: str | None = None
    sender: str = field(default_factory=lambda: uuid.uuid4().hex)

    def say(self, text: str) -> Said:
        """Send a message and return the answer, which is never empty and holds nothing unrendered."""
        body: dict[str, object] = {"sender": self.sender, "message": text}
        if self.municipality is not None:
            body["metadata"] = {"municipality": self.municipality}
        request = urllib.request.Request(  # noqa: S310 - the test's own server
            f"{self.url}/webhooks/rest/webhook",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310 - as above
            said = Said(json.load(response))
        _refuse_unfinished(said, text)
        return said

    def press(self, said: Said, title: str) -> Said:
        """Press a button as a client of a Rasa bot does: send its payload."""
        return self.say(said.buttons[title])


def _refuse_unfinished(said: Said, text: str) -> None:
    assert said.messages, f"no answer to {text!r}"
    for message in said.messages:
        assert message.get("text", "").strip(), f"an empty message to {text!r}"
        whole = json.dumps(message, ensure_ascii=False)
        assert "{{" not in whole.replace('{"', ""), whole
        assert "{%" not in whole, whole
        assert "None" not in message["text"], whole
