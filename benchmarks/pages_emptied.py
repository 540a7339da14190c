"""How often a page of nothing but boilerplate is taken for an article, and an article for none, on both routes.

    python -m benchmarks.pages_emptied PAGES.jsonl.gz [PAGES_HTML.jsonl.gz]

PAGES as for benchmarks/pages_fit.py; PAGES_HTML holds {"id", "html"} a line. The pages without an article are the same
pages with the true lines taken out: of the dump its lines, of the HTML the elements that hold them, and the article in
JSON-LD. The weights were fitted on dumps like these; pages_fit.py --verdict prints what is cross-validated by site.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from benchmarks import pages_fit
from slackwater import clean
from slackwater.evaluate import pages as evaluate_pages

BODY = re.compile(r'"articleBody"\s*:\s*"(?:[^"\\]|\\.)*"')  # the article once more, as JSON-LD states it
BLOCKS = frozenset(
    "p li h1 h2 h3 h4 h5 h6 td th div blockquote pre dt dd figcaption caption section article main span".split()
)


def emptied_dump(row):
    """The lines of a page's dump that are not its article's."""
    lines = [line.strip() for line in row["dump"].split("\n") if line.strip()]
    left = pages_fit.emptied_of(lines, pages_fit.align(lines, row["truth"]))
    return "\n".join(line for line, kept in zip(lines, left, strict=True) if kept)


def emptied_html(html, truth):
    """*html* without the elements, and the texts between them, that are lines of the article."""
    from lxml import html as lxml_html
    from trafilatura.utils import load_html

    tree = load_html(BODY.sub('"articleBody":""', html))
    if tree is None:
        return ""
    gold = {" ".join(pages_fit.PIECE.findall(line)) for line in truth.split("\n")} - {""}
    grams = pages_fit.grams(truth, token=pages_fit.PIECE)

    def true(text):
        line = " ".join(pages_fit.PIECE.findall(text or ""))
        if len(line.split()) < 6:
            return line in gold
        mine = pages_fit.grams(line, token=pages_fit.PIECE)
        return line in gold or sum(c for g, c in mine.items() if g in grams) >= 0.6 * sum(mine.values())

    for element in list(tree.iter(*BLOCKS)):
        whole = not any(inner is not element and inner.tag != "span" for inner in element.iter(*BLOCKS))
        if whole and true(" ".join(element.itertext())):
            for inner in list(element):
                element.remove(inner)
            element.text = ""
        else:
            element.text = "" if true(element.text) else element.text
            for inner in element:
                inner.tail = "" if true(inner.tail) else inner.tail
    return lxml_html.tostring(tree, encoding="unicode")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("html", type=Path, nargs="?")
    a = parser.parse_args()
    rows = list(evaluate_pages.read(a.pages))
    routes = {"dump": [(row["dump"], emptied_dump(row)) for row in rows]}
    if a.html:
        pages = {row["id"]: row["html"] for row in evaluate_pages.read(a.html)}
        routes["html"] = [(pages[r["id"]], emptied_html(pages[r["id"]], r["truth"])) for r in rows if r["id"] in pages]
    for route, pairs in routes.items():
        kept = [[clean.page(text, html=route == "html").fault is None for text in pair] for pair in pairs]
        print(
            f"{route}: {len(kept)} pages, {1 - sum(real for real, _ in kept) / len(kept):.3f} of the articles refused,"
            f" {sum(empty for _, empty in kept) / len(kept):.3f} of the pages without one taken for one",
            flush=True,
        )


if __name__ == "__main__":
    main()
