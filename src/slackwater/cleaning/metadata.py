"""What a dump says about itself: authors, publisher, date and where it stands, place, kind, source.

Only what the text states: a year is never guessed, and a date that belongs to another
story, to a copyright line or to the saving of the page is not the article's.
"""

from __future__ import annotations

import re
from typing import Any

from slackwater.cleaning import looks, path
from slackwater.cleaning import published as stated
from slackwater.cleaning.lines import Raw
from slackwater.cleaning.naming import KEPT, Names

_NAMES = re.compile(looks.NAME)
_GLUED_IN = re.compile(
    r"(?P<name>[A-Z][\w.'’-]+ [A-Z][\w.'’-]*?[a-z])in (?P<place>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2})$"
)
_IN_PLACE = re.compile(r" in (?P<place>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2})$")
_TRUST = re.compile(r"(?i:why (?:you can )?trust) (?P<name>[A-Z][\w.& ]{1,40})$")
_COLLECTED = re.compile(
    r"(?:collected|organi[sz]ed|compiled|reprinted|republished|reposted) (?:and \w+ )?by "
    r"(?P<name>[A-Z][\w&-]+(?:\.\w+)?(?: [A-Z][\w&-]+){0,3})"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|[Cc]opyright)\s*(?:©|\(c\))?\s*(?:19|20)?\d{0,2}\d?\d?(?:\s?[-–]\s?(?:19|20)\d\d)?,?\s*(?:by )?"
    r"(?P<name>[A-Z][\w.&'’-]*(?: (?:of |the |and )?[A-Z&][\w.&'’-]*){0,5})"
)
_PART_OF = re.compile(r"^(?P<name>[A-Z][\w&'’.]+(?: [A-Z][\w&'’.]+){0,4}) is (?:part of|supported by|owned by)\b")
_SOURCE = re.compile(
    r"(?i:(?:see )?(?:first|original|via|news)? ?source)\s?:\s*(?P<name>[A-Z][\w.&'’ -]{1,40})$"
    r"|(?i:(?:this (?:article|story) )?(?:was )?(?:originally|first) (?:published|appeared)(?: (?:on|in|at|by))+)"
    r" (?:the )?"
    r"(?P<name2>[A-Z][\w&'’ -]{1,40})"
)
_LEARNED = re.compile(
    r"(?:^|[.!?] )(?P<name>[A-Z][\w&-]+(?: [A-Z][\w&-]+){0,2}) (?:has |have )?"
    r"(?:exclusively )?(?:learned|learnt|learns)\b"
)
_REPRINT = re.compile(
    r"\b(?:reprinted|republished|reposted|reproduced) (?:for|from|with|by|here)\b|【copyright|转载"
)  # lower case
_ALONE = re.compile(rf"(?!(?:About|Our|The|See|Meet|My) ){looks.NAME}$")
_PERSON = (  # what is said of a person alone
    r"(?:©|\(c\)|[Cc]opyright) (?:\d{{4}} )?{0}(?! \w+)|[Bb]y {0}$"
    r"|{0}(?: says:?$|[’']s avatar| (?:writes|covers|reports)\b"
    r"|,? (?:is|was|has)\b.*\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|writer|author|editor|reporter|journalist|blogger|coach)\b)"
)
_SIGNED = re.compile(
    r"(?:^|[|•·] ?|\d ?|\b(?i:written|posted|text|words|story|recipe|authored|contributed|reported) )[Bb]y:? ?"
    rf"(?P<names>{looks.NAME}(?:(?:, | and | & |, and ){looks.NAME}){{0,3}})"
)
# what stands behind a name in "By Ann Lee, The Ghent Post"
_OUTLET = re.compile(
    r"(?:, |[Ss]pecial (?:to|for) )(?P<name>The [A-Z][\w&'’-]*(?: [A-Z][\w&'’-]*){0,4}|(?:[A-Z][\w&'’-]* ){0,4}"
    r"(?:Post|Times|News|Journal|Herald|Tribune|Press|Daily|Gazette|Chronicle|Courier|Guardian|Telegraph|Magazine|Review"
    r"|Observer|Star|Globe|Mercury|Register|Standard|Reuters|Bloomberg|AFP|AP|UPI|CNN|BBC|NPR)(?: News| Service)?)$"
)
_REPRINTED = ("reprinted", "republished", "reposted", "reproduced", "【copyright", "转载")
_RELEASE = (
    "for immediate release",
    "press release",
    "prnewswire",
    "business wire",
    "globe newswire",
    "media contact",
)  # lower case
_ANNOUNCED = re.compile(
    r"^(?:Today, )?(?P<name>[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3}?)(?: \([\w:. ]+\))?,? (?:today )?(?:has )?announced"
)
_ROLE = re.compile(
    r"\b(?:Officer|Editor|Engineer|Director|Manager|Consultant|Staff|Chief|Builders|News|Reporter|Correspondent|Writer|Team"
    r"|University|College|Institute|Center|Company|Department|Association|See)\b"
)


