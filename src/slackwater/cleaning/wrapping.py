"""Hard-wrapped text → paragraphs: pages as text browsers, mail programs and editors break them at a right margin.

A program that fills lines breaks where the next word would pass the margin. So a line and the one below it
speak for a margin when the line ends before it and would pass it with the first word of the next; the
margin that most of the page's neighbours speak for is the page's, if few lines run past it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

from slackwater.cleaning.lines import QUOTED, Raw

NARROWEST, WIDEST = 40, 130  # columns
_FEW = 3  # neighbours that speak for the margin
_GOES_ON = 0.3  # share of them in which the lower line begins with a small letter
_NEAR, _NEARLY = 0.8, 0.2  # these are such a share of the lines that come so near the margin
_OVER = 0.5  # lines that run past the margin though they could have been broken, for each that is filled
_LINK = re.compile(r"\[(\d{1,5})\]")
_ADDRESS = re.compile(r" ?<https?://[^<>\s]*>")
_MANY = 5
_APART = re.compile(r"[\W_]+$|[|\u2500-\u257f]|(?:\S{1,8} )?[a-z]+://\S+$")  # a rule, a row of a table, an address
_BULLET = re.compile(r"(?:[^\w\s]|o)(?!\S)")  # lynx has an "o" in lists of the third level
_STOPS = (".", "!", "?", ":", ";", "”", '"', ")")
_SIGNS = re.compile(r"\A[>\s]+")


def unwrap(raw: list[Raw]) -> tuple[list[Raw], dict[int, int]]:
    """*raw* with hard-wrapped paragraphs joined, and for each line joined to another: its number → that one's."""
    margin = _margin(raw)
    if not margin:
        return raw, {}
    firsts: list[Raw] = []
    texts: list[list[str]] = []
    joined: dict[int, int] = {}
    above: Raw | None = None
    for line in raw:
        if above and line.number == above.number + 1 and above.edge <= margin + 2 and (
            _speaks(above, line, margin) or _within(above, line, margin)
        ):
            hyphened = above.text.endswith("-") and line.text[0].islower()
            texts[-1].append(line.text if hyphened else f" {line.text}")
            joined[line.number] = firsts[-1].number
        else:
            firsts.append(line)
            texts.append([line.text])
        above = line
    return [first._replace(text="".join(said)) for first, said in zip(firsts, texts, strict=True)], joined


def _margin(raw: list[Raw]) -> int:
    """The column at which the page's lines were broken, 0 where they were not."""
    going_on = [
        (above.edge, len(_first(below.text)))
        for above, below in _neighbours(raw)
        if _goes_on(below.text) and NARROWEST <= above.edge <= WIDEST and " " in above.text
    ]
    change = [0] * (WIDEST + 2)
    for edge, word in going_on:
        change[edge] += 1
        change[min(edge + word, WIDEST) + 1] -= 1
    votes = list(accumulate(change))
    most = max(votes)
    if most < 2:  # as on most pages
        return 0
    margin = votes.index(most)
    filled = sum(above.edge <= margin and _speaks(above, below, margin) for above, below in _neighbours(raw))
    near = sum(_NEAR * margin <= line.edge <= margin and _breakable(line.text, margin) for line in raw)
    over = sum(line.edge > margin + 2 and _breakable(line.text, margin) for line in raw)
    sure = filled >= _FEW and most >= max(_GOES_ON * filled, _NEARLY * near) and over <= _OVER * filled
    return margin if sure else 0


def _neighbours(raw: list[Raw]) -> Iterator[tuple[Raw, Raw]]:
    return (pair for pair in pairwise(raw) if pair[1].number == pair[0].number + 1)


def _speaks(above: Raw, below: Raw, margin: int) -> bool:
    """Whether the first word of *below* would have passed the *margin* after *above*; it may not be a list's bullet."""
    return above.edge + 1 + len(_first(below.text)) > margin and not _apart(above, below)


def _within(above: Raw, below: Raw, margin: int) -> bool:
    """Whether *below* goes on in the middle of a sentence, as in a quotation set in from the *margin* too."""
    return (
        _NEAR * margin <= above.edge
        and _goes_on(below.text)
        and not above.text.endswith(_STOPS)
        and not _apart(above, below)
    )


def _apart(above: Raw, below: Raw) -> bool:
    return bool(_BULLET.match(below.text) or _APART.match(above.text) or _APART.match(below.text))


def _goes_on(text: str) -> bool:
    return text[0].islower() or (text[0] == "[" and _LINK.sub("", text, count=1)[:1].islower())


def _first(text: str) -> str:
    return text.split(None, 1)[0]


def _breakable(text: str, margin: int) -> bool:
    return " " in text[margin // 3 : margin]


def without_quotes(raw: list[Raw]) -> list[Raw]:
    """*raw* without the signs that a mail program puts before the lines it quotes, where most lines bear them."""
    if sum(line.text[0] == QUOTED for line in raw) <= len(raw) / 2:
        return raw
    return [line._replace(text=_SIGNS.sub("", line.text) or QUOTED) for line in raw]


def without_links(raw: list[Raw]) -> list[Raw]:
    """*raw* without what text browsers and mail programs put beside the words of links.

    That is a number before them, "the [12]plan in [13]Ghent", where the numbers count up from 1 over the page, and
    their address behind them, "the plan <https://example.org/12>". A few of either stay.
    """
    numbers = [int(number) for line in raw if "[" in line.text for number in _LINK.findall(line.text)]
    if len(numbers) >= _MANY and sum(b == a + 1 for a, b in pairwise([0, *numbers])) >= 0.8 * len(numbers):
        raw = _without(raw, _LINK)
    if sum("<http" in line.text for line in raw) >= _MANY:
        raw = _without(raw, _ADDRESS)
    return raw


def _without(raw: list[Raw], pattern: re.Pattern[str]) -> list[Raw]:
    return [line._replace(text=pattern.sub("", line.text).strip() or line.text) for line in raw]
