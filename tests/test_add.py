"""Adding pages: kept as they came, known by hash and address, refused in one line; nothing is ever lost."""

import hashlib
import io
import json
import re
import types
from concurrent.futures import ThreadPoolExecutor

import pytest

from articles import CLOSING, CORPUS, ELSEWHERE, GERMAN, OPENING, html
from loopback import HASTY, QUICK, drip, serving
from slackwater import clean, corpus, formats, sources
from slackwater.errors import InputError
from slackwater.intake import add, fetching, likeness


@pytest.fixture
def site():
    with serving() as site:
        yield site


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "acme-ghent"
    folder.mkdir()
    (folder / "corpus.yaml").write_text(CORPUS)
    return folder


def adding(folder, *given, manners=QUICK, **knobs):
    fetcher = fetching.Fetcher(manners, sleep=lambda _: None)
    return add.add(folder, [str(one) for one in given], fetcher=fetcher, **knobs)


def saved(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def records(folder):
    return [json.loads(line) for line in (folder / sources.FILE).read_text().splitlines()]


def pages(folder):
    return corpus.listing(folder)


def test_an_address_is_kept_as_html_with_its_record(folder, site):
    page = html(OPENING)
    site.pages |= {"/old": (301, {"Location": "/2025/acme"}, b""), "/2025/acme": page}
    [done] = adding(folder, site.url("/old"))
    digest = hashlib.sha256(page.encode()).hexdigest()
    assert done.what == "added" and done.file == f"000_{digest[:16]}.html" and done.notes == ()
    assert (folder / done.file).read_bytes() == page.encode()
    [record] = records(folder)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", record.pop("retrieved"))
    assert record == {"file": done.file, "because": "fetched", "url": site.url("/old"),
                      "moved_to": site.url("/2025/acme"), "sha256": digest}


def test_the_corpus_reads_the_record_and_keeps_the_analysts_words(folder, site):
    site.pages["/a"] = html(OPENING)
    [done] = adding(folder, site.url("/a"))
    assert (folder / "corpus.yaml").read_text() == CORPUS  # comments and all
    facts = corpus.load(folder).facts[done.file]
    assert facts["url"] == site.url("/a") and re.fullmatch(r"\d{4}-\d\d-\d\d", facts["saved"])
    (folder / "corpus.yaml").write_text(f"{CORPUS}pages:\n  {done.file}: {{saved: 2020, because: I saw it}}\n")
    assert corpus.load(folder).facts[done.file] == {"url": site.url("/a"), "saved": "2020", "because": "I saw it"}


def test_files_and_standard_input(folder, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(html(CLOSING).encode())))
    text, marked = saved(tmp_path, "story.txt", OPENING), saved(tmp_path, "note.md", ELSEWHERE)
    done = adding(folder, text, "-", marked)
    assert [one.what for one in done] == ["added"] * 3
    assert [name[:4] for name in pages(folder)] == ["000_", "001_", "002_"]
    assert [name.rpartition(".")[2] for name in pages(folder)] == ["txt", "html", "md"]
    assert [record["because"] for record in records(folder)] == [
        "added from story.txt", "added from standard input", "added from note.md"]
    assert str(tmp_path) not in (folder / sources.FILE).read_text()
    assert text.read_text() == OPENING


@pytest.mark.parametrize("comment", [
    "<!-- saved from url=(0030)https://news.example/2025/acme -->",
    "<!--\n Page saved with SingleFile \n url: https://news.example/2025/acme \n saved date: Mon -->",
])
def test_a_page_saved_by_a_browser_says_where_it_came_from(folder, tmp_path, comment):
    page = html(OPENING).replace("<html", f"{comment}<html")
    adding(folder, saved(tmp_path, "page.htm", page))
    assert records(folder)[0]["url"] == "https://news.example/2025/acme"
    assert "retrieved" not in records(folder)[0]  # when it was saved, nobody knows


def test_numbers_go_on_from_the_highest_even_of_a_page_that_is_gone(folder, tmp_path):
    (folder / "007_cafe.txt").write_text(ELSEWHERE)
    [first] = adding(folder, saved(tmp_path, "a.txt", OPENING))
    (folder / first.file).unlink()
    [second] = adding(folder, saved(tmp_path, "b.txt", CLOSING))
    assert (first.file[:4], second.file[:4]) == ("008_", "009_")


def test_the_same_bytes_are_refused(folder, tmp_path):
    first, second = adding(folder, saved(tmp_path, "a.txt", OPENING), saved(tmp_path, "b.txt", OPENING))
    assert (second.what, second.file) == ("there", first.file)
    assert "is in the corpus already, as 000_" in second.fault
    assert len(pages(folder)) == len(records(folder)) == 1