def unglue_bylines(raw: list[Raw]) -> list[Raw]:
    """*raw* with a name that was glued to its place taken apart: "Wency Chenin Shanghai".

    Only where the name without "in" stands elsewhere on the page and the glued one does not.
    """
    found = [(i, m) for i, line in enumerate(raw) if len(line.text) < 70 and (m := _GLUED_IN.match(line.text))]
    if not found:
        return raw
    out = list(raw)
    for i, m in found:
        others = [line.text for k, line in enumerate(raw) if k != i]
        if any(m["name"] in t and m["name"] + "in" not in t for t in others):
            out[i] = Raw(raw[i].number, f"{m['name']} in {m['place']}")
    return out


def read(names: Names) -> dict[str, Any]:
    """The fields of a `CleanPage` that the lines of *names* state. Renames bylines and bios it finds."""
    title = names.texts[names.title] if names.title is not None else None
    standfirst = next((t for t, label in zip(names.texts, names.label, strict=True) if label == "standfirst"), None)
    authors, place = _authors(names)
    if names.dateline is not None:
        place = names.dateline.place or place
    published, published_from = stated.find(names, *_edges(names))
    kind, source, issuer = _kind(names)
    publisher = _publisher(names) or issuer
    return {
        "title": title,
        "standfirst": standfirst,
        "authors": authors,
        "publisher": publisher,
        "published": published,
        "published_from": published_from,
        "place": place,
        "source": source,
        "kind": kind,
    }


def _edges(names: Names) -> tuple[int, int]:
    inside = [i for i, s in enumerate(names.states) if s == path.IN]
    return (inside[0], inside[-1]) if inside else (0, len(names.states) - 1)


def _authors(names: Names) -> tuple[list[str], str | None]:
    """Authors from the lines around the article's head, else around its end; and the place of a byline."""
    first, last = _edges(names)
    place = None
    near = [
        *range(max(0, min(first, names.title or first) - 8), min(first + 6, len(names.texts))),
        *range(last + 1, min(last + 12, len(names.texts))),
    ]
    for row in near:
        text = names.texts[row]
        if names.label[row] != "byline":
            continue
        if found := _IN_PLACE.search(text):
            place = found["place"]
            text = text[: found.start()]
        text = re.sub(r"^\W*(?i:(?:written|posted|reported|words|story|text) by|by|author)\b[:\s]*", "", text)
        who = _people(text)
        if who:
            _bios(names, who)
            return who, place
    for row in range(last + 1, len(names.texts)):
        if names.label[row] == "bio" and (found := looks._BIO.match(names.texts[row])):
            author = str(found["name"])
            for above in range(max(last + 1, row - 3), row):
                if names.texts[above].strip() == author:
                    names.put(above, "byline", "the name of the author introduced below")
            return [author], place
    who = _signed(names, first, last)
    if who:
        _bios(names, who)
    return who, place


def _people(text: str) -> list[str]:
    """The persons a byline names: what stands behind a bar or a dash, roles and an outlet's name are none."""
    said = re.split(r"[|•·(–—]| - |,? (?i:staff|special to)\b", text)[0]
    outlet = _OUTLET.search(said)
    if outlet:
        said = said[: outlet.start()]
    return [m.group() for m in _NAMES.finditer(said) if not _ROLE.search(m.group())]


def _signed(names: Names, first: int, last: int) -> list[str]:
    """Authors in a line of another kind, "Text by Ann Lee | 4 min read", or alone on a line and told of elsewhere.

    *first*, *last*: rows of the article's ends. Of several signed lines the nearest to its beginning counts; below
    the article only where all agree, as other stories are signed there too.
    """
    top = min(first, names.title if names.title is not None else first)
    signed: list[tuple[int, int, list[str]]] = []
    for row, text in enumerate(names.texts):
        if names.label[row] in KEPT or len(text) > 120 or not ("by" in text or "By" in text):
            continue
        found = _SIGNED.search(text)
        if found and (who := _people(found["names"])):
            signed.append((min(abs(row - top), abs(row - first)), row, who))
    above = [s for s in signed if s[1] < first + 6]
    if above:
        _, row, who = min(above)
        names.put(row, "byline", "says who wrote the text")
        return who
    if len({tuple(who) for _, _, who in signed}) == 1:
        names.put(signed[0][1], "byline", "says who wrote the text")
        return signed[0][2]
    around = [*range(max(0, top - 6), min(first + 2, len(names.texts))), *range(last + 1, last + 12)]
    for row in [row for row in around if row < len(names.texts)]:
        text = names.texts[row]
        if len(text) < 40 and names.label[row] not in KEPT and _ALONE.match(text):
            person = re.compile(_PERSON.format(re.escape(text)))
            if any(text in t and person.search(t) for t in names.texts):
                names.put(row, "byline", "a name alone beside the text, and named again on the page")
                return [text]
    return []


