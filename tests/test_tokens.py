import pytest

from slackwater.reading import tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It isn't shut-down.", ["It", "isn't", "shut", "down", "."]),
        ("U.S. sales rose 3.5%", ["U.S", "sales", "rose", "3.5", "%"]),
        ("Acme Corp. (ACM.L) said", ["Acme", "Corp", "said"]),
        ("AT&T’s lab", ["AT&T's", "lab"]),
        ("Oslo - Acme", ["Oslo", "-", "Acme"]),
        ("“Yes,” he said", ["“", "Yes", ",", "”", "he", "said"]),
        ("", []),
    ],
)
def test_words_and_marks_of_a_text(text, expected):
    assert [t.text for t in tokens.tokens(text)] == expected


def test_offsets_lead_back_to_the_text():
    text = "Acme’s lab (AI) in Łódź 🙂 closed."
    for token in tokens.tokens(text):
        assert text[token.start : token.end].replace("’", "'").startswith(token.text)


def test_a_text_has_the_tokens_of_its_chunks():
    text = "No. 1 lay-offs at AT&T; U.S. units (all) shut - again, “Mr. Lee” said. #39;t &amp; <ACM.L> a.m."
    assert tokens.words(text) == [w for chunk in text.split() for w in tokens.words(chunk)]


@pytest.mark.parametrize(
    "chunk",
    "lab lab, lab. St. Inc. U.S. A. lab) (lab) “lab” lab’s lay-off amp; lab; #39; <A.B> 2019. x²".split(),
)
def test_a_chunk_has_the_same_words_however_it_is_asked(chunk):
    assert [*tokens.of_one(chunk)] == tokens.words(chunk) == [word for word, _, _ in tokens.of_chunk(chunk)]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a (b) c", "a c"),
        ("a (b c", "a ( b c"),
        ("a (b (c) d) e", "a d ) e"),
        ("(b)", ""),
        ("a (1 2 3 4 5 6 7 8 9 10 11 12) c", "a c"),
        ("a (1 2 3 4 5 6 7 8 9 10 11 12 13) c", "a ( 1 2 3 4 5 6 7 8 9 10 11 12 13 ) c"),
    ],
)
def test_remarks_in_brackets_are_passed_over(text, kept):
    assert " ".join(t.text for t in tokens.tokens(text)) == kept
