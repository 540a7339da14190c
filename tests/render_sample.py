"""An executed notebook, written by hand, that holds every kind of block a report can show."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

META = {
    "title": "Is Harrowgate Robotics growing or leaving in Port Belmonte?",
    "subtitle": "Eleven saved pages, 2018 to 2025: an early build-up, then a withdrawal that two sources confirm.",
    "date": "2025-04-02", "lang": "en", "company": "Harrowgate Robotics", "place": "Port Belmonte",
    "cite": "Slackwater, “Harrowgate Robotics in Port Belmonte”, edition of 2 April 2025.",
    "contact": "desk@example.org", "versions": {"slackwater": "0.1.0", "lexicon": "3fa2c1"},
}
QUOTES = "application/vnd.slackwater.quotes+json"
TABLE = "application/vnd.slackwater.table+json"


def shown(data: dict, metadata: dict | None = None) -> nbformat.NotebookNode:
    """One output of a cell."""
    return new_output("display_data", data=data, metadata=metadata or {})


def code(source: str, *outputs, tags: tuple[str, ...] = ()) -> nbformat.NotebookNode:
    """A code cell with its outputs."""
    return new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)} if tags else {})


def text(source: str, **metadata) -> nbformat.NotebookNode:
    """A markdown cell."""
    return new_markdown_cell(source, metadata=metadata)


def notebook(*cells) -> nbformat.NotebookNode:
    """An executed notebook of *cells*."""
    for number, cell in enumerate(cells, 1):
        cell["id"] = f"cell-{number}"
    return new_notebook(cells=list(cells))


def tide_svg() -> str:
    """A chart as the house draws it: its colours on nothing, text as text."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot as plt

    ink, muted, rule = "#1b2733", "#5b6b7a", "#d5dde3"
    with plt.rc_context({"svg.fonttype": "none", "font.family": "DejaVu Sans", "font.size": 9, "text.color": ink,
                         "axes.edgecolor": rule, "axes.labelcolor": muted, "xtick.color": muted,
                         "ytick.color": muted, "svg.hashsalt": "x", "savefig.transparent": True}):
        figure, axes = plt.subplots(figsize=(7, 3.2))
        years = [2018.4, 2018.9, 2019.3, 2019.8, 2020.6, 2021.9, 2023.1, 2024.6, 2024.9, 2025.1, 2025.2]
        nets = [1, .8, .9, .6, .5, .1, 0, -.4, -.7, -.9, -1]
        colours = ["#0b6e99" if n > 0 else "#b8452f" if n < 0 else "#7c8894" for n in nets]
        axes.axhline(0, color=muted, lw=.8)
        axes.vlines(years, [n - .25 for n in nets], [n + .25 for n in nets], colors=colours, alpha=.6, lw=2)
        axes.scatter(years, nets, c=colours, s=42, zorder=3)
        axes.annotate("Factory opens", (2018.9, .8), (2020.2, 1.12), arrowprops={"arrowstyle": "-", "color": muted})
        axes.text(2024.7, -1.35, "closure confirmed", color="#b8452f", ha="right")
        axes.set(ylim=(-1.6, 1.5), ylabel="net direction")
        axes.spines[["top", "right"]].set_visible(False)
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg")
        plt.close(figure)
    return buffer.getvalue()


