"""A session in; the application that serves its page to one browser on this machine out."""

import io
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from shinchoku.people import Correction, Review
from shinchoku.people.lists import CORRECTION_COLUMNS, check_filled, correction_of
from shinchoku.problems import ShinchokuError
from shinchoku.report.html import asset
from shinchoku.review.guard import TOO_LARGE, Guard
from shinchoku.review.html import page, script
from shinchoku.review.notebook import OutdatedError
from shinchoku.review.payload import report_payload
from shinchoku.review.session import Session
from shinchoku.settings import BODY_BYTES, LARGEST_SCALE

Body = dict[str, Any]
Answer = Callable[[Session, Body], Any]


def application(session: Session, token: str, port: int) -> ASGIApp:
    """The application, all of it behind the guard (see `Guard`)."""
    inner = Starlette(
        routes=[
            Route("/", _fixed(page, HTMLResponse)),
            Route("/page.css", _fixed(lambda: asset("review", "page.css"), Response, "text/css")),
            Route("/page.js", _fixed(script, Response, "text/javascript")),
            Route("/api/reports", _asked(session, _reports)),
            Route("/api/report", _asked(session, _opened)),
            Route("/picture", _picture(session)),
            *(
                Route(f"/api/{name}", _told(session, answer), methods=["POST"])
                for name, answer in (("preview", _preview), ("keep", _keep), ("undo", _undo), ("sign", _sign))
            ),
        ]
    )
    return Guard(inner, token, (f"127.0.0.1:{port}", f"localhost:{port}"))


def _fixed(
    make: Callable[[], str], kind: type[Response], media: str | None = None
) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        return kind(make(), media_type=media)

    return answer


def _asked(session: Session, make: Answer) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        return _answer(session, make, dict(request.query_params))

    return answer


def _told(session: Session, make: Answer) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        sent = b""
        async for piece in request.stream():
            sent += piece
            if len(sent) > BODY_BYTES:
                return PlainTextResponse(TOO_LARGE[1], TOO_LARGE[0])
        try:
            body = json.loads(sent)
        except ValueError:
            return PlainTextResponse("no JSON", 400)
        if not isinstance(body, dict) or not all(isinstance(value, str) for value in body.values()):
            return PlainTextResponse("an object of texts is wanted", 400)
        return await run_in_threadpool(_answer, session, make, body)

    return answer


def _answer(session: Session, make: Answer, body: Body) -> Response:
    """What `make` gives as JSON; a refusal with its reason."""
    try:
        return JSONResponse(make(session, body))
    except KeyError as error:
        return JSONResponse({"error": f"{error.args[0]} is missing"}, 400)
    except ValueError as error:
        return JSONResponse({"error": str(error)}, 400)
    except OutdatedError as error:
        return JSONResponse({"error": asdict(error.said), "outdated": True}, 409)
    except ShinchokuError as error:
        return JSONResponse({"error": asdict(error.said)}, 422)


def _picture(session: Session) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        asked = request.query_params
        try:
            scale = min(float(asked.get("scale", "2")), LARGEST_SCALE)
            picture = session.picture(asked.get("report", ""), int(asked.get("page", "1")), scale)
        except (ValueError, ShinchokuError) as error:
            return PlainTextResponse(str(error), 404)
        held = io.BytesIO()
        picture.save(held, "PNG", compress_level=1)
        return Response(held.getvalue(), media_type="image/png")

    return answer


def _reports(session: Session, body: Body) -> Any:
    return list(session.sources)


def _opened(session: Session, body: Body) -> Any:
    session.catch_up(body["report"])
    return _report(session, body)


def _report(session: Session, body: Body) -> Any:
    report_id = body["report"]
    with session.lock:
        report = session.report(report_id)
        pages = session.reading(report_id).raw_pages
        people = session.people().of(report_id)
        return report_payload(report, pages, people, session.state(), session.data)


def _preview(session: Session, body: Body) -> Any:
    return asdict(session.preview(_correction(body)))


def _keep(session: Session, body: Body) -> Any:
    session.keep(_correction(body), body["seen"])
    return _report(session, {"report": body["report_id"]})


def _undo(session: Session, body: Body) -> Any:
    session.undo(body["key"], body["seen"])
    return _report(session, {"report": body["report"]})


def _sign(session: Session, body: Body) -> Any:
    check_filled(body, "by")
    review = Review(
        body["report"],
        int(body["page"]),
        body["digest"],
        body["by"].strip(),
        _today(),
        body.get("remark", ""),
    )
    session.sign(review, body["seen"])
    return _report(session, {"report": body["report"]})


def _correction(body: Body) -> Correction:
    return correction_of({name: body.get(name, "") for name in CORRECTION_COLUMNS} | {"date": _today()})


def _today() -> str:
    return date.today().isoformat()
