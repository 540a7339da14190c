import re

import pytest

from slackwater.reading import sieve

SAID = re.compile(r"\b(?:said|according to)\b", re.IGNORECASE)


@pytest.mark.parametrize(("text", "holds"), [
    ("The harbour master said so.", True),
    ("“Said,” he wrote", True),
    ("according\n to him", True),
    ("Nothing aforesaid here", False),
    ("", False),
])
def test_a_text_is_let_pass_unless_a_chunk_may_start_the_pattern(text, holds):
    starts = sieve.Sieve(re.compile(r"\b(?:said|according)\b", re.IGNORECASE))
    assert starts.holds(text) is holds
    assert starts.holds(text) is holds, "the remembered answer is the same"
    assert holds or not SAID.search(text)


def test_the_memory_stays_bounded(monkeypatch):
    monkeypatch.setattr(sieve, "SIZE", 10)
    starts = sieve.Sieve(SAID)
    for number in range(100):
        starts.holds(f"chunk{number}")
        assert len(starts) <= 10
