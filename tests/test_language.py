"""What is said to people: every message has its Japanese, and each is said in the language asked for."""

import string
from pathlib import Path

import pytest

from make.committed.catalogue import MO, PO, catalogue, written
from make.runs.command import run
from shinchoku.cli import COMMANDS
from shinchoku.cli.told.answer import ReportAnswer
from shinchoku.cli.told.said import where_said
from shinchoku.cli.told.summary import summary
from shinchoku.cli.unchanged import Done
from shinchoku.language import Said, counted, joined, language, say, tell
from shinchoku.text import display_width

LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG", "SHINCHOKU_LANG")


def _fields(text: object) -> set[tuple[str, str, str | None]]:
    assert isinstance(text, str)
    parts = string.Formatter().parse(text)
    return {(name, spec or "", conversion) for _, name, spec, conversion in parts if name is not None}


def test_no_message_is_untranslated_and_every_value_is_said_in_both_languages() -> None:
    messages = [message for message in catalogue() if message.id]
    assert len(messages) > 250
    assert [message.id for message in messages if not all(_said(message.string))] == []
    single = [message for message in messages if isinstance(message.id, str)]
    assert [message.id for message in single if _fields(message.id) != _fields(message.string)] == []
    counted = [message for message in messages if message not in single]
    assert len(counted) >= 3
    for message in counted:
        given = set.union(*map(_fields, _said(message.id)))
        assert all(_fields(text) <= given for text in _said(message.string))


def _said(texts: object) -> tuple[object, ...]:
    """A message's text, or those for one thing and for several."""
    return texts if isinstance(texts, tuple) else (texts,)


def test_the_catalogue_is_as_the_code_needs_it() -> None:
    assert written() == (PO.read_bytes(), MO.read_bytes()), "run make words"


def test_a_message_is_said_in_both_languages_and_so_are_the_messages_in_it() -> None:
    inner = say("there is no such cell")
    said = say("{said}; compare the page with what was read of it", said=inner)
    assert said.en == "there is no such cell; compare the page with what was read of it"
    assert said.ja == "そのセルはありません。読み取った内容をページと照らし合わせてください。"
    assert joined(", ", [inner, inner]) == Said(f"{inner.en}, {inner.en}", f"{inner.ja}、{inner.ja}")
    assert joined("; ", [said, inner]).ja == f"{said.ja}{inner.ja}"
    assert joined("; ", [inner, said]).ja == f"{inner.ja}；{said.ja}"


def test_one_thing_is_no_plural() -> None:
    said = [counted("{n} error", "{n} errors", n) for n in (0, 1, 2)]
    assert [each.en for each in said] == ["0 errors", "1 error", "2 errors"]
    assert [each.ja for each in said] == ["エラー 0件", "エラー 1件", "エラー 2件"]


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "SHINCHOKU_LANG": "en"}, "en"),
        ({"LANG": "en_GB.UTF-8", "SHINCHOKU_LANG": "ja"}, "ja"),
    ],
)
def test_the_language_is_that_of_the_variable_or_else_of_the_locale(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name in LOCALES:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language() == expected
    assert (
        tell(say("there is no such table"))
        == {"en": "there is no such table", "ja": "その表はありません"}[expected]
    )


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_japanese_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("SHINCHOKU_LANG", "ja")
    shown = run(*([command] if command else []), "--help")
    assert shown.exit_code == 0
    assert "使い方：" in shown.output
    assert "この説明を表示して終了します。" in shown.output
    assert "Folder" not in shown.output
    assert "Example" not in shown.output


def test_what_click_says_is_in_japanese_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHINCHOKU_LANG", "ja")
    for arguments, said in (
        (["extrakt"], "コマンド 'extrakt' はありません。"),
        (
            ["show", "x", "--severity", "bad"],
            "'bad' は次のいずれでもありません：'error', 'warning', 'info'。",
        ),
        (["draw", "x.pdf", "--pages", "x"], "'x' はページでも、3-5 のようなページの範囲でもありません。"),
        (["diff", "one"], "次の引数が必要です： 'NEW'."),
        (["export", "a", "b.xlsx", "c"], "余分な引数があります（c）。"),
        (["nothing"], " [オプション] コマンド [引数]...\n"),
        (["fleet", "--help"], " [オプション] SRC OUT\n"),
        (["fleet", "--help"], "  --cpus 整数            この機器"),
        (["draw", "x.pdf", "--scale", "x"], "'x' は 数値 として正しくありません。"),
        (["forget", "x", "--data", "/nowhere"], "フォルダー '/nowhere' がありません。"),
    ):
        assert said in run(*arguments).output
    assert "\nコマンド:\n" in run("--help").output


def test_columns_of_the_summary_stand_below_their_headings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHINCHOKU_LANG", "ja")
    summary([Done(ReportAnswer("fy2019_made", "", 56, 69, 402, 96, 0, 0, 0, 0, 0, 1.6), ())])
    heading, row = capsys.readouterr().out.splitlines()
    assert heading.split() == [
        "報告書",
        "ページ",
        "表",
        "事業",
        "指標",
        "目標",
        "エラー",
        "警告",
        "情報",
        "秒",
    ]
    assert display_width(heading) == display_width(row)


def test_an_error_is_said_in_the_language_of_the_option(tmp_path: Path) -> None:
    asked = ("extract", "--raw", tmp_path / "nowhere")
    said = run("--lang", "ja", *asked)
    assert (said.exit_code, "フォルダーがありません" in said.stderr) == (2, True)
    assert "フォルダーがありません" not in run(*asked).stderr


def test_a_place_is_listed_as_each_language_lists() -> None:
    said = where_said(1, 2, None, 4)
    assert (said.en, said.ja) == ("page 1, table 2, column 4", "1ページ、表2、列4")
    assert where_said(None, None, None, None) == Said("", "")
