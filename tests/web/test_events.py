"""Events as they come: a browser that comes back is given what it missed, and told where that is gone."""

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from foedus.web.serving.event_stream import START_OVER, Channel, ServerEvent, answer_events


def _listened(channel: Channel, *, after: int, count: int) -> list[ServerEvent]:
    async def listen() -> list[ServerEvent]:
        found: list[ServerEvent] = []
        async with asyncio.timeout(5):
            async for event in channel.after(after):
                found.append(event)
                if len(found) == count:
                    break
        return found

    return asyncio.run(listen())


def test_events_after_a_number_are_given_in_order() -> None:
    """Whoever saw the first gets the second and the third."""
    channel = Channel()
    for number in range(3):
        channel.publish("said", number)
    assert [event.data for event in _listened(channel, after=1, count=2)] == [1, 2]


def test_what_is_no_longer_held_is_said() -> None:
    """A listener who was away too long, or whose server was started again, starts over."""
    channel = Channel(kept=2)
    for number in range(5):
        channel.publish("said", number)
    assert _listened(channel, after=1, count=1)[0].kind == START_OVER
    assert _listened(channel, after=99, count=1)[0].kind == START_OVER


def test_a_listener_hears_what_is_said_later() -> None:
    """And is let go when the channel is closed."""

    async def talk() -> list[object]:
        channel = Channel()

        async def listen() -> list[object]:
            return [event.data async for event in channel.after(0)]

        listening = asyncio.create_task(listen())
        for number in range(3):
            await asyncio.sleep(0)
            channel.publish("said", number)
        channel.close()
        return await asyncio.wait_for(listening, 5)

    assert asyncio.run(talk()) == [0, 1, 2]


def test_a_browser_names_the_last_event_that_it_saw() -> None:
    """As every browser does by itself when a stream breaks off."""

    async def events(request: Request) -> Response:
        channel = Channel()
        for number in range(3):
            channel.publish("said", f"line\n{number}")
        channel.close()
        return answer_events(request, channel)

    with TestClient(Starlette(routes=[Route("/events", events)])) as client:
        answer = client.get("/events", headers={"last-event-id": "2"})
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text == 'retry: 1000\n\nid: 3\nevent: said\ndata: "line\\n2"\n\nevent: end\ndata: null\n\n'
