"""A page withdrawn: no word of it stays, it is known again, and nothing brings it back."""

import json

import pytest

from articles import CLOSING, CORPUS, ELSEWHERE, OPENING, html
from loopback import QUICK, serving
from slackwater import cli, corpus, editions, run, sources, withdraw
from slackwater.errors import InputError
from slackwater.intake import add, feeds, fetching

ADDRESS = "https://news.example/2025/acme-opens?utm_source=x"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A corpus of three pages, the first with all that may be known of one; reports are noted and not made."""
    folder = tmp_path / "acme-ghent"
    folder.mkdir()
    (folder / "corpus.yaml").write_text(CORPUS)
    for name, text in (("opening.txt", OPENING), ("closing.txt", CLOSING), ("elsewhere.txt", ELSEWHERE)):
        (tmp_path / name).write_text(text)
        add.add(folder, [str(tmp_path / name)])
    first, *others = sources.load(folder)
    told = {**first, "url": ADDRESS, "moved_to": "https://news.example/moved", "title": "A secret title",
            "publisher": "The Secret", "authors": ["Jane Secret"]}
    (folder / "sources.jsonl").write_text("".join(json.dumps(record) + "\n" for record in (told, *others)))
    (folder / "tuning").mkdir()
    (folder / "tuning" / "labels.jsonl").write_text("".join(
        json.dumps({"file": record["file"], "sentence": "Acme did.", "direction": "neutral"}) + "\n"
        for record in (first, *others)))
    made = []

    def report(given, settings, *, tell):
        made.append(corpus.load(given))
        return run.Done("2025-01-01-abc", settings.out / "acme", False, "acme", "", (), None)

    monkeypatch.setattr(run, "report", report)
    return folder


def first(folder):
    return corpus.listing(folder)[0]


def taken(folder, file, **settings):
    told = []
    withdraw.page(folder, file, run.Settings(out=folder.parent / "out", **settings), tell=told.append)
    return told


def everything(folder):
    return "".join(path.read_text() for path in folder.rglob("*") if path.is_file())


def test_no_word_of_it_stays_in_the_corpus(folder):
    file = first(folder)
    taken(folder, file)
    left = everything(folder)
    assert "Secret" not in left and "secret" not in left and "news.example" not in left
    assert OPENING.splitlines()[0] not in left and CLOSING.splitlines()[0] in left
    labels = [json.loads(line) for line in (folder / "tuning" / "labels.jsonl").read_text().splitlines()]
    assert len(labels) == 2 and file not in {row["file"] for row in labels}
    *others, mark = sources.load(folder)
    assert len(others) == 2 and set(mark) == {"file", "withdrawn", "sha256", "addresses"}
    assert corpus.load(folder).withdrawn == (file,)


@pytest.mark.parametrize("address", ["http://www.news.example/2025/acme-opens/", "https://news.example/moved#top"])
def test_its_address_is_known_again_and_not_asked(folder, address):
    taken(folder, first(folder))
    [page] = add.add(folder, [address], fetcher=None)
    assert page.what == "refused" and "was withdrawn on 2" in page.fault and "delete its line" in page.fault


def test_its_bytes_are_known_again_under_any_name(folder, tmp_path):
    taken(folder, first(folder))
    (tmp_path / "other name.txt").write_text(OPENING)
    [page] = add.add(folder, [str(tmp_path / "other name.txt")])
    assert page.what == "refused" and "was withdrawn" in page.fault
    (folder / "sources.jsonl").write_text("")
    assert add.add(folder, [str(tmp_path / "other name.txt")])[0].what == "added", "whoever deletes the line decides"


def test_no_feed_brings_it_back(folder):
    with serving() as site:
        feed = f"<rss><channel><item><title>Acme in Ghent</title><link>{site.url('/1')}</link></item></channel></rss>"
        site.pages |= {"/feed": feed, "/1": html(OPENING)}
        (folder / "corpus.yaml").write_text(f"{CORPUS}feeds: ['{site.url('/feed')}']\n")
        [done] = feeds.fetch(folder, fetcher=fetching.Fetcher(QUICK))
        memory = json.loads((folder / feeds.STATE).read_text())
        memory["pages"] |= {sources.key(site.url("/1")): ["2025", "has changed"], "news.example/2": ["2025", "no"]}
        (folder / feeds.STATE).write_text(json.dumps(memory))
        taken(folder, done.pages[0].file)
        asked = len(site.asked)
        assert site.url("/1").removeprefix("http://") not in everything(folder)
        [again] = feeds.fetch(folder, fetcher=fetching.Fetcher(QUICK))
        assert "news.example/2" in everything(folder), "what was looked at and not kept is remembered"
        assert (again.known, again.pages) == (1, ()) and "/1" not in [path for path, _ in site.asked[asked:]]


def test_its_earlier_copies_go_with_it(folder, tmp_path):
    with serving() as site:
        story = ELSEWHERE.replace("Bolt", "Acme")
        site.pages["/1"] = html(story)
        fetcher = fetching.Fetcher(QUICK)
        [old] = add.add(folder, [site.url("/1")], fetcher=fetcher)
        site.pages["/1"] = html(f"{story}\n\nThe company said a new thing about it on Monday.\n")
        [new] = add.add(folder, [site.url("/1")], fetcher=fetcher, replace=True)
    assert (old.what, new.what) == ("added", "added")
    taken(folder, new.file)
    assert not {old.file, new.file} & set(corpus.listing(folder)), "else the older copy would be reported"


def test_what_else_may_hold_words_of_it_is_told(folder, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / f"{corpus.load(folder).name}-mine.html").write_text("")
    (tmp_path / "wire.txt").write_text(f"By our own reporter\n\n{OPENING}")
    [copy] = add.add(folder, [str(tmp_path / "wire.txt")])
    told = taken(folder, first(folder))
    assert [line for line in told if line.startswith(f"note: {copy.file} tells the same text")], told
    assert [line for line in told if line.endswith("-mine.html may quote it; make it again or delete it")], told


def test_the_only_page_and_a_page_that_is_not_there_are_refused_and_nothing_changes(folder):
    *others, last = corpus.listing(folder)
    for name in others:
        (folder / name).unlink()
    before = everything(folder)
    for file, words in ((last, "is the only page"), ("009", "there is no page '009'")):
        with pytest.raises(InputError, match=words):
            taken(folder, file)
    assert everything(folder) == before


def test_a_page_that_was_left_out_can_be_withdrawn_too(folder):
    file = first(folder)
    (folder / "corpus.yaml").write_text(f"{CORPUS}skip:\n  {file}: an advertisement\n")
    taken(folder, file)
    assert file not in corpus.listing(folder) and "skip" not in (folder / "corpus.yaml").read_text()


def test_an_interrupted_withdrawal_goes_on(folder, monkeypatch):
    file = first(folder)
    taken(folder, file)
    with pytest.raises(InputError, match="there is no page"):
        taken(folder, file)
    monkeypatch.setattr(editions.Shelf, "made_with", lambda self, name: ["an edition"])
    monkeypatch.setattr(editions.Shelf, "forget", lambda self, name: [name])
    done = withdraw.page(folder, file, run.Settings(out=folder.parent / "out"))
    assert done.deleted == [file]


def test_from_the_command_line_one_line(folder, capsys, tmp_path):
    assert cli.main(["withdraw", str(folder), first(folder), "--out", str(tmp_path / "out")]) == 0
    assert "withdrawn. Edition" in capsys.readouterr().out
