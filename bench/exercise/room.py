"""How fast news of a room reach its browsers: ``python -m bench.exercise.room --clients 200``.

A room runs in a process of its own on this machine. So many streams are open; somebody says something some times a
second; the time from the sending of the form until each stream has its line is taken. None may be lost, and with
``--p99 MS`` no more than one in a hundred may take longer: the run fails otherwise.
"""

import argparse
import asyncio
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import psutil

from foedus.values.arrays import FloatArray

_SERVER = """
import sys
from pathlib import Path
from foedus.jobs.room.desk import RoomDesk
from foedus.jobs.room.opening import ConveneRequest, open_sitting
from foedus.web.room.site import room_app
from foedus.web.serving.address import Address
from foedus.web.serving.start import start
desk = RoomDesk(open_sitting(ConveneRequest("ukraine/kyiv_security_compact_2022", Path(sys.argv[1]))))
sessions = [desk.redeem(desk.link_for((seat,)), replaces="") for seat in ("poland", "chair")]
start(room_app(desk), address=Address(port=0), tell=lambda url: print(url, *sessions, flush=True))
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--messages", type=int, default=50)
    parser.add_argument("--per-second", type=float, default=5.0)
    parser.add_argument("--p99", type=float, help="milliseconds within which 99 of 100 lines arrive")
    told = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _SERVER, str(Path(folder) / "room.db")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                url, poland, chair = (server.stdout.readline() if server.stdout else "").split()
                port = int(url.rsplit(":", 1)[1].strip("/"))
                process = psutil.Process(server.pid)
                before = sum(process.cpu_times()[:2])
                late = asyncio.run(_measure(told, port=port, poland=poland, chair=chair))
                spent = sum(process.cpu_times()[:2]) - before
            finally:
                server.kill()
    print(f"{_words(told, late)}; the server's processor time {1000 * spent / max(len(late), 1):.2f} ms a line")
    wanted = told.clients * told.messages
    if len(late) < wanted or (told.p99 and np.percentile(late, 99) > told.p99):
        sys.exit(f"{wanted - len(late)} lines are lost, or more than one in a hundred took over {told.p99} ms")


async def _measure(told: argparse.Namespace, *, port: int, poland: str, chair: str) -> FloatArray:
    """Return after how many milliseconds each line arrived."""
    sent: dict[str, float] = {}
    late: list[float] = []
    ready = asyncio.Semaphore(0)
    listeners = [
        asyncio.create_task(_listen(port, poland, sent, late, ready, told.messages)) for _ in range(told.clients)
    ]
    for _ in range(told.clients):
        await ready.acquire()
    await _talk(told, port, chair, sent)
    await asyncio.wait(listeners, timeout=30)
    for each in listeners:
        each.cancel()
    return np.array(late) * 1000


def _words(told: argparse.Namespace, late: FloatArray) -> str:
    p50, p99, most = np.percentile(late, [50, 99, 100])
    return (
        f"{told.clients} streams, {told.messages} messages, {told.per_second:g} a second: "
        f"{len(late)} of {told.clients * told.messages} arrived; "
        f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, longest {most:.0f} ms"
    )


async def _listen(
    port: int, session: str, sent: dict[str, float], late: list[float], ready: asyncio.Semaphore, messages: int
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"host: 127.0.0.1:{port}\r\ncookie: foedus-seat-{port}={session}"
    writer.write(f"GET /room/poland/events HTTP/1.1\r\n{head}\r\n\r\n".encode())
    heard = 0
    while heard < messages:
        line = (await reader.readline()).decode()
        if line.startswith("retry:"):
            ready.release()
        for name in re.findall(r"message-\d+", line):
            late.append(time.perf_counter() - sent[name])
            heard += 1
            break
    writer.close()


async def _talk(told: argparse.Namespace, port: int, session: str, sent: dict[str, float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"host: 127.0.0.1:{port}\r\ncookie: foedus-seat-{port}={session}; "
    writer.write(f"GET /room/chair HTTP/1.1\r\n{head}\r\n\r\n".encode())
    headers, body = await _answer(reader)
    visitor = re.search(rf"(?i)set-cookie: (foedus-{port}=[^;]+)", headers)
    token = re.search(r'csrf_token" value="([0-9a-f]+)"', body)
    if visitor is None or token is None:
        raise SystemExit(f"the page of the chair is not there: {body[:500]}")
    for number in range(told.messages):
        form = f"csrf_token={token[1]}&do=say&words=message-{number}"
        request = (
            f"POST /room/chair/do HTTP/1.1\r\n{head}{visitor[1]}\r\norigin: http://127.0.0.1:{port}\r\n"
            f"content-type: application/x-www-form-urlencoded\r\ncontent-length: {len(form)}\r\n\r\n{form}"
        )
        sent[f"message-{number}"] = time.perf_counter()
        writer.write(request.encode())
        await _answer(reader)
        await asyncio.sleep(1 / told.per_second)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[str, str]:
    headers = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = re.search(r"(?i)content-length: (\d+)", headers)
    body = await reader.readexactly(int(length[1])) if length else b""
    return headers, body.decode()


if __name__ == "__main__":
    main()
