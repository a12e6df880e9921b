"""The translations are whole and up to date (`make translations` does that), and are spoken."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator

from app import wording
from app.language import (
    CORE_TEMPLATES,
    PLACE,
    TRANSLATIONS,
    core_text,
    filled,
    language_name,
    speak,
    spoken,
    template_pattern,
    wanted_language,
)
from app.settings.model_import import ImportDialog
from app.widgets.dialog import Dialog
from core.errors import QueryError
from core.search.query import parse_query

ROOT = Path(__file__).parents[2]
BRACES = re.compile(r"\{[^}]*\}")
LATIN = re.compile(r"[A-Za-z]{2}")


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "souvenir_translations", ROOT / "packaging" / "translations.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


TOOL = tool()
FOUND = TOOL.collect()
KNOWN = TOOL.read_ts(TOOL.ts_file("zh_CN"))


@pytest.fixture
def chinese(qapp: QCoreApplication) -> Iterator[None]:
    owner = QObject(qapp)
    before = QLocale()
    assert speak("zh_CN", owner) == "zh_CN"
    yield
    for translator in owner.findChildren(QTranslator):
        QCoreApplication.removeTranslator(translator)
    QLocale.setDefault(before)


# The files


def test_every_text_is_translated() -> None:
    assert [text for text in FOUND.texts if not KNOWN.get(text)] == []
    assert FOUND.unclear == []


def test_nothing_is_translated_that_is_no_more() -> None:
    assert [text for text in KNOWN if text not in FOUND.texts] == []
    assert CORE_TEMPLATES.read_text("utf-8") == TOOL.core_templates(FOUND.texts)


def test_translations_have_the_same_places() -> None:
    for text, translation in ((t, k) for t, k in KNOWN.items() if k):
        assert sorted(set(BRACES.findall(text.source))) == sorted(
            set(BRACES.findall(translation))
        ), text
        assert text.source.endswith("…") == translation.endswith("…"), text
        assert text.source.count("\n") == translation.count("\n"), text


def test_what_the_window_loads_is_what_was_written() -> None:
    loaded = QTranslator()
    assert loaded.load("souvenir_zh_CN", str(TRANSLATIONS))
    for text, translation in KNOWN.items():
        assert loaded.translate(text.context, text.source, text.comment) == translation


def test_chinese_is_written_as_chinese_is() -> None:
    for text, translation in KNOWN.items():
        assert not re.search(r"[\u4e00-\u9fff][,;?!:]", translation), text
        assert not re.search(r"[\u4e00-\u9fff]\.($|\s)", translation), text
        assert "..." not in translation, text


def test_the_texts_of_the_window_are_found(tmp_path: Path) -> None:
    for folder in ("app", "core/cli"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "app" / "page.py").write_text(
        "class Page(Base):\n"
        "    def show(self, many):\n"
        '        self.tr("One" if not many else "Several")\n'
        "        self.tr(self.title)\n"
        "def _tr(text):\n"
        '    return QCoreApplication.translate("words", text)\n'
        'title = _tr("Put "\n    "together")\n'
    )
    (tmp_path / "core" / "files.py").write_text(
        "def read(path, error):\n"
        '    """This is a docstring, for developers."""\n'
        '    log.error("This goes to the log only.")\n'
        "    if not path:\n"
        '        raise ValueError("This is a mistake of ours.")\n'
        '    raise FolderError(f"{path} is no folder ({error.strerror}): " + "choose another.")\n'
    )
    (tmp_path / "core" / "cli" / "out.py").write_text('say("This is for the terminal.")')
    found = TOOL.collect(tmp_path)
    assert {(text.context, text.source) for text in found.texts} == {
        ("Page", "One"),
        ("Page", "Several"),
        ("words", "Put together"),
        ("core", "{path} is no folder ({strerror}): choose another."),
    }
    assert found.unclear == ["app/page.py:4"]


# Speaking


@pytest.mark.parametrize(
    ("choice", "preferred", "language"),
    [
        ("system", ["zh-Hans-CN", "en-US"], "zh_CN"),
        ("system", ["zh-CN"], "zh_CN"),
        ("system", ["zh-Hant-TW", "zh-TW"], "en"),
        ("system", ["de-DE", "zh-CN"], "zh_CN"),
        ("system", ["de-DE"], "en"),
        ("system", [], "en"),
        ("en", ["zh-CN"], "en"),
        ("zh_CN", ["en-GB"], "zh_CN"),
        ("nonsense", ["zh-CN"], "zh_CN"),
    ],
)
def test_the_language_is_the_chosen_one_or_the_first_that_is_spoken(
    choice: str, preferred: list[str], language: str
) -> None:
    assert wanted_language(choice, preferred) == language


def test_languages_call_themselves_by_their_own_name() -> None:
    assert language_name("zh_CN") == "简体中文"


@pytest.mark.usefixtures("chinese")
def test_the_window_speaks_chinese_in_its_numbers_and_dates_too() -> None:
    assert spoken() == "zh_CN"
    assert wording.photos(18_904) == "18,904 张照片"
    assert wording.moment("2011-08-12T17:42:10") == "2011年8月12日 17:42"


@pytest.mark.usefixtures("chinese")
def test_what_a_base_class_says_is_translated_in_every_dialog(qtbot: object) -> None:
    assert qtbot is not None
    assert Dialog("x").cancel.text() == "取消"
    made = ImportDialog(Path("/a/model.pt"), None)  # type: ignore[arg-type]
    assert made.cancel.text() == "取消"
    assert made.windowTitle() == "导入模型"


# What core says


@pytest.mark.usefixtures("chinese")
def test_a_sentence_of_core_is_said_in_the_language_of_the_window() -> None:
    sentence = "/a {b} is not a folder: check the name, or plug its disk in."
    assert core_text(sentence) == "/a {b} 不是文件夹：请检查名称，或连接所在磁盘。"
    assert core_text("The file is empty.") == "文件是空的。"


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    "query", ["date:yesteryear", "date:2021-13", "rating:9", "size:5", "has:x", "is:x", "size:abc"]
)
def test_what_is_wrong_with_a_filter_is_too(query: str) -> None:
    with pytest.raises(QueryError) as wrong:
        parse_query(query)
    said = core_text(str(wrong.value))
    assert said.startswith(f"“{query.partition(':')[2]}”（第 1 个字符处）")
    assert said.endswith("。")


@pytest.mark.usefixtures("chinese")
def test_a_sentence_within_a_sentence_is_too() -> None:
    reason = "The CPU is used because torch 2.15.0 was built for the CPU only."
    assert core_text(reason) == "使用 CPU：torch 2.15.0 仅支持 CPU。"


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("text", ["", "IMG_1.JPG", "Permission denied", "{", "100 %"])
def test_anything_else_stays_as_it_is(text: str) -> None:
    assert core_text(text) == text


def test_in_english_everything_stays_as_it_is() -> None:
    assert core_text("The file is empty.") == "The file is empty."


@pytest.mark.usefixtures("chinese")
def test_every_sentence_is_known_again_whatever_stands_in_its_places() -> None:
    for template in CORE_TEMPLATES.read_text("utf-8").splitlines():
        values = {name: f"⟦{name}, 1⟧" for name in PLACE.findall(template)}
        sentence = filled(template, values)
        assert template_pattern(template).fullmatch(sentence)
        translation = QCoreApplication.translate("core", template)
        assert core_text(sentence) == filled(translation, values)
