"""Chromium on this machine, and pages in it that hear what is said in their console or asked of others."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

MUST_RUN = os.environ.get("CI") == "true"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

try:
    from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
except ImportError:
    if MUST_RUN:
        raise
    pytest.skip("playwright is not installed", allow_module_level=True)

NEEDED = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None and not MUST_RUN, reason="no Chromium on this machine (Debian: apt install chromium)"
    ),
]
"""The marks of tests that need it."""

QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
"""Chromium asks for nothing by itself."""

expect.set_options(timeout=30_000)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, closed at the end."""
    assert CHROMIUM is not None, "no Chromium: these tests must run where CI=true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, address: str, width: int = 1280, locale: str = "ja-JP") -> Iterator[Page]:
    """A page at this address; at the end nothing was said in its console or asked of others than the
    server."""
    context = browser.new_context(viewport={"width": width, "height": 900}, locale=locale)
    page, said = watched(context, address.split("#")[0])
    page.goto(address)
    yield page
    context.close()
    assert said == []


def watched(context: BrowserContext, allowed: str) -> tuple[Page, list[str]]:
    """A page, and what it says in the console or asks of others than `allowed`: nothing, it is to be."""
    page = context.new_page()
    page.set_default_timeout(20_000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith((allowed, "data:")) else said.append(request.url),
    )
    return page, said
