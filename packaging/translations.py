"""Brings the translations up to date: `make translations`.

Finds every text that the window can show: those of `app` where they are marked for translation,
and the sentences of `core`, which are written in English where they arise. Adds them to the .ts
files in resources/translations, takes out those that are no more, and has Qt's lrelease make the
.qm files that the window loads. `core.txt` lists the sentences of core, by which the window knows
them again (app/language.py).
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import defusedxml.ElementTree

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "resources" / "translations"
LANGUAGES = ("zh_CN",)
CORE = "core"
BUILT_IN_LABELS = "built_in_labels"
CORE_TEMPLATES = TRANSLATIONS / "core.txt"
PLACE = re.compile(r"\{(\w+)\}")
# What is sure to be a sentence for people, wherever in core it stands; SQL is shown to nobody.
SENTENCE = re.compile(r"(?![A-Z]{3})[A-Z'“{].*\s.*\s.*[^ ][.?:]|[ ]\(at .*\)", re.DOTALL)
LEAST_LETTERS = 6  # outside its places: a template of less would be found in anything
# Arguments and variables that are shown to people, beside the first argument of an error.
SHOWN_NAMES = {"description", "reason", "cuda_problem", "mps_problem"}
# Errors whose text is a word for other code, not a sentence for a person.
CODES = {
    "FilingError",
    "IptcError",
    "JpegError",
    "NotFittingError",
    "NotIntoFileError",
    "PacketError",
    "PlaceNamedError",
}
NOT_SHOWN = {"AssertionError", "KeyError", "RuntimeError", "TypeError", "ValueError", "OSError"}


@dataclass(frozen=True, order=True)
class Text:
    """A text to translate; `comment` tells two of the same source apart."""

    context: str
    source: str
    comment: str = ""


@dataclass
class Found:
    """Texts with the files they stand in; `unclear`: calls that no text can be read from."""

    texts: dict[Text, set[str]] = field(default_factory=dict)
    unclear: list[str] = field(default_factory=list)

    def add(self, text: Text, file: str) -> None:
        """Note where a text stands."""
        self.texts.setdefault(text, set()).add(file)


def collect(root: Path = ROOT) -> Found:
    """Every text of the window and of core."""
    found = Found()
    for path in sorted((root / "app").rglob("*.py")):
        _Window(found, path.relative_to(root).as_posix()).read(path)
    for path in sorted((root / "core").rglob("*.py")):
        if "cli" not in path.relative_to(root).parts:
            _Core(found, path.relative_to(root).as_posix()).read(path)
    for path in sorted((root / "resources" / "labels").glob("*.toml")):
        for text in _of_labels(tomllib.loads(path.read_text("utf-8"))):
            found.add(Text(BUILT_IN_LABELS, text), path.relative_to(root).as_posix())
    return found


def _of_labels(built_in: dict[str, Any]) -> Iterator[str]:
    """What a built-in label set is called, and what is in it; prompts are for models."""
    yield from (built_in["name"], built_in["description"])
    for label in built_in["labels"]:
        yield from (label[key] for key in ("name", "group") if key in label)


class _Window(ast.NodeVisitor):
    """self.tr("…"), QCoreApplication.translate("Context", "…"), and functions that wrap it."""

    def __init__(self, found: Found, file: str) -> None:
        self.found, self.file = found, file
        self.classes: list[str] = []
        self.wrappers: dict[str, str] = {}

    def read(self, path: Path) -> None:
        """Collect what one module shows."""
        tree = ast.parse(path.read_text("utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and (context := _wrapped(node)):
                self.wrappers[node.name] = context
        self.visit(tree)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Know in which class one is."""
        self.classes.append(node.name)
        self.generic_visit(node)
        self.classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Pass over the wrappers themselves."""
        if self.classes or node.name not in self.wrappers:
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Take in a call that translates."""
        self.generic_visit(node)
        called, arguments = node.func, node.args
        if isinstance(called, ast.Name) and called.id in self.wrappers:
            self._take(self.wrappers[called.id], arguments, node)
        elif isinstance(called, ast.Attribute) and called.attr == "tr":
            owner = called.value
            known = isinstance(owner, ast.Name) and owner.id == "self" and self.classes
            self._take(self.classes[-1] if known else None, arguments, node)
        elif (
            isinstance(called, ast.Attribute)
            and called.attr == "translate"
            and isinstance(called.value, ast.Name)
            and called.value.id == "QCoreApplication"
        ):
            context = arguments[0]
            if isinstance(context, ast.Constant):
                self._take(str(context.value), arguments[1:], node)

    def _take(self, context: str | None, arguments: list[ast.expr], node: ast.Call) -> None:
        sources = list(_literals(arguments[0])) if arguments else []
        comment = next(_literals(arguments[1]), "") if len(arguments) > 1 else ""
        if context is None or not sources or None in sources:
            self.found.unclear.append(f"{self.file}:{node.lineno}")
        for source in sources:
            if context is not None and source is not None:
                self.found.add(Text(context, source, comment or ""), self.file)