def png() -> str:
    """A small picture, base64."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((320, 120)).save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def run(words: str, **more) -> dict:
    """A stretch of a quotation."""
    return {"text": words, **more}


CLAIMS = {
    "id": "tbl-claims", "caption": "What the pages claim, and when it is to have happened", "row_header": True,
    "columns": [{"label": "Event", "align": "left"}, {"label": "When", "align": "left"},
                {"label": "Who says so", "align": "left"}, {"label": "Certainty", "align": "left"},
                {"label": "Pages", "align": "right"}],
    "rows": [
        ["Opening of the assembly hall", "May 2018", "company", "asserted", {"text": "2", "href": "#q-opening"}],
        ["Second hall", "2019", "government", "planned", "1"],
        ["Closure", [{"text": "January or February 2025", "strong": True}], "workers, press", "reported", "3"],
        ["海港新闻 says the site is for sale", "2025-03", "press", "hedged", "1"],
    ],
}
EVIDENCE = {"quotes": [
    {"id": "q-opening", "before": "The ribbon was cut under a grey sky.",
     "attribution": "Belmonte Courier, 4 May 2018, line 12",
     "runs": [run("Harrowgate Robotics "), run("opened its first assembly hall", mark=True, direction="expansion"),
              run(" on the north quay on Thursday, with 240 jobs.")]},
    {"id": "q-closing", "before": "", "attribution": "海港新闻 (Harbour News), 2 April 2025, line 3",
     "runs": [run("The company has "), run("shut the hall", mark=True, direction="retreat"), run(" and "),
              run("dismissed the last 60 workers", mark=True, direction="retreat"), run(", two of them said.")]},
]}


def sample() -> nbformat.NotebookNode:
    """Every block once, in the order a report has them."""
    return notebook(
        text(f"# {META['title']}"),
        code("pages_folder = 'corpus'", tags=("parameters",)),
        code("import slackwater", new_output("stream", name="stdout", text="set-up noise"), tags=("hide",)),
        code("Markdown(findings.bottom_line(documents))", shown({"text/markdown":
            "## Bottom line\n\nHarrowgate Robotics **very likely left** Port Belmonte between January and April 2025. "
            "Two independent pages say so ([workers](#q-closing) and the press); the company is silent. "
            "See [](#fig-tide) and [](#tbl-claims)."}), tags=("bottom-line",)),
        text("## When did the tide turn?\n\nEach mark is a page.[^1] The share is $\\frac{E-R}{E+R}$, where $E$ "
             "counts sentences of expansion.\n\n[^1]: Pages that repeat another are counted once. "
             "See [](#how-it-is-measured)."),
        code("charts.tide(documents)", shown(
            {"image/svg+xml": tide_svg(), "text/plain": "x"},
            {"image/svg+xml": {"id": "fig-tide", "alt": "Eleven pages from 2018 to 2025: the first five lean to "
                               "expansion, the last four to retreat.",
                               "caption": "The tide turns between 2021 and 2024. A bar is a 95 % interval."}})),
        code("Markdown(findings.turn(documents))", shown({"text/markdown":
            "Until 2020 all 5 pages lean to expansion.\n\nSince 2024 all 4 lean to retreat; 2 of them were written by "
            "the workers' own paper."})),
        text("### What the sources claim"),
        code("findings.claims(claims)", shown({TABLE: CLAIMS, "text/html": "<table></table>", "text/plain": "x"})),
        text("### The evidence"),
        code("findings.evidence(sentences)", shown({QUOTES: EVIDENCE, "text/plain": "x"})),
        text("Tone is not direction: a sad page may report growth.", tags=["note"]),
        text("## How it is measured\n\n1. Clean the pages.\n2. Read each sentence:\n   - by rules,\n   - by tone.\n\n"
             "$$p = \\frac{n_{E} + \\frac{1}{2}}{n + 1}$$\n\n> A quotation of a method paper.\n\n"
             "```python\nslackwater.themes.read(sentence)\n```\n\nA [link](https://example.org/a?b=1), `code`, "
             "~~struck~~ and *emphasis*.\n\n| page | kept |\n|---|--:|\n| one | 12 |\n| two | 7 |\n\n"
             "Table: Lines kept {#tbl-kept}"),
        code("#| fig-alt: A grey ramp from black to white.\n#| fig-cap: A picture made of points\nshow(picture)",
             shown({"image/png": png(), "text/plain": "<Figure size 640x480 with 1 Axes>"})),
        code("frame", shown({"text/html": "<style>td{}</style><table class='dataframe'><thead><tr><th></th><th>n</th>"
             "<th>polarity</th></tr></thead><tbody><tr><th>a</th><td>4</td><td>0.25</td></tr><tr><th>b</th><td>11</td>"
             "<td>-0.50</td></tr></tbody></table>", "text/plain": "x"})),
        code("print('done')", new_output("stream", name="stdout", text="3 pages read\n")),
        code("1 / 0", new_output("error", ename="ZeroDivisionError", evalue="division by zero",
                                 traceback=["\x1b[31mat /home/somebody/x.py\x1b[0m"])),
        code("widget", shown({"application/vnd.jupyter.widget-view+json": {"model_id": "1"},
                              "text/plain": "Slider()"})),
    )


HOSTILE = [
    "<script>alert(1)</script>", '<img src="http://example.invalid/a.png" onerror=alert(1)>',
    "[x](javascript:alert(1))", "$\\input{/etc/passwd}$", '#read("/etc/passwd")', '=HYPERLINK("http://example.invalid")',
    "invoice \u202egnp.exe", "w" * 10_000, "نص عربي", "😀 ऋ \x00\x1b[31m\ud800", "</style></svg>{{ 7 * 7 }}{% raw %}",
    "](http://example.invalid) ![x](http://example.invalid/b.png)", "https://example.invalid/" + "a/b-c_d" * 60,
]


def hostile(longest: int = 10_000) -> nbformat.NotebookNode:
    """Text that would like to be something else, in every place where text of a page can stand."""
    texts = [words[:longest] for words in HOSTILE]
    quotes = [{"id": text, "before": text, "runs": [run(text, mark=True, direction=text)], "attribution": text}
              for text in texts]
    table = {"id": texts[0], "caption": texts[1], "columns": [{"label": t, "align": t} for t in texts[:3]],
             "rows": [[t, {"text": t, "href": "javascript:alert(1)"}, [{"text": t, "href": t}]] for t in texts]}
    drawing = ('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40" onload="alert(1)">'
               '<script>alert(1)</script><style>* { display: none }</style>'
               '<a href="javascript:alert(1)"><text y="9">no</text></a><image href="http://example.invalid/c.png"/>'
               '<use href="http://example.invalid/d.svg#x"/><foreignObject><b>no</b></foreignObject>'
               '<text y="20" style="fill:url(http://example.invalid/e)">&lt;script&gt; shown</text></svg>')
    lines = "\n\n".join(texts)
    return notebook(
        text(f"## {texts[0]}\n\n{lines}"),
        code("x", shown({QUOTES: {"quotes": quotes}})),
        code("x", shown({TABLE: table})),
        code("x", shown({"text/markdown": lines})),
        code("x", shown({"image/svg+xml": drawing}, {"image/svg+xml": {"alt": texts[0], "caption": texts[1]}})),
        code("x", shown({"text/html": "<script>alert(1)</script><table><tr><td onclick=x>cell</td></tr></table>"})),
        code("x", shown({"application/javascript": "alert(1)"}), shown({"text/html": "<iframe src=x></iframe>"})),
        code("\n".join(texts), new_output("stream", name="stdout", text="\n".join(texts))),
        code("x", new_output("error", ename=texts[0], evalue=texts[1], traceback=[])),
    )


def long_table(rows: int = 5000) -> nbformat.NotebookNode:
    """A table of many rows."""
    return notebook(code("table", shown({TABLE: {
        "caption": "Lines", "columns": [{"label": "file"}, {"label": "text"}, {"label": "n", "align": "right"}],
        "rows": [[f"{n}.txt", "A sentence of a dozen words that goes on for a while.", str(n)] for n in range(rows)],
    }})))


def write(folder: str | Path) -> list[str]:
    """The sample as report.html and report.pdf, and a list of reports, in *folder*; what could not be shown."""
    from slackwater.render import html, index, pdf

    folder = Path(folder)
    pdf.write(sample(), folder / "report.pdf", meta=META)
    index.write([META | {"html": "report.html", "tide": [("2018-05", 1), ("2025", -1)]}], folder / "index.html")
    return html.write(sample(), folder / "report.html", meta=META)


if __name__ == "__main__":  # for looking at it: python tests/render_sample.py FOLDER
    import sys

    print("\n".join(write(sys.argv[1])))
