"""What programs save pages as beside text and HTML: Word, PDF, web archives and Markdown.

Each function raises ValueError and whatever its library raises where the bytes are not what they are called.
"""

from __future__ import annotations

import io
import re
import zipfile

_UNFOLDED = 50_000_000  # bytes of a Word file's parts, as its directory states them; zipfile reads no more than that
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:\w[\w -]*:.*\n|[ \t-].*\n|\n){0,60}?---[ \t]*\n")
_HEAD = {"title": "{}", "author": "By {}", "authors": "By {}", "published": "{}", "date": "{}"}
_WRAPPED_LINK = re.compile(r"\]\((?=[^()\n]*\n)[^()]{1,500}\)")  # some programs break lines within addresses


def mhtml(data: bytes) -> bytes:
    """The HTML of a page that Chrome or Edge saved as a single file."""
    import email

    for part in email.message_from_bytes(data).walk():
        page = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(page, bytes):
            charset = part.get_content_charset()  # what the page itself says was true before it was saved
            return page.decode(charset, "replace").encode() if charset else page
    raise ValueError("it holds no page")


def webarchive(data: bytes) -> bytes:
    """The HTML of a page that Safari saved as a web archive."""
    import plistlib

    main = plistlib.loads(data)["WebMainResource"]
    page, charset = bytes(main["WebResourceData"]), main.get("WebResourceTextEncodingName")
    return page.decode(charset, "replace").encode() if charset else page


def docx(data: bytes) -> str:
    """The paragraphs of a Word file."""
    import docx as word

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(part.file_size for part in archive.infolist())
        if size > _UNFOLDED:
            raise ValueError(f"unfolds to {size:,} bytes")
    return "\n\n".join(p.text for p in word.Document(io.BytesIO(data)).paragraphs)


def pdf(data: bytes) -> str:
    """The paragraphs of a PDF's first 500 pages."""
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data))
    return "\n\n".join(_paragraphs(page.extract_text()) for page in reader.pages[:500])


def _paragraphs(text: str) -> str:
    """The lines of a PDF page as paragraphs: one ends where the next line's first word would have had room."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    usual = sorted(map(len, lines))[len(lines) * 9 // 10] if lines else 0
    out = ""
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        room = len(line) + 1 + len(after.partition(" ")[0]) <= 0.85 * usual  # letters differ in width
        out += line + ("\n\n" if room or not after else " ")
    return out.strip()


def markdown(text: str) -> str:
    """Markdown as plain text: every heading, list item, paragraph and row of a table on the line where it begins.

    Of a front matter, as web clippers write it, the title, the author and the date stay, as lines of a page's head.
    """
    from markdown_it import MarkdownIt

    out: dict[int, str] = {}
    text = text.replace("\r\n", "\n")
    if front := _FRONT_MATTER.match(text):
        for number, line in enumerate(front[0].split("\n")):
            key, _, value = line.partition(":")
            value = value.strip().strip("\"'[]")
            out[number] = value and _HEAD.get(key.strip().lower(), "").format(value)
        text = "\n" * front[0].count("\n") + text[front.end() :]
    text = _WRAPPED_LINK.sub(lambda link: "\n" + link[0].replace("\n", ""), text)  # so that lines keep their numbers
    for token in MarkdownIt("commonmark", {"html": False}).enable("table").parse(text):
        if token.type not in ("inline", "fence", "code_block"):
            continue
        said = token.content if token.type != "inline" else "".join(
            child.content if child.type in ("text", "code_inline") else " " if child.type.endswith("break") else ""
            for child in token.children or []
        )
        begins = (token.map or [0])[0]
        out[begins] = f"{out.get(begins, '')} {' '.join(said.split())}".strip()
    return "\n".join(out.get(number, "") for number in range(max(out, default=-1) + 1))
