"""Rendering: one executed notebook becomes one HTML file and one PDF.

The notebook is read once into a `model.Document`, a plain list of blocks that knows
nothing of HTML or PDF; `html` and `pdf` each write all of it. What one of them shows,
the other shows too.

    notebook ─ blocks.read ─→ Document ─┬─ html.write ─→ report.html
               markdown, outputs, svg   └─ pdf.write ──→ report.pdf

`index.write` makes the page that lists many reports. Text from a page or a notebook
is never markup in any of them: HTML is escaped by the template engine, the PDF template
is given JSON, SVG passes an allow-list.
"""
