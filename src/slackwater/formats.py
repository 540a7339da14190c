"""A saved file → its text: bytes in whatever encoding, HTML, and what `containers` opens; all else is refused by name.

`decode` guesses the encoding and says what it guessed; `read` picks the way by the
file's name and first bytes; `slackwater.cleaning.htmlpages` reads the HTML itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import NamedTuple

from slackwater import containers

SIGNATURES = [
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (Word, Excel, EPUB ...)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"RIFF", "a RIFF file (WebP, WAV, AVI)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"ID3", "an MP3 file"),
    (b"OggS", "an Ogg file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"{\\rtf", "an RTF file"),
]
REFUSED = "Save the page as text or HTML again, or list it under skip."
_BOMS = [
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
]
# characters a page is made of: ASCII and Latin, Greek, Cyrillic; punctuation, arrows and signs; CJK, kana, Hangul
_ORDINARY = re.compile(
    "[\t\n\r\x20-\x7e\xa0-\u058f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0e7f\u1e00-\u1fff\u2000-\u27bf"
    "\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]"
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset=["']?\s*([\w.:-]{2,30})""", re.I)
_CENTRAL_EUROPE = frozenset("pl cs sk hu sl hr bs ro sq".split())  # the languages written in cp1250
_SAMPLE = 200_000
_WHOLE: dict[str, Callable[[bytes], str | bytes]] = {
    ".docx": containers.docx,
    ".pdf": containers.pdf,
    ".mhtml": containers.mhtml,
    ".mht": containers.mhtml,
    ".webarchive": containers.webarchive,
}
KINDS = (".md", ".markdown", *_WHOLE)
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_MARKDOWN_LINK = re.compile(r"\]\((?:https?:/)?/")


class Loaded(NamedTuple):
    """A file as text: whether it is HTML, the encoding it was read in, and the fault that left it unread."""

    text: str
    html: bool
    encoding: str
    fault: str | None


def decode(data: bytes) -> tuple[str, str, str | None]:
    """(text, encoding, fault) of a text file's bytes; never raises.

    Byte order marks decide first. NUL bytes are tested before UTF-8, because UTF-16
    of plain English without a mark is valid UTF-8 full of NULs. What is not UTF-8 is
    left to charset-normalizer. `fault` is a message without the file's name; then the text is "".
    """
    kind = next((name for mark, name in SIGNATURES if data.startswith(mark)), None)
    if kind and not _reads_as_text(data):
        return "", "binary", f"is {kind}, not text. {REFUSED}"
    if not data.strip(b" \t\r\n\x00"):
        return "", "utf-8", f"is empty. {REFUSED}"
    for mark, name in _BOMS:
        if data.startswith(mark):
            text = data.decode(name, "replace")
            if not _broken(text):
                return text, name, None
    if b"\x00" in data:
        return _with_nuls(data)
    try:
        return data.decode("utf-8"), "utf-8", None
    except UnicodeDecodeError:
        pass
    return _not_utf8(data)


def _reads_as_text(data: bytes) -> bool:
    """Whether bytes that begin like a known file are plain text all the same ("RIFF raff ...", "ID3 tags")."""
    head = data[:2048]
    return b"\x00" not in head and not head.startswith((b"%PDF-", b"{\\rtf", b"PK")) and head.isascii()


