"""Wake-ups inside one process."""

from __future__ import annotations

from bot.services.bus import Bus, Signal


def test_only_the_conversations_own_listeners_hear() -> None:
    bus, heard = Bus(), list[tuple[str, Signal]]()
    bus.subscribe("a", lambda signal: heard.append(("a", signal)))
    bus.subscribe("b", lambda signal: heard.append(("b", signal)))
    bus.publish("a", Signal.LOG_GREW)
    assert heard == [("a", Signal.LOG_GREW)]


def test_every_listener_of_a_conversation_hears() -> None:
    bus, heard = Bus(), list[str]()
    bus.subscribe("a", lambda _: heard.append("first"))
    bus.subscribe("a", lambda _: heard.append("second"))
    bus.publish("a", Signal.TYPING_STARTED)
    assert sorted(heard) == ["first", "second"]


def test_after_unsubscribing_nothing_is_heard_and_nothing_is_kept() -> None:
    bus, heard = Bus(), list[Signal]()
    unsubscribe = bus.subscribe("a", heard.append)
    unsubscribe()
    unsubscribe()
    bus.publish("a", Signal.LOG_GREW)
    assert heard == []
    assert not bus._listeners


def test_a_listener_may_unsubscribe_while_it_is_called() -> None:
    bus, heard = Bus(), list[Signal]()

    def once(signal: Signal) -> None:
        heard.append(signal)
        unsubscribe()

    unsubscribe = bus.subscribe("a", once)
    bus.publish("a", Signal.LOG_GREW)
    bus.publish("a", Signal.LOG_GREW)
    assert heard == [Signal.LOG_GREW]


def test_a_signal_that_nobody_waits_for_is_no_error_and_leaves_nothing_behind() -> None:
    bus = Bus()
    bus.publish("nobody", Signal.LOG_GREW)
    assert not bus._listeners


def test_a_follower_hears_of_every_conversation_until_it_ends() -> None:
    bus, heard = Bus(), list[tuple[str, Signal]]()
    unfollow = bus.follow(lambda conversation, signal: heard.append((conversation, signal)))
    bus.publish("a", Signal.LOG_GREW)
    bus.publish("b", Signal.RESIDENT_TYPING)
    unfollow()
    unfollow()
    bus.publish("a", Signal.LOG_GREW)
    assert heard == [("a", Signal.LOG_GREW), ("b", Signal.RESIDENT_TYPING)]