def test_a_known_address_with_other_furniture_is_the_same_page(folder, site):
    site.pages["/a"] = [html(OPENING, "read by 12"), html(OPENING, "read by 3,407")]
    adding(folder, site.url("/a"))
    [again] = adding(folder, site.url("/a") + "?utm_source=mail#top", site.url("/a"))[1:]
    assert again.what == "there" and "with the same text" in again.fault and len(pages(folder)) == 1


def test_a_changed_page_is_told_and_both_copies_kept(folder, site):
    later = OPENING.replace("four hundred", "two hundred")
    site.pages["/a"] = [html(OPENING), html(later)]
    [first] = adding(folder, site.url("/a"))
    [told] = adding(folder, site.url("/a"))
    assert (told.what, told.file) == ("changed", first.file)
    assert re.search(rf"has changed since it was saved as {first.file} on \d{{4}}-.*--replace", told.fault)
    assert pages(folder) == [first.file]
    [second] = adding(folder, site.url("/a"), replace=True)
    assert second.what == "added" and pages(folder) == [first.file, second.file]
    loaded = corpus.load(folder)
    assert loaded.skip == {first.file: f"replaced by {second.file}, the page as it was later"}
    assert [page.file for page in corpus.pages(loaded)] == [second.file]
    assert adding(folder, site.url("/a"), replace=True)[0].what == "there"


def test_the_same_story_from_two_wires_is_kept_and_said(folder, tmp_path):
    other = "Reuters - " + OPENING.replace("on Tuesday", "in a statement").replace("eleven towns", "many towns")
    first, second, third = adding(folder, saved(tmp_path, "a.txt", OPENING), saved(tmp_path, "b.txt", other),
                                  saved(tmp_path, "c.txt", CLOSING))
    assert second.what == "added" and len(pages(folder)) == 3 and third.notes == ()
    assert re.search(rf"tells the same text as {first.file} \(\d\d%\); both are kept", str(second))


def test_a_page_in_german_is_kept_and_said(folder, tmp_path):
    [done] = adding(folder, saved(tmp_path, "a.txt", GERMAN))
    assert done.what == "added"
    assert "is in German: it is listed, but tone and direction are read in English only" in str(done)


def test_a_short_page_is_kept_and_said(folder, tmp_path):
    teaser = "\n\n".join(OPENING.split("\n\n")[:2]) + "\n"
    [done] = adding(folder, saved(tmp_path, "a.txt", teaser))
    assert done.what == "added" and re.search(r"holds \d\d words only: a teaser", str(done))


PAYWALL = html("Acme opens battery plant\n\nSubscribe to read this story.\n\nLog in")


