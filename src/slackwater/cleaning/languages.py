"""Which language a page is in. Only English is measured for tone and direction; others are cleaned and listed.

py3langid ships its model in the package; it takes half a second to load and 0.2 ms a
page, so plainly English pages are recognised by their small words alone.
"""

from __future__ import annotations

import re

_SMALL = frozenset(
    "the of and to in that is was for it with as his on be at by had not are from this have which".split()
)
_HAN = re.compile("[\u3400-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_SAMPLE = 2000


def detect(text: str) -> str:
    """ISO 639-1 code of the language most of *text*'s first 2,000 characters are in; "und" without letters."""
    sample = text[:_SAMPLE]
    words = sample.split()
    if len(words) >= 8 and sum(map(_SMALL.__contains__, words)) >= 0.15 * len(words):
        return "en"
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return "und"
    if len(_KANA.findall(sample)) > letters / 8:
        return "ja"
    if len(_HANGUL.findall(sample)) > letters / 3:
        return "ko"
    if len(_HAN.findall(sample)) > letters / 3:
        return "zh"
    return _model(sample)


def _model(sample: str) -> str:
    import py3langid

    return str(py3langid.classify(sample)[0])
