"""Front matter: what a report says of itself before and after its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from slackwater import dates
from slackwater.render.model import visible


@dataclass(frozen=True)
class Front:
    """A report's title and colophon; nothing in it is today's date.

    `date` is a (partial) ISO date or "", `day` the day a file format asks for where `date` is partial,
    `span` when the pages were published, in words ("2018–2025").
    """

    title: str
    subtitle: str = ""
    date: str = ""
    day: str = ""
    span: str = ""
    lang: str = "en"
    author: str = "Slackwater"
    company: str = ""
    place: str = ""
    cite: str = ""
    contact: str = ""
    versions: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, meta: Mapping[str, Any]) -> Front:
        """From *meta* as the run gives it; keys it does not know are left aside."""
        def text(key: str, default: str = "") -> str:
            value = meta.get(key)
            value = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
            return " ".join(visible(value).split()) if value else default

        lang = text("lang", "en")
        versions = meta.get("versions")
        versions = versions if isinstance(versions, Mapping) else {}
        return cls(
            title=text("title", "Report"), subtitle=text("subtitle"), date=text("date"),
            day=text("day"), span=text("span"),
            lang=lang if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", lang) else "en",
            author=text("author", "Slackwater"), company=text("company"), place=text("place"),
            cite=text("cite"), contact=text("contact"),
            versions={visible(k): visible(v) for k, v in versions.items()},
        )

    @property
    def date_in_words(self) -> str:
        """The date as a reader says it, "" where there is none."""
        return dates.in_words(self.date) if re.fullmatch(r"\d{4}(-\d\d){0,2}", self.date) else self.date

    @property
    def published(self) -> str:
        """When the pages were published, in words; "" where that is not known."""
        return self.span or (f"up to {self.date_in_words}" if self.date else "")

    @property
    def contact_link(self) -> str:
        """The contact as a link where it is an address, else ""."""
        if re.fullmatch(r"[^\s@<>\"']+@[^\s@<>\"']+\.\w+", self.contact):
            return f"mailto:{self.contact}"
        return self.contact if re.fullmatch(r"https?://[^\s\"'<>]+", self.contact) else ""
