"""Bytes into text, whatever encoding they say they are in."""

import codecs
import html
import re

import webencodings
from charset_normalizer import from_bytes

from service.domain.errors import UnreadableDocument

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF_16_STARTS = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
"""Markup in UTF-16 that has no byte order mark."""
# Labels of the standard that stand for no encoding: for one that is no longer read, and for bytes.
_NO_TEXT = frozenset({"replacement", "x-user-defined"})
_LARGER = {"gbk": "gb18030"}
"""Encodings that are read as the larger one which they are part of."""
_IN_MARKUP = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,500}?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)"""
)
_MARKUP_BYTES = 4096
_HUGE_REFERENCE = re.compile(r"&#(?:[xX][0-9a-fA-F]{9,}|[0-9]{11,});?")
_REPLACED = "\ufffd"
_DAMAGE_ALLOWED = 0.1
_LATIN_SHARE = 0.2


def decode(body: bytes, declared: str | None = None) -> str:
    """`body` as text: by its byte order mark, as UTF-8, as declared, or by what it looks like.

    `declared` is the charset of the `Content-Type` header. Bytes that are good UTF-8 are UTF-8
    whatever was declared: servers are often wrong, and other encodings hardly ever look like it.
    Raises UnreadableDocument for bytes that are not text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(codecs.BOM_UTF8) if encoding == "utf-8" else 0 :].decode(
                encoding, "replace"
            )
    candidates = [name for name in (_codec(declared), _codec(_in_markup(body))) if name]
    if b"\0" in body[:_MARKUP_BYTES]:
        candidates = [name for name in candidates if name.startswith("utf-16")]
        candidates += [name for start, name in _UTF_16_STARTS if body.startswith(start)]
        if not candidates:
            raise UnreadableDocument("this is binary data, not text: give HTML or plain text")
    elif b"\x1b" not in body:  # the escapes of iso-2022-jp are good UTF-8 too
        candidates.insert(0, "utf-8")
    readings = (_undamaged(body, encoding) for encoding in candidates)
    return next((text for text in readings if text is not None), None) or _guessed(body)


def unescape(text: str) -> str:
    """Character references replaced; a number longer than any character has is U+FFFD: Python
    refuses to read one of thousands of digits."""
    return html.unescape(without_huge_references(text))


def without_huge_references(text: str) -> str:
    """`text` with U+FFFD for references whose number is longer than any character has."""
    return _HUGE_REFERENCE.sub(_REPLACED, text)


def _in_markup(body: bytes) -> str | None:
    match = _IN_MARKUP.search(body[:_MARKUP_BYTES])
    return match[1].decode("ascii", "replace") if match else None


def _codec(name: str | None) -> str | None:
    """Python's name for the encoding that browsers read a label as (WHATWG Encoding Standard):
    Latin-1 is Windows-1252. None for what no page may name, such as utf-7 or punycode."""
    encoding = webencodings.lookup(name or "")
    if encoding is None or encoding.name in _NO_TEXT:
        return None
    return _LARGER.get(encoding.name, str(encoding.codec_info.name))


def _undamaged(body: bytes, encoding: str) -> str | None:
    """The reading, if hardly anything in it is damaged: a cut emoji does not make it Latin-1."""
    text = body.decode(encoding, "replace")
    damage = text.count(_REPLACED)
    if not damage:
        return text
    foreign = sum(character > "\x7f" for character in text)
    return text if damage <= _DAMAGE_ALLOWED * foreign else None


def _guessed(body: bytes) -> str:
    """A reading of bytes that are not UTF-8 and say nothing true of themselves.

    Where few letters are foreign it is a Western text: there the detector confuses code pages that
    differ in a sign or two (£ and Ł), and Windows-1252 is what such files are in.
    """
    western = body.decode("cp1252", "replace")
    letters = [character for character in western if character.isalpha()]
    foreign = sum(letter > "\x7f" for letter in letters)
    if foreign <= _LATIN_SHARE * len(letters):
        return western
    best = from_bytes(body).best()
    return western if best is None else str(best)
