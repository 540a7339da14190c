"""Two states compared: news apart from method, and a line for a mail's subject."""

import copy

import pytest

from slackwater import changes

PAGE = {"sha256": "a", "title": "Acme opens in Ghent", "publisher": "The Ghent Post", "published": "2024-05-02",
        "direction": "expansion", "verdict": "clear", "n_expansion": 3, "n_retreat": 0, "fault": None,
        "sentence": "Acme opened a plant in Ghent."}
CLAIM = {"event": "opening", "site": "plant", "when": "2024-05", "when_text": "in May", "certainty": "asserted",
         "speaker": "company", "file": "000.txt", "sentence": 2}
BEFORE = {"date": "2024-05-02", "headline": "Acme is likely growing in Ghent.",
          "judgement": {"course": "growing", "direction": "expansion", "word": "likely"},
          "pages": {"000.txt": PAGE}, "claims": [CLAIM],
          "method": {"slackwater": "1.0", "lexicon": "x", "textblob": "0.20.1"}}


def after(**edits):
    return copy.deepcopy(BEFORE) | edits


@pytest.mark.parametrize(("edits", "line"), [
    ({}, "Nothing changed: Acme is likely growing in Ghent."),
    ({"pages": {"000.txt": PAGE, "001.txt": PAGE}}, "1 new page: Acme is likely growing in Ghent."),
    ({"pages": {}}, "1 page dropped: Acme is likely growing in Ghent."),
    ({"pages": {"000.txt": PAGE | {"sha256": "b"}}}, "1 page edited: Acme is likely growing in Ghent."),
    ({"pages": {}, "claims": []}, "1 page dropped; 1 dated claim gone: Acme is likely growing in Ghent."),
    ({"claims": []}, "1 dated claim gone: Acme is likely growing in Ghent."),
    ({"method": BEFORE["method"] | {"lexicon": "y"}},
     "Method changed (the lexicon): Acme is likely growing in Ghent."),
    ({"judgement": {"course": "turned"}, "headline": "Acme is being wound down.",
      "pages": {"000.txt": PAGE | {"direction": "retreat", "sha256": "b"}}},
     "The judgement changed; 1 page edited; 1 verdict moved: Acme is being wound down."),
])
def test_the_line_says_what_happened(edits, line):
    assert changes.compare(BEFORE, after(**edits))["line"] == line


def test_of_a_page_that_was_withdrawn_no_word_is_told():
    before = changes.without(BEFORE, ["000.txt", "007.txt"])
    found = changes.compare(before, after(pages={}, claims=[]))
    assert found["line"] == "1 page withdrawn: Acme is likely growing in Ghent." and found["withdrawn"] == 1
    assert "000.txt" not in str(found) and PAGE["title"] not in str([found, before])
    assert changes.without(BEFORE, ["007.txt"]) == BEFORE


def test_a_first_edition_is_not_compared():
    found = changes.compare(None, BEFORE)
    assert found["first"] and found["line"] == "First edition: Acme is likely growing in Ghent."
    assert not any(found[key] for key in found if key not in {"first", "what", "line"})


def test_a_moved_verdict_carries_the_sentence_that_moved_it():
    turned = PAGE | {"direction": "retreat", "sentence": "Acme closed its plant."}
    moved = changes.compare(BEFORE, after(pages={"000.txt": turned}))["verdicts"]
    assert moved == [{"file": "000.txt", "title": PAGE["title"], "from": "expansion", "to": "retreat",
                      "sentence": "Acme closed its plant."}]
