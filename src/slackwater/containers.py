"""What programs save pages as beside text and HTML: Word, PDF, web archives and Markdown.

Each function raises ValueError and whatever its library raises where the bytes are not what they are called.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_UNFOLDED = 50_000_000  # bytes of a Word file's parts, as its directory states them; zipfile reads no more than that
_OF_DOMAINS = ("punycode", "idna")  # take time by the square of the length
_ENDS = (".", "!", "?", "”", '"')
_EDGE = 3  # lines at the top and at the bottom of a page that may run along all of them
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:\w[\w -]*:.*\n|[ \t-].*\n|\n){0,60}?---[ \t]*\n")
# a key with its value, an item of a list, or text that goes on, but no key below a key
_FIELD = re.compile(r"(?:(\w[\w -]*):|[ \t]*-[ \t]|[ \t]+(?![ \t]|[\w-]+:[ \t]))[ \t]*(?:[>|][+-]?$)?(.*)")
_QUOTES = re.compile(r"""^(["'])(.*)\1\s*$""")
_HEAD, _AUTHORS = ("title", "published", "date"), ("author", "authors")
_WRAPPED_LINK = re.compile(r"\]\((?=[^()\n]*\n)[^()]{1,500}\)")  # some programs break lines within addresses
_TAG = re.compile(r"<[^<>]*>")


def mhtml(data: bytes) -> bytes:
    """The HTML of a page that Chrome or Edge saved as a single file."""
    import email

    for part in email.message_from_bytes(data).walk():
        page = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(page, bytes):
            return _utf8(page, part.get_content_charset())
    raise ValueError("it holds no page")


def webarchive(data: bytes) -> bytes:
    """The HTML of a page that Safari saved as a web archive."""
    import plistlib

    main = plistlib.loads(data)["WebMainResource"]
    page = main["WebResourceData"]
    if not isinstance(page, bytes):  # a number would be taken for so many empty bytes
        raise ValueError("it holds no page")
    return _utf8(page, main.get("WebResourceTextEncodingName"))


def _utf8(page: bytes, charset: str | None) -> bytes:
    """*page* in UTF-8 where its file states a *charset*: what the page itself says was true before it was saved."""
    if not charset or charset.lower() in _OF_DOMAINS:
        return page
    try:
        return page.decode(charset, "replace").encode("utf-8", "replace")
    except LookupError:  # no such charset: "unicode", as Internet Explorer has it
        return page


def docx(data: bytes) -> str:
    """The paragraphs of a Word file."""
    import docx as word

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(part.file_size for part in archive.infolist())
        if size > _UNFOLDED:
            raise ValueError(f"unfolds to {size:,} bytes")
    return "\n\n".join(p.text for p in word.Document(io.BytesIO(data)).paragraphs)


def pdf(data: bytes) -> str:
    """The paragraphs of a PDF's first 500 pages, without the lines that run along its pages' edges."""
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data))
    pages = [
        [" ".join(line.split()) for line in page.extract_text().splitlines() if line.strip()]
        for page in reader.pages[:500]
    ]
    return _paragraphs(list(_without_running_lines(pages)))


def _without_running_lines(pages: list[list[str]]) -> Iterator[list[str]]:
    """*pages* without what most of them begin or end with but for its numbers: a browser's day, title and address."""
    def plain(line: str) -> str:
        return re.sub(r"\d+", "0", line)

    repeated = Counter(
        form for lines in pages for form in {plain(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])}
    )
    running = {form for form, count in repeated.items() if count >= 2 and count > len(pages) / 2}
    for lines in pages:
        first, last = 0, len(lines)
        while first < min(last, _EDGE) and plain(lines[first]) in running:
            first += 1
        while last > max(first, len(lines) - _EDGE) and plain(lines[last - 1]) in running:
            last -= 1
        yield lines[first:last]


def _paragraphs(pages: list[list[str]]) -> str:
    """The lines of a PDF's pages as paragraphs: one ends where the next line's first word would have had room.

    A paragraph goes on over the edge of a page where it has not ended and the next begins with a small letter.
    """
    words = {word for lines in pages for line in lines for word in line.split()}
    out: list[list[str]] = []
    for lines in filter(None, pages):
        usual = sorted(map(len, lines))[len(lines) * 9 // 10]
        going_on = bool(out and lines[0][0].islower() and not out[-1][-1].endswith(_ENDS))
        for line, after in zip(lines, [*lines[1:], ""], strict=True):
            if going_on:
                out[-1][-1:] = _joined(out[-1][-1], line, words)
            else:
                out.append([line])
            full = 0.95 if line.endswith(_ENDS) and not after[:1].islower() else 0.85  # letters differ in width
            room = len(line) + 1 + len(after.partition(" ")[0]) <= full * usual
            going_on = bool(after) and not room
    return "\n\n".join(map("".join, out))


def _joined(above: str, below: str, words: set[str]) -> tuple[str, str]:
    """Two lines as parts of one; a word broken at a hyphen is whole again where the file holds it so elsewhere."""
    if above.endswith("-") and below[0].islower():
        head, tail = above.rpartition(" ")[2][:-1], below.partition(" ")[0]
        return above[:-1] if head + tail in words else above, below
    return f"{above} ", below


def markdown(text: str) -> str:
    """Markdown as plain text: every heading, list item, paragraph and row of a table on the line where it begins.

    Of a front matter, as web clippers write it, the title, the authors and the date stay, as lines of a page's head.
    """
    from markdown_it import MarkdownIt

    out: dict[int, str] = {}
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if front := _FRONT_MATTER.match(text):
        out = _head(front[0])
        text = "\n" * front[0].count("\n") + text[front.end() :]
    text = _WRAPPED_LINK.sub(lambda link: link[0].replace("\n", "\r"), text)
    numbers = [0, *accumulate(1 + line.count("\r") for line in text.split("\n"))]  # in the file
    for token in MarkdownIt("commonmark").enable("table").parse(text.replace("\r", "")):
        if token.type == "inline":
            said = "".join(map(_said, token.children or []))
        elif token.type == "html_block" and not token.content.lstrip().startswith(("<!", "<?", "<script", "<style")):
            said = html.unescape(_TAG.sub(" ", token.content))
        elif token.type in ("fence", "code_block"):
            said = token.content
        else:
            continue
        begins = numbers[(token.map or [0])[0]]
        out[begins] = f"{out.get(begins, '')} {' '.join(said.split())}".strip()
    return "\n".join(out.get(number, "") for number in range(max(out, default=-1) + 1))


def _said(part: Token) -> str:
    """The words of a part of a paragraph: those of its tags, pictures and addresses are not its own."""
    if part.type in ("text", "code_inline"):
        return part.content
    return " " if part.type.endswith("break") or part.content[:3].lower() == "<br" else ""


def _head(front: str) -> dict[int, str]:
    """What a *front* matter says of the page's title, authors and date, by the number of the line where it begins."""
    fields: dict[str, dict[int, str]] = {}
    key = ""
    for number, line in enumerate(front.split("\n")):
        if found := _FIELD.match(line):
            key = (found[1] or key).strip().lower()
            value = re.sub(r'^By |[\[\]"]', "", found[2]) if key in _AUTHORS else _QUOTES.sub(r"\2", found[2])
            if value.strip():
                fields.setdefault(key, {})[number] = value.strip()
    said = {key: "By " + ", ".join(values.values()) for key, values in fields.items() if key in _AUTHORS}
    said |= {key: " ".join(values.values()) for key, values in fields.items() if key in _HEAD}
    return {min(fields[key]): text for key, text in said.items()}