def _wrapped(function: ast.FunctionDef) -> str | None:
    """The context of a function that does nothing but translate its argument."""
    last = function.body[-1]
    if not isinstance(last, ast.Return) or not isinstance(last.value, ast.Call):
        return None
    call = last.value
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "translate":
        return None
    if len(call.args) < 2 or not isinstance(call.args[1], ast.Name):
        return None
    context = call.args[0]
    return str(context.value) if isinstance(context, ast.Constant) else None


def _literals(node: ast.expr) -> Iterator[str | None]:
    """The texts that an argument can be; None where it can be something else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    else:
        yield None


class _Core(ast.NodeVisitor):
    """Sentences: what errors say, and every other text that reads like one."""

    def __init__(self, found: Found, file: str) -> None:
        self.found, self.file = found, file

    def read(self, path: Path) -> None:
        """Collect what one module says."""
        self.visit(ast.parse(path.read_text("utf-8")))

    def visit_Expr(self, node: ast.Expr) -> None:
        """Pass over docstrings."""
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        """Pass over what only developers see."""
        error = node.exc
        name = _called(error) if isinstance(error, ast.Call) else ""
        if name not in NOT_SHOWN:
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Take in what an error or a notice says; pass over the log."""
        name = _called(node)
        if isinstance(node.func, ast.Attribute) and _root(node.func) in {"log", "logging"}:
            return
        shown = name == "Trouble" or (name.endswith("Error") and name not in CODES)
        for number, argument in enumerate(node.args):
            self._take(argument, sure=shown and number == 0)
        for keyword in node.keywords:
            self._take(keyword.value, sure=keyword.arg in SHOWN_NAMES)
        self.visit(node.func)

    def visit_Assign(self, node: ast.Assign) -> None:
        """Take in what is noted to be shown later."""
        for target in node.targets:
            names, values = [target], [node.value]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                names, values = target.elts, node.value.elts
            for number, value in enumerate(values):
                name = names[min(number, len(names) - 1)]
                self._take(value, sure=isinstance(name, ast.Name) and name.id in SHOWN_NAMES)

    def visit_Constant(self, node: ast.Constant) -> None:
        """Take in a text that reads like a sentence."""
        self._take(node, sure=False)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """The same for one with values in it."""
        self._take(node, sure=False)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        """The same for one that is put together."""
        self._take(node, sure=False)

    def _take(self, node: ast.expr, *, sure: bool) -> None:
        if sure and isinstance(node, ast.IfExp):
            self._take(node.body, sure=True)
            self._take(node.orelse, sure=True)
            self.visit(node.test)
            return
        template = template_of(node)
        if template is None:
            if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp):
                self.generic_visit(node)
            else:
                self.visit(node)
            return
        letters = len(PLACE.sub("", template).strip(" .:;,()'“”"))
        if letters >= LEAST_LETTERS and (sure or SENTENCE.fullmatch(template)):
            self.found.add(Text(CORE, template), self.file)
        for value in ast.walk(node):
            if isinstance(value, ast.FormattedValue):
                self.visit(value.value)


