"""A worker's life: requests to open a PDF and to read its pages in, packed pages out, over one socket."""

import gc
import logging
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from shinchoku.language import say
from shinchoku.page import Reader
from shinchoku.settings import Settings
from shinchoku.workers.answers import NO_MEMORY, Cover, find_work
from shinchoku.workers.codec import encode
from shinchoku.workers.opening import Opened, count_problems, open_file
from shinchoku.workers.opening.checkup import RefusedError
from shinchoku.workers.opening.reading import read_sheet
from shinchoku.workers.pool.limits import peak_bytes
from shinchoku.workers.wire import Inbox, pack

GARBAGE = 50_000
"""New objects between two looks for garbage: a page makes about that many, and next to none of them in
circles."""
RECEIVED = 1 << 16
"""Bytes taken from the socket at a time, and the most that a request can have."""


@dataclass
class _Desk:
    """What a worker has before it: its bounds, what it does with a page, and the file that is open."""

    settings: Settings
    work: Callable[..., Any]
    bounded: bool
    opened: Opened | None = None


def serve(channel: socket.socket, settings: Settings, work: str, *, bounded: bool) -> NoReturn:
    """Answer requests until the other side closes `channel`, then end the process.

    A request is `{"file": i, "open": [path, reader, password], "check": b}` or `{"file": i, "page": n,
    "check": b}`; `check` asks to hold the pages' number, or a page's characters, against the other reader. An
    answer has the same `file` and `page` (0 for opening) with a packed Cover or page as its body, or
    `code` and `message` instead. With a body come the `seconds` of processor time that it took; that to
    opening says whether memory is `bounded`.
    """
    gc.set_threshold(GARBAGE)
    logging.disable()  # what libraries say of damaged files is said in problems; this process is ours alone
    desk = _Desk(settings, find_work(work), bounded)
    inbox = Inbox(RECEIVED)
    while data := channel.recv(RECEIVED):
        for request in inbox.feed(data):
            channel.sendall(_answer(desk, request.head))
    os._exit(0)


def _answer(desk: _Desk, request: dict[str, Any]) -> bytes:
    about: dict[str, Any] = {"file": request["file"], "page": request.get("page", 0)}
    start = time.process_time()
    try:
        if "open" in request:
            about["bounded"] = desk.bounded
            body = _open(desk, *request["open"], check=request["check"])
            return pack({**about, "seconds": time.process_time() - start}, body)
        if desk.opened is None:
            raise RefusedError("unreadable_page", say("its file could not be opened"))
        sheet = read_sheet(desk.opened, request["page"], desk.settings, desk.work, check=request["check"])
        about |= {"layer": sheet.layer, "peak": peak_bytes(), "seconds": time.process_time() - start}
        return pack(about, sheet.body)
    except RefusedError as error:
        return pack({**about, "code": error.code, "message": [error.message.en, error.message.ja]})
    except MemoryError:
        return pack({**about, "code": "memory", "message": [NO_MEMORY.en, NO_MEMORY.ja]})


def _open(desk: _Desk, path: str, reader: Reader, password: str, *, check: bool) -> bytes:
    if desk.opened is not None:
        desk.opened.close()
        desk.opened = None
    opened = desk.opened = open_file(Path(path), reader, password, desk.settings)
    problems = (*opened.problems, *(count_problems(opened, reader) if check else ()))
    return encode(Cover(opened.pages.page_count, problems), desk.settings.answer_bytes)
