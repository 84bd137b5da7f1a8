"""A line on which every answer comes late, as through Tor or a village's last bar of signal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

_PIECE = 65_536


@asynccontextmanager
async def late_proxy(port: int, *, seconds: float) -> AsyncIterator[int]:
    """Hand everything on to that port of this machine, at once on the way there and so many seconds
    later on the way back; yields the port to come to."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)
        # Whoever still waits when all is over is given up.
        with suppress(asyncio.CancelledError):
            await asyncio.gather(_hand_on(reader, back, 0), _hand_on(there, writer, seconds))

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def _hand_on(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float
) -> None:
    """Every piece as late as the first: a line that is slow isn't slower for long pages."""
    pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    now = asyncio.get_running_loop().time

    async def say() -> None:
        piece = b" "
        while piece:
            due, piece = await pieces.get()
            await asyncio.sleep(due - now())
            writer.write(piece)
            await writer.drain()
        writer.close()

    saying = asyncio.create_task(say())
    with suppress(ConnectionError):
        while piece := await reader.read(_PIECE):
            pieces.put_nowait((now() + seconds, piece))
    pieces.put_nowait((now() + seconds, b""))
    with suppress(ConnectionError):
        await saying