@pytest.mark.parametrize(("kind", "body", "words"), [
    ("text/html", PAYWALL, "no article text found. Is it a page behind a login or a subscription"),
    ("application/pdf", b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer << >>\n%%EOF", "pdf"),
    ("text/html", b"%PDF-1.7\n\x00\x01\x02", "pdf"),
    ("image/png", b"\x89PNG\r\n\x1a\n" + bytes(100), "is a PNG picture, not text"),
    ("text/html", b"", "is empty"),
    ("application/rss+xml", "<?xml version='1.0'?><!-- a --><rss><channel/></rss>", "is a feed, not a page"),
    ("text/html", "<!-- -->" * 3000 + "x", "no article text found"),
])
def test_what_is_no_page_is_refused_in_one_line(folder, site, kind, body, words):
    site.pages["/a"] = (200, {"Content-Type": kind}, body)
    [done] = adding(folder, site.url("/a"))
    assert done.what == "refused" and words in str(done) and "\n" not in str(done) and str(done).endswith(".")
    assert pages(folder) == [] and not (folder / sources.FILE).exists()


def pdf(text):
    import typst

    return typst.compile(text.replace('"', "").encode())


def test_a_pdf_keeps_its_paragraphs_and_one_behind_a_paywall_is_no_page(folder, site):
    walled = f"{OPENING.splitlines()[0]}\n\nThis article is for subscribers. Log in to read on.\n\nSubscribe now."
    site.pages |= {path: (200, {"Content-Type": "application/pdf"}, pdf(text))
                   for path, text in (("/whole", OPENING), ("/walled", walled))}
    whole, paywalled = adding(folder, site.url("/whole"), site.url("/walled"))
    assert (whole.what, paywalled.what) == ("added", "refused") and whole.file.endswith(".pdf")
    assert "a page behind a login or a subscription" in str(paywalled)
    page = clean.page(formats.read(whole.file, (folder / whole.file).read_bytes()).text)
    assert page.title == "Acme opens battery plant in Ghent" and len(page.text.split("\n")) == 3
    assert "by the end of next year" in page.text


def test_faults_of_one_source_stop_nothing(folder, site, tmp_path):
    site.pages |= {"/huge": drip(head=b"HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n"), "/good": html(OPENING)}
    told = []
    done = adding(folder, site.url("/huge"), site.url("/none"), tmp_path / "none.txt", tmp_path, "ftp://x.example/a",
                  "http://anna:geheim@x.example/", site.url("/good"), tell=told.append)
    assert [one.what for one in done] == ["refused"] * 6 + ["added"]
    for line, words in zip(told, ["announces 2,147,483,648 bytes", "404 not found", "there is no such file",
                                  "is a folder", "not an address of the web", "name and password", "000_"],
                           strict=True):
        assert words in line and "\n" not in line and "geheim" not in line
    assert len(pages(folder)) == 1


def test_a_slow_address_ends(folder, site):
    site.pages["/slow"] = drip()
    assert "not done answering" in str(adding(folder, site.url("/slow"), manners=HASTY)[0])


def test_a_large_file_is_refused(folder, tmp_path):
    [done] = adding(folder, saved(tmp_path, "a.txt", OPENING * 10), max_bytes=1000)
    assert "the limit for a page is 1,000" in str(done)


@pytest.mark.parametrize(("charset", "stated"), [("utf-8", "iso-8859-1"), ("cp1252", "utf-8"), ("utf-16", "utf-8")])
def test_a_wrong_charset_in_the_header_changes_no_byte(folder, site, charset, stated):
    page = OPENING.replace("Marie", "Zoë").encode(charset)
    site.pages["/a"] = (200, {"Content-Type": f"text/plain; charset={stated}"}, page)
    [done] = adding(folder, site.url("/a"))
    assert (folder / done.file).read_bytes() == page and "Zoë" in formats.read(done.file, page).text


def test_names_with_escapes_reach_no_terminal(folder, tmp_path):
    [done] = adding(folder, saved(tmp_path, "a\x1b[31m\n.txt", OPENING))
    assert "\x1b" not in str(done) and "\n" not in str(done) and "\x1b" not in records(folder)[0]["because"]


def test_a_folder_that_cannot_be_written_loses_nothing(folder, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(sources, "append", full)
    with pytest.raises(InputError, match=r"cannot be written \(No space left on device\)\. Nothing was added"):
        adding(folder, saved(tmp_path, "a.txt", OPENING))
    assert pages(folder) == [] and not list(folder.glob(".*.part"))


def test_two_at_once_agree(folder, tmp_path):
    files = [saved(tmp_path, f"{n}.txt", OPENING.replace("Tuesday", f"day {n}")) for n in range(6)]
    with ThreadPoolExecutor(4) as pool:
        done = [one for adds in pool.map(lambda _: adding(folder, *files), range(4)) for one in adds]
    assert sum(one.what == "added" for one in done) == 6
    assert sorted(name[:3] for name in pages(folder)) == [f"{n:03d}" for n in range(6)]
    assert len(records(folder)) == 6


@pytest.mark.parametrize(("line", "words"), [
    ("not json", "line 1: is not JSON"), ("[]", "line 1: is not a record"), ('{"file": 3}', "is not a record"),
    ('{"file": "a", "url": "javascript:alert(1)"}', "url is not an http"),
    ('{"file": "a", "title": 7}', "title is not text"), ('{"file": "a", "published": "2019-13"}', "no such day"),
    ('{"file": "a", "authors": "x"}', "authors is not a list"),
])
def test_a_damaged_record_is_named(folder, line, words):
    (folder / sources.FILE).write_text(line + '\n{"file": "b"}\n')
    with pytest.raises(InputError, match="Mend the line or delete it") as caught:
        corpus.load(folder, empty=True)
    assert words in str(caught.value)


def test_a_record_that_was_cut_off_in_writing_is_left_out(folder, tmp_path):
    adding(folder, saved(tmp_path, "a.txt", OPENING))
    with (folder / sources.FILE).open("a") as stream:
        stream.write('{"file": "001_')
    assert len(sources.load(folder)) == 1
    adding(folder, saved(tmp_path, "b.txt", CLOSING))


@pytest.mark.parametrize(("one", "other", "same"), [
    ("https://www.x.example/a/", "http://x.example/a", True),
    ("https://x.example/a?utm_source=mail&id=3#top", "https://x.example/a?id=3", True),
    ("https://x.example/a?id=3", "https://x.example/a?id=4", False),
    ("https://x.example/a", "https://y.example/a", False),
])
def test_addresses_that_mean_the_same_page(one, other, same):
    assert (sources.key(one) == sources.key(other)) is same


def test_likeness_is_the_share_of_the_shorter_text():
    shelf = likeness.Shelf()
    shelf.put("long", likeness.sample(OPENING + CLOSING + ELSEWHERE))
    assert shelf.likest(likeness.sample(CLOSING)) == ("long", 1.0)
    assert shelf.likest(likeness.sample(GERMAN)) is None
    assert likeness.sample("") == []
