"""Settings: what was saved comes back, and what makes no sense is said by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import SouvenirError
from core.settings import Settings, load_settings, save_settings


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    chosen = Settings(device="cpu", decode_workers=64, ignore=("*.tmp", "Größe"))
    save_settings(tmp_path / "settings.json", chosen)
    assert load_settings(tmp_path / "settings.json") == chosen
    assert load_settings(tmp_path / "none.json") == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"decode_workers": -3}', "'decode_workers' in .* must be a number from 0 to 64"),
        ('{"decode_workers": 100000}', "'decode_workers' in .* must be a number from 0 to 64"),
        ('{"decode_workers": true}', "'decode_workers' in .* must be a whole number"),
        ('{"decode_workers": 2.5}', "'decode_workers' in .* must be a whole number"),
        ('{"ignore": [1]}', "'ignore' in .* must be a list of texts"),
        ('{"ignore": "*.tmp"}', "'ignore' in .* must be a list"),
        ('{"model": null}', "'model' in .* must be text"),
        ('{"device": "banana"}', "'device' in .* must be one of auto, cuda, mps, cpu"),
        ('{\n "model": starter\n}', "not valid JSON from line 2, column 11 on"),
        ("", "not valid JSON from line 1, column 1 on"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a table"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, "utf-8")
    with pytest.raises(SouvenirError, match=said) as raised:
        load_settings(path)
    assert str(path) in str(raised.value)


def test_settings_that_are_no_text_are_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_bytes(b"\xff\xfe{}")
    with pytest.raises(SouvenirError, match="not JSON in UTF-8"):
        load_settings(tmp_path / "settings.json")


def test_settings_that_cannot_be_kept_are_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a file where the folder should be")
    with pytest.raises(SouvenirError, match="The settings cannot be kept in"):
        save_settings(tmp_path / "library" / "settings.json", Settings())
