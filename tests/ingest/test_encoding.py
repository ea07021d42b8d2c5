"""Bytes in all encodings that pages come in, rightly and wrongly declared."""

import codecs

import pytest

from service.domain.errors import UnreadableDocument
from service.ingest.encoding import decode

ENGLISH = "“It’s safe,” the mayor said – at a cost of £3m, as Zoë had said."
RUSSIAN = "Мост через реку снова открыт для движения, сообщил мэр города в пятницу вечером."
JAPANESE = "市長は金曜日に橋が再開したと発表した。工事は三年かかった。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, JAPANESE, "plain"])
def test_marked_text_and_utf_8_need_no_declaration(encoding: str, text: str) -> None:
    """A byte order mark says it all, and is no part of the text."""
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1252", ENGLISH),
        ("windows-1251", RUSSIAN),
        ("koi8-r", RUSSIAN),
        ("shift_jis", JAPANESE),
        ("euc-jp", JAPANESE),
        ("iso-2022-jp", JAPANESE),
        ("gb2312", "市长说"),
        ("utf-16le", ENGLISH),
    ],
)
def test_a_declared_encoding_is_used(encoding: str, text: str) -> None:
    """As the header says it, or the page itself."""
    assert decode(text.encode(encoding), encoding) == text
    if not encoding.startswith("utf-16"):
        page = f'<html><head><meta charset="{encoding}"></head>{text}'
        assert decode(page.encode(encoding)) == page


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1251", "shift_jis", "no-such", ""])
def test_good_utf_8_is_utf_8_whatever_is_declared(declared: str) -> None:
    """Servers declare Latin-1 by default, for pages that are nothing of the kind."""
    assert decode(ENGLISH.encode(), declared) == ENGLISH


def test_latin_1_is_windows_1252() -> None:
    """As all browsers read it: its curly quotes are not control characters."""
    assert decode(ENGLISH.encode("cp1252"), "iso-8859-1") == ENGLISH


def test_a_wrong_utf_8_declaration_falls_through() -> None:
    """Western text keeps its signs: £ does not become the Ł of a neighbouring code page."""
    assert decode(ENGLISH.encode("cp1252"), "utf-8") == ENGLISH
    assert decode(RUSSIAN.encode("cp1251"), "utf-8") == RUSSIAN


def test_one_damaged_byte_does_not_change_the_encoding() -> None:
    """An emoji cut in half costs itself, not every quotation mark of the page."""
    body = (ENGLISH * 5).encode() + "🚢".encode()[:2]
    assert decode(body) == ENGLISH * 5 + "\ufffd"


@pytest.mark.parametrize("declared", ["utf-7", "punycode", "rot13", "zlib", "unicode_escape"])
def test_odd_codecs_are_not_run(declared: str) -> None:
    """What a page may not be in, it cannot have decoded."""
    body = b"caf\xe9 \\u0041 +AGE-"
    assert decode(body, declared) == "café \\u0041 +AGE-"


@pytest.mark.parametrize(
    "body", [b"%PDF-1.7\n\x00\x01\x02", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"]
)
def test_binary_data_is_refused(body: bytes) -> None:
    """A picture has no words, and none are made up from it."""
    with pytest.raises(UnreadableDocument, match="binary"):
        decode(body)


def test_anything_decodes() -> None:
    """Every byte there is, and nothing at all."""
    assert decode(b"") == ""
    assert decode(bytes(range(1, 256)))
    assert decode(codecs.BOM_UTF16_LE + b"a") == "\ufffd"