def _bios(names: Names, authors: list[str]) -> None:
    """A paragraph that opens with an author's name and tells of his or her work is a note on the author."""
    firsts = {part for who in authors for part in (who, who.split()[0], who.split()[-1])}
    for row, text in enumerate(names.texts):
        if names.label[row] not in ("byline", "title") and names.page.words[row] >= 6:
            head = text.split(None, 2)[:2]
            whole = " ".join(head) in firsts
            if (whole or head[0] in firsts) and len(looks._BIO_SIGNS.findall(text)) + whole >= 2:
                names.put(row, "bio", "tells of the author")


def _publisher(names: Names) -> str | None:
    """The publisher the page names: an agency's dateline, a byline, a trust link, a reprint note, a copyright line."""
    if names.dateline is not None and names.dateline.agency:
        return names.dateline.agency
    for text, label in zip(names.texts, names.label, strict=True):
        if label == "byline" and (found := _OUTLET.search(text)):
            return found["name"]
    for row, text in enumerate(names.texts):
        if names.label[row] in ("body", "heading", "quote"):
            continue
        found = (
            _TRUST.match(text)
            or (_COLLECTED.search(text) if "by " in text else None)
            or (_PART_OF.match(text) if " is " in text else None)
        )
        if found:
            return _spelt_out(found["name"].strip(), names.texts)
    for row in range(len(names.texts) - 1, -1, -1):
        if names.label[row] == "legal" and (found := _COPYRIGHT.search(names.texts[row])):
            name = re.sub(
                r",? (?:All|Inc|LLC|Ltd|Limited|Corp|Corporation|Company|Co|Terms|Privacy|Rights)\b.*",
                "",
                found["name"],
            )
            if name.lower() not in ("copyright", "all", "the"):
                return name.strip(" .,")
    return None


def _spelt_out(name: str, texts: list[str]) -> str:
    """An abbreviation's full name where the page spells it out in capitals: SCMP, South China Morning Post."""
    if not (name.isupper() and 2 < len(name) <= 6):
        return name
    pattern = re.compile(r"\b" + r" ".join(letter + r"[a-z]+" for letter in name) + r"\b")
    return next((m.group() for t in texts if (m := pattern.search(t))), name)


def _kind(names: Names) -> tuple[str, str | None, str | None]:
    """Kind of page, the source a reprint names, and the issuer of a press release."""
    outside = [
        t
        for t, label in zip(names.texts, names.label, strict=True)
        if label in ("legal", "boilerplate", "byline", "caption")
    ]
    body = [t for t, label in zip(names.texts, names.label, strict=True) if label in ("body", "quote", "dateline")]
    source = None
    for text in outside:
        if (
            len(text) < 200
            and ("ource" in text or "riginally" in text or "irst " in text)
            and (found := _SOURCE.search(text))
        ):
            source = (found["name"] or found["name2"]).strip()
            break
    said = "\n".join(outside).lower()
    reprint = any(word in said for word in _REPRINTED) and _REPRINT.search(said) is not None
    if reprint and source is None:
        found = next((m for t in body if (m := _LEARNED.search(t))), None)
        source = re.sub(r" (?:Network|News)$", "", found["name"]) if found else None
    if reprint:
        return "reprint", source, None
    opening = names.texts[names.dateline_row] if names.dateline_row is not None else (body[0] if body else "")
    issuer = _ANNOUNCED.match(opening)
    agency = names.dateline is not None and names.dateline.agency
    sent = names.raw[names.dateline_row].text[:200] if names.dateline_row is not None else ""
    head = "\n".join([sent, *(t[:300] for t in body[:2]), *names.texts[: _edges(names)[0]][-8:]]).lower()
    if any(sign in head for sign in _RELEASE) or (names.dateline is not None and issuer and not agency):
        return "press release", source, issuer["name"] if issuer else None
    if names.label.count("faq") >= 4 and not any(label in ("byline", "dateline") for label in names.label):
        return "promotional", source, None
    if agency or "byline" in names.label or "dateline" in names.label:
        return "news", source, None
    return "unknown", source, None
