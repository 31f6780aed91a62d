"""A source and how it is to be read in; what the cache holds of that out."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from shinchoku.settings import Settings
from shinchoku.sources import Source
from shinchoku.workers.answers import LAYERS, Cover
from shinchoku.workers.cache import Cache
from shinchoku.workers.codec import CodecError, decode
from shinchoku.workers.pool.jobs import Job, Leaf
from shinchoku.workers.wire import Message


@dataclass(frozen=True, slots=True)
class Kept:
    """What the cache holds of a file: its cover, and pages still packed; `is_whole` says that none is
    missing."""

    cover: Cover | None = None
    pages: Mapping[int, Message] = field(default_factory=dict)
    is_whole: bool = False


def key_of(source: Source, settings: Settings, reader: str, password: str, work: str) -> str:
    """The name of a file's entries: all that decides what is made of its pages, but for the code."""
    bounds = (settings.pages, settings.glyphs, settings.marks, settings.answer_bytes, settings.paper)
    return hashlib.sha256(repr((source.sha256, reader, password, work, bounds)).encode()).hexdigest()


def kept_of(cache: Cache, key: str, settings: Settings) -> Kept:
    """What there is under `key`."""
    found = cache.load(key, 0)
    with suppress(CodecError):
        if found is not None:
            cover = decode(found.body, Cover, settings.answer_bytes)
            count = min(cover.page_count, settings.pages)
            messages = {page: cache.load(key, page) for page in range(1, count + 1)}
            pages = {page: message for page, message in messages.items() if message is not None}
            return Kept(cover, pages, len(pages) == count)
    return Kept()


def recall(job: Job, kept: Kept, kind: type, settings: Settings) -> None:
    """Put what was kept into a job, the pages unpacked as values of `kind`; one that cannot be is to be
    read anew."""
    for page, message in kept.pages.items():
        if message.head.get("layer") in LAYERS:
            with suppress(CodecError):
                value: object = decode(message.body, kind, settings.answer_bytes)
                job.leaves[page] = Leaf(value, message.head["layer"])
    if kept.cover is not None:
        job.cover(kept.cover, settings)