def template_of(node: ast.expr) -> str | None:
    """A text with {names} for its values, as "{path} is not a folder."; None for anything else."""
    names: dict[str, str] = {}  # what a value is written as → its name
    text = _template(node, names)
    return text or None


def _template(node: ast.expr, names: dict[str, str]) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _template(node.left, names), _template(node.right, names)
        if left is None and right is None:
            return None
        left = _place(node.left, names) if left is None else left
        return left + (_place(node.right, names) if right is None else right)
    if isinstance(node, ast.JoinedStr):
        parts = []
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                parts.append(_place(part.value, names))
            else:
                parts.append(_template(part, names) or "")
        return "".join(parts)
    return None


def _place(value: ast.expr, names: dict[str, str]) -> str:
    written = ast.unparse(value)
    if written not in names:
        name = _name(value)
        taken = list(names.values())
        numbered = (f"{name}{number or ''}" for number in [0, *range(2, 99)])
        names[written] = next(candidate for candidate in numbered if candidate not in taken)
    return f"{{{names[written]}}}"


def _name(value: ast.expr) -> str:
    """A name for translators to know a value by."""
    if isinstance(value, ast.Name):
        return value.id.strip("_").lower()
    if isinstance(value, ast.Attribute):
        owner = value.value
        plain = isinstance(owner, ast.Name) and value.attr in {"name", "path"}
        return f"{_name(owner)}_{value.attr}" if plain else value.attr.strip("_").lower()
    if isinstance(value, ast.Call):
        return _name(value.args[0]) if value.args and _called(value) == "str" else "value"
    return "value"


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


# Files of Qt's translators


def ts_file(language: str) -> Path:
    """Where the translations of a language are written."""
    return TRANSLATIONS / f"souvenir_{language}.ts"


def read_ts(path: Path) -> dict[Text, str]:
    """The translations in a .ts file; "" for those that are still to be made."""
    if not path.exists():
        return {}
    translations = {}
    for context in defusedxml.ElementTree.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            text = Text(name, message.findtext("source") or "", message.findtext("comment") or "")
            translations[text] = message.findtext("translation") or ""
    return translations


def write_ts(path: Path, language: str, found: Found, known: dict[Text, str]) -> None:
    """Write every text that was found, with the translations that are known."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for text in sorted(found.texts):
        if text.context not in contexts:
            contexts[text.context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[text.context], "name").text = text.context
        message = ET.SubElement(contexts[text.context], "message")
        for file in sorted(found.texts[text]):
            ET.SubElement(message, "location", filename=f"../../{file}")
        ET.SubElement(message, "source").text = text.source
        if text.comment:
            ET.SubElement(message, "comment").text = text.comment
        translation = ET.SubElement(message, "translation")
        translation.text = known.get(text, "")
        if not translation.text:
            translation.set("type", "unfinished")
    ET.indent(root, "    ")
    body = ET.tostring(root, "unicode", short_empty_elements=False)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(f"{head}{body}\n", "utf-8")


def core_templates(texts: Iterable[Text]) -> str:
    """What stands in core.txt: one sentence a line."""
    return "".join(f"{text.source}\n" for text in sorted(texts) if text.context == CORE)


def main() -> int:
    """Bring everything up to date; 1 when texts are still to be translated, or unclear."""
    found = collect()
    TRANSLATIONS.mkdir(exist_ok=True)
    CORE_TEMPLATES.write_text(core_templates(found.texts), "utf-8")
    missing = 0
    for language in LANGUAGES:
        path = ts_file(language)
        known = read_ts(path)
        write_ts(path, language, found, known)
        missing += sum(not known.get(text) for text in found.texts)
        release = Path(sys.executable).parent / "pyside6-lrelease"
        made = path.with_suffix(".qm")
        subprocess.run([release, "-silent", path, "-qm", made], check=True)  # noqa: S603 - ours
    for place in found.unclear:
        print(f"{place}: no text can be read from this call")
    print(f"{len(found.texts)} texts, {missing} without a translation")
    return 1 if missing or found.unclear else 0


if __name__ == "__main__":
    sys.exit(main())