def _broken(text: str) -> bool:
    return text.count("\ufffd") > max(2, len(text) // 100)


def _with_nuls(data: bytes) -> tuple[str, str, str | None]:
    """Bytes that hold NULs: UTF-16 without a mark, text with a few stray NULs, or no text at all."""
    if data.count(b"\x00") <= max(3, len(data) // 1000):
        rest = data.replace(b"\x00", b"")
        try:
            return rest.decode("utf-8"), "utf-8", None
        except UnicodeDecodeError:
            pass
    sample = data[: _SAMPLE - _SAMPLE % 2]
    if len(sample) % 2:
        sample = sample[:-1]
    shares = {}
    for name in ("utf-16-le", "utf-16-be"):
        read = sample.decode(name, "replace")
        shares[name] = len(_ORDINARY.findall(read)) / max(len(read), 1)
    name = max(shares, key=lambda k: shares[k])
    if shares[name] >= 0.97:
        return data.decode(name, "replace").rstrip("\ufffd"), name, None
    return "", "binary", f"holds binary data (NUL bytes), not text. {REFUSED}"


def _not_utf8(data: bytes) -> tuple[str, str, str | None]:
    """Bytes that are not UTF-8: nearly UTF-8, the encoding the page itself names, or a guess."""
    mended = data.decode("utf-8", "replace")
    wrong = mended.count("\ufffd")
    right = len(
        re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", data[:_SAMPLE])
    )
    if right >= 4 * wrong and wrong <= max(3, len(data) // 2000):
        return mended, f"utf-8 ({wrong} broken)", None
    if named := _CHARSET.search(data[:4096]):
        try:
            name = named[1].decode("ascii").lower()
            name = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin1": "cp1252"}.get(name, name)
            return data.decode(name), name, None
        except (LookupError, UnicodeDecodeError):
            pass
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    best = from_bytes(sample).best()
    guess = {"gb2312": "gb18030", "gbk": "gb18030"}.get(best.encoding, best.encoding) if best else "cp1252"
    if not _multibyte(guess) and not _other_script(sample, guess):
        guess = _western(sample, guess)
    text = data.decode(guess, "replace")
    if guess == "cp1252" and len(re.findall(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]", text)) > max(8, len(text) // 50):
        return "", "binary", f"holds binary data, not text. {REFUSED}"
    return text, guess, None


def _multibyte(name: str) -> bool:
    return name.startswith(("gb", "big5", "shift", "cp932", "euc", "johab", "cp949", "iso2022", "hz", "utf", "cp950"))


def _other_script(sample: bytes, guess: str) -> bool:
    """Whether *guess* reads the sample as mostly Cyrillic, Greek, Hebrew, Arabic or Thai words."""
    letters = [c for c in sample.decode(guess, "replace") if c.isalpha() and not c.isascii()]
    return len(letters) > 20 and sum(c >= "\u0370" for c in letters) > 0.9 * len(letters)


def _western(sample: bytes, guess: str) -> str:
    """cp1252, or cp1250 where the text so read is in a language that is written in cp1250.

    Their letters share code points (German is the same bytes in both), so a guess
    between them says nothing; curly quotes are in both, not in ISO 8859-1.
    """
    from slackwater.cleaning import languages

    central = sample.decode("cp1250", "replace")
    if central != sample.decode("cp1252", "replace") and languages.detect(central) in _CENTRAL_EUROPE:
        return max(("cp1250", "iso8859-2"), key=lambda name: sum(map(str.isalpha, sample.decode(name, "replace"))))
    return (
        guess
        if guess in ("cp1254", "cp1257")
        and languages.detect(sample.decode(guess, "replace")) in ("tr", "az", "lt", "lv", "et")
        else "cp1252"
    )


def read(name: str, data: bytes) -> Loaded:
    """The text of the file called *name*: .txt and .html in any encoding, and KINDS; never raises.

    A .txt that holds HTML is read as HTML, one with many links of Markdown as Markdown. Any other kind is refused
    by its name.
    """
    ending = PurePosixPath(name).suffix.lower()
    if ending not in ("", ".txt", ".text", ".html", ".htm", ".xhtml", *KINDS):
        return Loaded("", False, "unread", f"{ending} files are not read. {REFUSED}")
    if ending in _WHOLE:
        return _opened(ending, data)
    text, encoding, fault = decode(data)
    if fault:
        return Loaded("", False, encoding, fault)
    text = _spelt(text)
    html = ending in (".html", ".htm", ".xhtml") or bool(
        re.match(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)\b", text, re.I)
    )
    if ending in (".md", ".markdown") or (not html and _is_markdown(text)):
        return Loaded(containers.markdown(text), False, encoding, None)
    return Loaded(text, html, encoding, None)


def _is_markdown(text: str) -> bool:
    """Whether a text has links of Markdown, and blank lines, without which all its paragraphs were one."""
    return len(_MARKDOWN_LINK.findall(text)) >= 5 and 20 * len(_BLANK_LINE.findall(text)) >= text.count("\n")


def _opened(ending: str, data: bytes) -> Loaded:
    """The page within a file of another program, where the package that opens it is installed."""
    try:
        found = _WHOLE[ending](data)
    except ImportError as missing:
        return Loaded("", False, "unread", f"{ending} files need the package {missing.name}. {REFUSED}")
    except Exception as error:  # the libraries raise many kinds for broken files
        return Loaded("", False, "unread", f"is not a readable {ending} file ({type(error).__name__}). {REFUSED}")
    if isinstance(found, bytes):
        text, encoding, fault = decode(found)
        return Loaded(text, not fault, encoding, fault)
    if not found.strip():
        return Loaded("", False, "unread", f"holds no text (a scan?). {REFUSED}")
    return Loaded(_spelt(found), False, ending[1:], None)


def _spelt(text: str) -> str:
    """*text* with letters that were printed as one taken apart: no rule knows an "oﬃce"."""
    return text if text.isascii() else _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
