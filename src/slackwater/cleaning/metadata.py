"""What a dump says about itself: authors, publisher, date and where it stands, place, kind, source.

Only what the text states: a year is never guessed, and a date that belongs to another
story, to a copyright line or to the saving of the page is not the article's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Any

from ahocorasick_rs import AhoCorasick

from slackwater.cleaning import authors, path, phrases
from slackwater.cleaning import published as stated
from slackwater.cleaning.lines import Raw
from slackwater.cleaning.naming import Names

_SITE = re.compile(r" [|–—-] (?P<site>[^|–—]{2,40})$")
_GLUED_IN = re.compile(
    r"(?P<name>[A-Z][\w.'’-]+ [A-Z][\w.'’-]*?[a-z])in (?P<place>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2})$"
)
_TRUST = re.compile(r"(?i:why (?:you can )?trust) (?P<name>[A-Z][\w.& ]{1,40})$")
_COLLECTED = re.compile(
    r"(?:collected|organi[sz]ed|compiled|reprinted|republished|reposted) (?:and \w+ )?by "
    r"(?P<name>[A-Z][\w&-]+(?:\.\w+)?(?: [A-Z][\w&-]+){0,3})"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|[Cc]opyright(?! (?:Infring|Poli|Noti|Agent|Law|Act|Claim|Info)))"
    r"\s*(?:©|\(c\)|[Cc]opyright)?\s*(?:19|20)?\d{0,2}\d?\d?(?:\s?[-–]\s?(?:19|20)\d\d)?,?\s*(?:by )?"
    r"(?P<name>[A-Z][\w.&'’-]*(?: (?:of |the |and )?[A-Z&][\w.&'’-]*){0,5})"
)
_RESERVED = re.compile(r"(?:19|20)\d\d|[Rr]ights")
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
_REPRINTED = ("reprinted", "republished", "reposted", "reproduced", "【copyright", "转载")
_RELEASE = (
    "for immediate release",
    "press release",
    "prnewswire",
    "business wire",
    "globe newswire",
    "media contact",
)  # lower case
_MAIL = re.compile(r"\A(?:Subject: +)?(?:(?:RE|Re|Fwd?|FW): +)*(?=\S)")
_ANNOUNCED = re.compile(
    r"^(?:Today, )?(?P<name>[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3}?)(?: \([\w:. ]+\))?,? (?:today )?(?:has )?announced"
)


def unglue_bylines(raw: list[Raw]) -> list[Raw]:
    """*raw* with a name that was glued to its place taken apart: "Wency Chenin Shanghai".

    Only where the name without "in" stands elsewhere on the page and the glued one does not.
    """
    found = [
        (i, m)
        for i, (_, text, _) in enumerate(raw)
        if "in " in text and len(text) < 70 and (m := _GLUED_IN.match(text))
    ]
    if not found:
        return raw
    asked = {m["name"] for _, m in found}
    forms = sorted(asked | {name + "in" for name in asked})
    finder = AhoCorasick(forms)
    ends = list(accumulate(len(line.text) + 1 for line in raw))
    page = "\n".join(line.text for line in raw)
    stand = {(bisect_right(ends, start), forms[number]) for number, start, _ in phrases.matches(finder, page)}
    known = {form for row, form in stand if form in asked and (row, form + "in") not in stand}
    out = list(raw)
    for i, m in found:
        if m["name"] in known:
            out[i] = raw[i]._replace(text=f"{m['name']} in {m['place']}")
    return out


def read(names: Names) -> dict[str, Any]:
    """The fields of a `CleanPage` that the lines of *names* state. Renames bylines and bios it finds."""
    edges = _edges(names)
    who, place = authors.find(names, *edges)
    if names.dateline is not None:
        place = names.dateline.place or place
    published, published_from = stated.find(names, *edges)
    standfirst = next((t for t, label in zip(names.texts, names.label, strict=True) if label == "standfirst"), None)
    kind, source, issuer = _kind(names)
    publisher = _publisher(names) or issuer
    return {
        "title": _title(names, publisher),
        "standfirst": standfirst,
        "authors": who,
        "publisher": publisher,
        "published": published,
        "published_from": published_from,
        "place": place,
        "source": source,
        "kind": kind,
    }


def _title(names: Names, publisher: str | None) -> str | None:
    """The title without the site's name, where the publisher or a line is called so: "Port opens | Courier".

    A mail's subject goes without the word and without what answers and forwards put before it.
    """
    if names.title is None:
        return None
    title = names.texts[names.title] = _MAIL.sub("", names.texts[names.title])
    found = _SITE.search(title)
    if found and (found["site"] == publisher or found["site"].lower() in names.page.keys):
        return title[: found.start()]
    return title


def _edges(names: Names) -> tuple[int, int]:
    inside = [i for i, s in enumerate(names.states) if s == path.IN]
    return (inside[0], inside[-1]) if inside else (0, len(names.states) - 1)


def _publisher(names: Names) -> str | None:
    """The publisher the page names: an agency's dateline, a byline, a trust link, a reprint note, a copyright line."""
    if names.dateline is not None and names.dateline.agency:
        return names.dateline.agency
    for text, label in zip(names.texts, names.label, strict=True):
        if label == "byline" and (found := authors.OUTLET.search(text)):
            return found["name"]
    for row, text in enumerate(names.texts):
        if names.label[row] in ("body", "heading", "quote"):
            continue
        found = (
            (_TRUST.match(text) if text[:1] in "Ww" else None)
            or (_COLLECTED.search(text) if "by " in text else None)
            or (_PART_OF.match(text) if " is " in text else None)
        )
        if found:
            return _spelt_out(found["name"].strip(), names.texts)
    for row in range(len(names.texts) - 1, -1, -1):
        text = names.texts[row]
        if names.label[row] == "legal" and (found := _COPYRIGHT.search(text)):
            if row < len(names.texts) - 12 and not _RESERVED.search(text):
                continue  # "© Ann Lee" amid the page owns a picture
            name = re.sub(
                r",? (?:All|Inc|LLC|Ltd|Limited|Corp|Corporation|Company|Co|Terms|Privacy|Rights)\b.*",
                "",
                found["name"],
            )
            if name.lower() not in ("copyright", "all", "the", "menu"):
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
