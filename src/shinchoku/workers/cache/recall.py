"""A source and how it is to be read in; what the cache holds of that out."""

import hashlib
from contextlib import suppress

from shinchoku.settings import Settings
from shinchoku.sources import Source
from shinchoku.workers.answers import LAYERS, Cover
from shinchoku.workers.cache import Cache
from shinchoku.workers.codec import CodecError, decode
from shinchoku.workers.pool.jobs import Job, Leaf


def key_of(source: Source, settings: Settings, reader: str, password: str, work: str) -> str:
    """The name of a file's entries: all that decides what is made of its pages, but for the code."""
    bounds = (settings.pages, settings.glyphs, settings.marks, settings.answer_bytes, settings.paper)
    return hashlib.sha256(repr((source.sha256, reader, password, work, bounds)).encode()).hexdigest()


def is_kept(cache: Cache | None, key: str, settings: Settings) -> bool:
    """Whether there is an entry for each page of a file; what they are worth shows when they are recalled."""
    cover = _cover(cache, key, settings)
    if cache is None or cover is None:
        return False
    return all(cache.has(key, page) for page in _pages(cover, settings))


def recall(job: Job, cache: Cache | None, kind: type, settings: Settings) -> None:
    """Put what was kept into a job, the pages unpacked as values of `kind`; one that cannot be is to be read
    anew."""
    cover = _cover(cache, job.key, settings)
    if cache is None or cover is None:
        return
    for page in _pages(cover, settings):
        message = cache.load(job.key, page)
        if message is not None and message.head.get("layer") in LAYERS:
            with suppress(CodecError):
                value: object = decode(message.body, kind, settings.answer_bytes)
                job.leaves[page] = Leaf(value, message.head["layer"])
    job.cover(cover, settings)


def _cover(cache: Cache | None, key: str, settings: Settings) -> Cover | None:
    message = cache.load(key, 0) if cache else None
    with suppress(CodecError):
        return decode(message.body, Cover, settings.answer_bytes) if message else None
    return None


def _pages(cover: Cover, settings: Settings) -> range:
    return range(1, min(cover.page_count, settings.pages) + 1)
