"""How a page is cleaned: what a line looks like, which lines are the article, what each is called.

`phrases.yaml` holds the words of the web's furniture, `weights.yaml` the weights
that `benchmarks/pages_fit.py` fitted; both are meant to be read.
"""
