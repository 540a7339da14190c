"""A page's HTML → the same `CleanPage`, by trafilatura, with the metadata the page itself states.

trafilatura finds the article; its text is not filtered again. Its date is not taken:
it answers with some date for every page, so the date is read here from the places where
publishers state it, and stays None where they do not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from slackwater import dates
from slackwater.clean import NO_ARTICLE, CleanPage, Line
from slackwater.cleaning import features, naming, path, placing, verdict

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "cxenseparse:recs:publishtime",
    "article.published",
    "published-date",
    "displaydate",
    "date_published",
    "originalpublicationdate",
    "og:pubdate",
    "rnews:datepublished",
)
_ARTICLE_KINDS = (
    "Article",
    "NewsArticle",
    "BlogPosting",
    "ReportageNewsArticle",
    "Report",
    "TechArticle",
    "WebPage",
    "OpinionNewsArticle",
    "LiveBlogPosting",
    "ScholarlyArticle",
    "Recipe",
)
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)(?!\d)")
LEAST_PROSE = 40  # words in sentences, or Chinese and Japanese characters
LONGEST_PARAGRAPH = 200  # words
BARE = 0.8  # a page saved with little around its text: sentences hold this share of all words that are shown
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ“\"])")
_SITE_AFTER = re.compile(r"\s+[|\-–—·:»]\s+[^|–—·»]{2,40}$")


def page(html: str, *, article: bool = False) -> CleanPage:
    """Clean a page's HTML; *article* as for `clean.page`. Where none is found, `fault` is set and no line is kept."""
    import trafilatura
    from trafilatura.utils import load_html

    try:
        found = trafilatura.bare_extraction(
            html,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:  # lxml refuses some bytes that no page should hold
        found = None
    text = getattr(found, "text", None) or ""
    if found is None or isinstance(found, dict):
        return CleanPage([], fault=NO_ARTICLE)
    tree = load_html(html)
    stated = _stated(tree) if tree is not None else {}
    title = _title(found.title, stated)
    places = placing.Places(html)
    paragraphs = [t for t in (line.strip() for line in text.split("\n")) if t]
    if not paragraphs or not (article or _is_article(text, title or "", tree)):
        seen = [Line(places.of(t), "boilerplate", False, "not the text of an article", t) for t in paragraphs]
        return CleanPage(seen, title=title, fault=NO_ARTICLE)
    heads = {" ".join(e.itertext()).strip() for e in found.body.iter("head")} if found.body is not None else set()
    quotes = {" ".join(e.itertext()).strip() for e in found.body.iter("quote")} if found.body is not None else set()
    lines = []
    if title:
        lines.append(Line(places.of(title), "title", True, "og:title, <h1> or <title>", title))
    for paragraph in paragraphs:
        if title and paragraph == title:
            continue
        label = "heading" if paragraph in heads else "quote" if paragraph in quotes else "body"
        lines.append(Line(places.of(paragraph), label, True, "article text by trafilatura", paragraph))
    published, where, said = stated.get("published") or (None, "", "")
    line = places.of_markup(said) if published else None
    from slackwater.cleaning import languages

    return CleanPage(
        lines,
        title=title,
        authors=_authors(stated, found.author),
        publisher=stated.get("site") or found.sitename or None,
        published=published,
        published_from=f"{where}, line {line}" if line else where or None,
        language=languages.detect(" ".join(paragraphs)),
        kind=_kind(paragraphs),
    )


def _kind(paragraphs: list[str]) -> str:
    head = " ".join(paragraphs[:2])[:400].lower()
    return (
        "press release" if re.search(r"for immediate release|prnewswire|business wire|globe newswire", head) else "news"
    )


def _is_article(text: str, title: str, tree: Any) -> bool:
    """Whether an extracted text reads as one: some sentences, not a heap of labels or notices.

    trafilatura answers with the best of the furniture where the article is missing; so its text must also
    win as an article by the signs that dumps are told by. It stands under its head where it speaks of the page's
    *title*, and a paragraph that is a whole article, as some pages have no other, is read in sentences.
    A page (its *tree*) of which the sentences are nearly all that is shown is an article, however short.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    prose = sum(
        len(line.split())
        for line in lines
        if len(line.split()) >= 8 or line.rstrip().endswith((".", "。", "！", "!", "?", "”"))
    )
    wide = len(_WIDE.findall(text))
    if prose + wide < LEAST_PROSE:
        return False
    stripped = [
        part.strip()
        for line in lines
        for part in (_SENTENCES.split(line) if len(line.split()) > LONGEST_PARAGRAPH else [line])
    ]
    page = features.of_lines(stripped)
    found = verdict.signs(stripped, page, *path.best(page, path.load()))
    subject = naming.content_words(title)
    told = set().union(*(naming.content_words(line) for line in stripped if naming.ends_sentence(line)))
    if found[0] and len(subject & told) >= max(2, 0.5 * len(subject)):
        found[verdict.HEAD] = max(found[verdict.HEAD], 1.0)
    if verdict.score(found) > 0:
        return True
    bare = tree is not None and verdict.told(page).sum() >= BARE * _shown(tree)
    return bool(bare and found[0] and found[verdict.SITE] < 1)


def _shown(tree: Any) -> int:
    """How many words a page shows; a Chinese or Japanese character is one."""
    said = " ".join(tree.xpath("//text()[not(ancestor::head or ancestor::script or ancestor::style or "
                               "ancestor::noscript or ancestor::template)]"))
    wide = len(_WIDE.findall(said))
    return len(_WIDE.sub(" ", said).split()) + wide


def _stated(tree: Any) -> dict[str, Any]:
    """What the page's own markup says: published (date, place, the words), authors, site, headlines."""
    metas: dict[str, str] = {}
    for e in tree.iter("meta"):
        name = (e.get("property") or e.get("name") or e.get("itemprop") or "").strip().lower()
        if name and (e.get("content") or "").strip():
            metas.setdefault(name, e.get("content").strip())
    out: dict[str, Any] = {"site": metas.get("og:site_name"), "og:title": metas.get("og:title"), "authors": []}
    things = list(_linked_data(tree))
    for name in _PUBLISHED:
        if name in metas and (iso := _iso(metas[name])):
            out["published"] = (iso, f"<meta {name}>", metas[name])
            break
    for thing in things:
        if "published" not in out and (iso := _iso(said := str(thing.get("datePublished") or ""))):
            out["published"] = (iso, "JSON-LD datePublished", said)
        out["authors"] = out["authors"] or _people(thing.get("author"))
        if not out["site"] and isinstance(thing.get("publisher"), dict):
            out["site"] = thing["publisher"].get("name")
        out.setdefault("headline", thing.get("headline") or None)
    if not out["authors"]:
        out["authors"] = [
            metas[n]
            for n in ("author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator")
            if n in metas
        ][:1]
    if "published" not in out:
        out["published"] = _dated_element(tree)
    out["h1"] = [t for e in tree.iter("h1") if 2 < len(t := " ".join(" ".join(e.itertext()).split())) < 300]
    return out


def _linked_data(tree: Any) -> Iterator[dict]:
    """The JSON-LD things of the page that are articles or pages, articles first."""
    things: list[dict] = []
    for e in tree.iter("script"):
        if "ld+json" in (e.get("type") or ""):
            try:
                data = json.loads(e.text or "")
            except (ValueError, RecursionError):
                continue
            queue = data if isinstance(data, list) else [data]
            for thing in queue[:200]:
                if isinstance(thing, dict):
                    things.append(thing)
                    graph = thing.get("@graph")
                    things += [t for t in graph[:200] if isinstance(t, dict)] if isinstance(graph, list) else []

    def rank(thing: dict) -> int:
        kind = thing.get("@type")
        kinds = kind if isinstance(kind, list) else [kind]
        return min((_ARTICLE_KINDS.index(k) for k in kinds if k in _ARTICLE_KINDS), default=99)

    ranked = sorted(things, key=rank)
    return iter([t for t in ranked if rank(t) < 99])


def _people(said: Any) -> list[str]:
    people = said if isinstance(said, list) else [said]
    names = [p.get("name") if isinstance(p, dict) else p for p in people]
    return [n.strip() for n in names if isinstance(n, str) and 1 < len(n.strip()) < 80]


def _iso(text: str) -> str | None:
    """A date of machine or human form; None where it is no day, month or year the text states."""
    if found := _ISO.search(text[:40]):
        return dates.compose(int(found[1]), int(found[2]), int(found[3]))
    stated = dates.find(text[:80])
    return stated[0].iso if stated else None


def _dated_element(tree: Any) -> tuple[str, str, str] | None:
    """A <time> or an element classed as the date, where the page has one such date and not a list of them."""
    for e in tree.iter("time"):
        if iso := _iso(said := e.get("datetime") or " ".join(e.itertext())):
            return iso, "<time>", said
    for e in tree.iter("span", "div", "p", "li"):
        named = f"{e.get('class') or ''} {e.get('id') or ''} {e.get('itemprop') or ''}".lower()
        if re.search(
            r"\b(?:[\w-]*(?:publish|posted|pub-?date|post-?date|entry-date|dateline|article-?date)[\w-]*|date)\b", named
        ):
            words = " ".join(" ".join(e.itertext()).split())
            if len(words) < 80 and (found := dates.find(words)):
                return found[0].iso, "element of class " + named.strip()[:40], words
    return None


def _title(guess: str | None, stated: dict[str, Any]) -> str | None:
    """Trafilatura's title where <h1> or og:title agrees; else the heading that both do, without the site's name."""
    og = _without_site(stated.get("og:title"), stated.get("site"))
    headings = stated.get("h1") or []
    if og and any(_same(og, h) for h in headings):
        return next(h for h in headings if _same(og, h))
    if guess and any(_same(guess, h) for h in headings):
        return next(h for h in headings if _same(guess, h))
    return (
        _without_site(stated.get("headline"), stated.get("site"))
        or og
        or (headings[0] if len(headings) == 1 else guess)
        or None
    )


def _same(a: str, b: str) -> bool:
    x, y = (re.sub(r"\W+", " ", t).strip().lower() for t in (a, b))
    return bool(x and y) and (x == y or (min(len(x), len(y)) > 15 and (x.startswith(y) or y.startswith(x))))


def _without_site(title: Any, site: str | None) -> str | None:
    if not isinstance(title, str):
        return None
    if site and title.lower().endswith(site.lower()):
        title = title[: -len(site)].rstrip(" |-–—·:»")
    return _SITE_AFTER.sub("", title).strip() or None


def _authors(stated: dict[str, Any], guess: str | None) -> list[str]:
    names = stated.get("authors") or [n.strip() for n in (guess or "").split(";")]
    return [re.sub(r"^(?i:by)\s+", "", n) for n in names if n and not n.startswith(("http", "@"))]
