"""A saved page → its lines, each labelled, kept or dropped with a reason; its title, authors and date.

`page` reads plain-text dumps with few readable weights (see `cleaning`), and HTML with
trafilatura. Nothing is invented: what the page does not say is None.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import compress, islice, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from slackwater.cleaning.lines import Raw

NO_ARTICLE = "no article found"
MAX_BYTES = 5_000_000


class Line(NamedTuple):
    """One non-blank line of a page: 1-based number, label, whether it is kept, why, and the text analysed."""

    number: int
    label: str
    kept: bool
    why: str
    text: str


@dataclass(frozen=True)
class CleanPage:
    """A page after cleaning: every non-blank line, and what the text says about itself.

    `published` is partial ISO text, `published_from` the line it was read from ("line 5").
    `kind`: news, press release, reprint, promotional or unknown. `fault` says why a page
    has no text; `notes` holds what a reader of the report should know about the dump.
    """

    lines: list[Line]
    title: str | None = None
    standfirst: str | None = None
    authors: list[str] = field(default_factory=list)
    publisher: str | None = None
    published: str | None = None
    published_from: str | None = None
    place: str | None = None
    source: str | None = None
    kind: str = "unknown"
    language: str = "en"
    fault: str | None = None
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        kept = sum(line.kept for line in self.lines)
        return f"CleanPage: {self.fault or repr(self.title)}, {self.kind}, {kept} of {len(self.lines)} lines kept"

    @property
    def text(self) -> str:
        """The body, one paragraph a line: headings included, title and standfirst left out."""
        return "\n".join(
            line.text for line in self.lines if line.kept and line.text and line.label not in ("title", "standfirst")
        )

    def as_dict(self) -> dict[str, Any]:
        """The page as `slackwater clean --jsonl` prints it (without the id)."""
        return {
            "text": self.text,
            "title": self.title,
            "standfirst": self.standfirst,
            "published": self.published,
            "authors": self.authors,
            "publisher": self.publisher,
            "kind": self.kind,
            "lines": [{"line": x.number, "label": x.label, "kept": x.kept, "why": x.why} for x in self.lines],
        }


def page(text: str, *, html: bool = False, article: bool = False) -> CleanPage:
    """Clean one page: *text* is a plain-text dump, or a page's HTML where *html* is true.

    Never raises for any text. A page without an article comes back with `fault` set and
    no kept line. *article*: somebody has seen that it is one, so that its best stretch is
    kept whatever the signs say, as of a report of two sentences on a long page.
    """
    if html:
        from slackwater.cleaning import htmlpages

        return htmlpages.page(text, article=article)
    return dump(text, article=article)


def dump(text: str, *, article: bool = False) -> CleanPage:
    """Clean a plain-text dump of a page, or any text saved as lines; *article* as for `page`."""
    from slackwater.cleaning import features, languages, lines, metadata, naming, path, verdict, wrapping

    raw, joined = wrapping.unwrap(wrapping.without_quotes(lines.split(text)))
    raw = metadata.unglue_bylines(wrapping.without_links(raw))
    rows, bullets = lines.without_symbols(raw)
    if not rows:
        return CleanPage(_with_symbols(raw, [], [], {}), fault=NO_ARTICLE)
    worded = [raw[row] for row in rows]
    texts = [line.text for line in worded]
    measured = features.of_lines(texts, bullets)
    weights = path.load()
    states, lead = path.best(measured, weights)
    one_line = len(worded) == 1 and measured.words[0] >= 100
    if one_line:
        states = [path.IN]
    elif article or verdict.is_article(texts, measured, states, lead):
        states = path.reading(measured, weights)
    else:
        states = [path.BEFORE] * len(states)
    names = naming.name(worded, measured, states)
    found = metadata.read(names)
    kept = [*map(names.kept, range(len(worded)))]
    fields = zip([line.number for line in worded], names.label, kept, names.why, names.texts, strict=True)
    done: list[Line] = [*map(tuple.__new__, repeat(Line), fields)]  # its own constructor takes three times as long
    body = " ".join(islice(compress(names.texts, kept), 12)) or " ".join(texts[:60])
    notes = []
    if joined:
        notes.append("hard-wrapped text: lines were joined to paragraphs")
    if one_line:
        notes.append("the whole page is one line: article and furniture cannot be told apart")
    return CleanPage(
        _with_symbols(raw, rows, done, joined),
        fault=None if any(kept) else NO_ARTICLE,
        language=languages.detect(body),
        notes=tuple(notes),
        **found,
    )


def _with_symbols(raw: list[Raw], rows: list[int], done: list[Line], joined: dict[int, int]) -> list[Line]:
    """All lines of the file: *done* at *rows*, lines of symbols, and those *joined* to an earlier one.

    A line of symbols is named after what it stands above; a joined one has no text of its own.
    """
    if len(done) == len(raw) and not joined:
        return done
    out: list[Line] = []
    named = dict(zip(rows, done, strict=True))
    below: Line | None = None
    for row in range(len(raw) - 1, -1, -1):
        line = named.get(row)
        if line is not None:
            below = line
        else:
            label = "boilerplate" if below is None or below.kept else below.label
            line = Line(raw[row].number, label, False, "a bullet, a rule or an address by itself", raw[row].text)
        out.append(line)
    if joined:
        first = {line.number: line for line in out}
        out += [
            Line(number, first[start].label, first[start].kept, f"continues line {start}", "")
            for number, start in joined.items()
        ]
        return sorted(out, key=lambda line: line.number)
    return out[::-1]
