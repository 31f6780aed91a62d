"""Whoever is not the page that this server gave out gets nothing from it and changes nothing."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from make.rows.corrections import tables
from make.runs.server import Server, ask, good, serving

pytestmark = pytest.mark.slow

SECRET = b"nobody may read this"
HOSTILE = "<script>document.title=1</script>"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("attacked")
    raw = folder / "raw"
    raw.mkdir()
    rows = [["事業名", "令和元年度 実績"], [HOSTILE, "2か所"]]
    tables(raw / "made.pdf", [((60, 300, 500), rows)])
    (folder / "secret.txt").write_bytes(SECRET)
    with serving(raw, folder / "normalized") as running:
        yield running


def correction(server: Server) -> dict[str, str]:
    payload = json.loads(ask(server, "api/report?report=made")[1])
    return {
        **dict(zip(("page", "table", "row", "col"), ("1", "1", "1", "1"), strict=True)),
        "report_id": "made",
        "kind": "text",
        "printed": "2か所",
        "corrected": "3か所",
        "reason": "誤植",
        "by": "練馬",
        "seen": payload["state"],
    }


def untouched(server: Server) -> bool:
    return not (server.raw / "corrections.csv").exists() and not (server.raw / "reviews.csv").exists()


def test_the_page_is_given_with_a_strict_policy(server: Server) -> None:
    status, body, headers = ask(server, "")
    assert status == 200
    assert b"page.js" in body
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("prefix", ["/", "/wrong/", "//", "/%00/"])
@pytest.mark.parametrize("path", ["", "api/reports", "api/report?report=made", "picture?report=made"])
def test_without_the_token_there_is_nothing(server: Server, prefix: str, path: str) -> None:
    status, body, headers = ask(server, path, prefix=prefix)
    assert status == 403
    assert b"made" not in body
    assert "default-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", ""])
def test_under_another_host_there_is_nothing(server: Server, host: str) -> None:
    assert ask(server, "api/reports", Host=host)[0] in (400, 421)


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
    ],
)
@pytest.mark.parametrize("name", ["keep", "undo", "sign", "preview"])
def test_another_site_changes_nothing(
    server: Server, name: str, changed: dict[str, str], status: int
) -> None:
    body = json.dumps(correction(server)).encode()
    assert ask(server, f"api/{name}", "POST", body, **good(server) | changed)[0] == status
    assert untouched(server)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_are_refused(server: Server, method: str) -> None:
    assert ask(server, "api/keep", method, b"{}", **good(server))[0] == 405


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "..%2f..%2fsecret.txt",
        "page.css/../../../secret.txt",
        "api/report?report=../secret",
        "picture?report=../../secret.txt&page=1",
        "picture?report=made&page=0",
        "picture?report=made&page=-1",
        "picture?report=made&page=99999",
        "picture?report=made&page=1&scale=nan",
        "picture?report=made&page=1&scale=-5",
        "api/report",
    ],
)
def test_no_path_leads_out(server: Server, path: str) -> None:
    status, body, _ = ask(server, path)
    assert status in (400, 404, 422)
    assert body != SECRET


def test_a_picture_is_not_larger_than_a_screen_needs(server: Server) -> None:
    status, body, headers = ask(server, "picture?report=made&page=1&scale=1000000")
    assert status == 200
    assert headers["content-type"] == "image/png"
    assert int.from_bytes(body[16:20], "big") <= 595 * 4 + 1


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="what a process held is told by Linux alone"
)
@pytest.mark.parametrize("said", [True, False])
def test_a_body_of_100_mb_is_refused_and_not_held(server: Server, said: bool) -> None:
    body = (b"x" * 65536 for _ in range(1600))
    before = held(server.pid)
    told = good(server) | ({"Content_Length": str(1600 * 65536)} if said else {})
    assert ask(server, "api/keep", "POST", body, **told)[0] == 413
    assert held(server.pid) - before < 8_000_000
    assert ask(server, "api/reports")[0] == 200
    assert untouched(server)


def held(pid: int) -> int:
    """The most bytes of memory that a process ever held."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return 1024 * int(next(line for line in lines if line.startswith("VmHWM")).split()[1])


def test_a_large_body_is_refused_said_or_not(server: Server) -> None:
    body = b'{"by": "' + b"x" * 2_000_000 + b'"}'
    assert ask(server, "api/sign", "POST", body[:300_000], **good(server))[0] == 413
    told = {**good(server), "Content_Length": "100000000"}
    assert ask(server, "api/sign", "POST", b"{", **told)[0] == 413
    chunks = (body[i : i + 65536] for i in range(0, 600_000, 65536))
    assert ask(server, "api/sign", "POST", chunks, **good(server))[0] == 413
    assert ask(server, "api/reports")[0] == 200
    assert untouched(server)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"nonsense",
        b'{"report": 1}',
        b'{"report": "made"}',
        b'{"report": "made", "page": "1", "digest": "x", "by": " ", "seen": "@"}',
        b'{"report": "made", "page": "x", "digest": "x", "by": "a", "seen": "@"}',
        b'{"report": "none", "page": "1", "digest": "x", "by": "a", "seen": "@"}',
        b'{"report": "made", "page": "1", "digest": "x", "by": "a", "seen": "@"}',
    ],
)
def test_nonsense_is_refused_with_a_reason(server: Server, body: bytes) -> None:
    body = body.replace(b"@", correction(server)["seen"].encode())
    status, said, _ = ask(server, "api/sign", "POST", body, **good(server))
    assert status in (400, 422)
    assert said
    assert untouched(server)


def test_what_does_not_fit_is_not_kept(server: Server) -> None:
    line = correction(server) | {"printed": "9か所"}
    status, said, _ = ask(server, "api/keep", "POST", json.dumps(line).encode(), **good(server))
    assert status == 422
    assert b"fits no cell" in said
    late = correction(server) | {"seen": "0" * 16}
    assert ask(server, "api/keep", "POST", json.dumps(late).encode(), **good(server))[0] == 409
    assert untouched(server)


def test_text_of_a_pdf_stays_text(server: Server) -> None:
    payload = json.loads(ask(server, "api/report?report=made")[1])
    assert HOSTILE in [cell["text"] for cell in payload["cells"]]
    assert HOSTILE.encode() not in ask(server, "")[1]
