"""A corpus that wants to do harm goes through the whole report; nothing that it asks for happens."""

import csv
import json
import os
import re
import socket
import subprocess
import sys
import time
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from pypdf import PdfReader

import hostile
import small_report
from browser.chromium import browser
from slackwater import cli, corpus, formats, lexicon, run, yaml_file
from slackwater.errors import InputError

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
# Python tells a hook of every file it opens, every process, every connection; in the kernels too.
GUARD = """import os, sys
log = os.open(os.environ["GUARD_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
wanted = ("open", "os.", "shutil.", "subprocess.", "socket.connect", "socket.getaddrinfo", "ctypes.dlopen", "urllib.")
def hook(event, args):
    if event.startswith(wanted) and event not in ("os.listdir", "os.scandir", "os.putenv", "os.unsetenv", "os.fspath"):
        os.write(log, (repr((event, *map(str, args[:3]))) + "\\n").encode("ascii", "backslashreplace"))
sys.addaudithook(hook)
"""


class Ran:
    """The run over the hostile corpus: where it lies, what it made, said and touched."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.corpus, self.out = folder, folder / "corpus", folder / "out"
        self.payloads = hostile.build(self.corpus)
        for name in ("guard", "tmp", "home"):
            (folder / name).mkdir()
        (folder / "guard" / "sitecustomize.py").write_text(GUARD)
        path = os.pathsep.join([str(folder / "guard"), *filter(None, [os.environ.get("PYTHONPATH")])])
        self.done = subprocess.run(
            [sys.executable, "-P", "-m", "slackwater", "report", str(self.corpus), "--out", str(self.out)],
            cwd=self.corpus, capture_output=True, timeout=400, umask=0, env=os.environ | {
                "PYTHONPATH": path, "GUARD_LOG": str(folder / "log"), "TMPDIR": str(folder / "tmp"), "TZ": "UTC",
                "HOME": str(folder / "home"), "USER": "canaryuser", "LOGNAME": "canaryuser"})
        self.edition = self.out / "hostile"
        self.touched = [eval(line) for line in (folder / "log").read_text("ascii").splitlines()]


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    return Ran(tmp_path_factory.mktemp("h"))


def test_the_report_is_made_and_counts_its_payloads(ran):
    assert ran.done.returncode == 0, ran.done.stderr.decode()[-2000:]
    assert ran.payloads >= 150


def files(ran):
    return [path for path in ran.out.rglob("*") if path.is_file()]


def test_nothing_outside_is_read_or_written_and_nothing_is_started(ran):
    allowed = [ran.corpus, ran.out, ran.folder / "tmp", ran.folder / "guard", ROOT, Path(sys.prefix),
               Path(sys.base_prefix), *map(Path, ("/usr", "/lib", "/proc", "/sys", "/dev", "/etc/fonts",
                                                  "/etc/mime.types", "/etc/localtime"))]
    outside, commands = set(), set()
    for event, *args in ran.touched:
        if event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn"):
            commands.add(args[0])
        elif event.startswith(("socket.connect", "socket.getaddrinfo", "urllib.")):
            outside.add((event, *args))
        elif event == "open" or event.startswith(("os.", "shutil.")):
            # a link of the corpus may be looked at, never opened
            path = Path(args[0]) if args and args[0].startswith("/") else None
            if path and not any(Path(os.path.realpath(path)).is_relative_to(place.resolve()) for place in allowed):
                outside.add((event, *args))
            written = event in ("os.remove", "os.rename", "os.mkdir", "os.symlink", "os.chmod") or (
                event == "open" and len(args) > 1 and args[1] and set(args[1]) & set("wax+"))
            if path and written and not any(path.is_relative_to(place) for place in allowed[1:3]):
                outside.add((event, *args))
    caches = ("__pycache__", str(ran.folder / "home"))  # what libraries keep for themselves
    outside = {told for told in outside if not any(cache in told[1] for cache in caches)}
    assert not outside
    assert {Path(command).name for command in commands} <= {Path(sys.executable).name, "fc-list", "uname"}, commands
    assert not list(ran.folder.rglob("pwned"))
    assert not list((ran.folder / "tmp").iterdir())


def test_what_stands_outside_stands_nowhere_in_the_report(ran):
    for path in files(ran):
        data = path.read_bytes()
        assert hostile.SECRET.encode() not in data, path
        assert b"root:x:0:0" not in data, path


def test_no_user_no_machine_no_path(ran):
    words = ["canaryuser", str(ran.folder), str(ROOT), sys.prefix, *[
        name for name in {socket.gethostname()} if len(name) > 3 and name != "localhost"]]
    for path in files(ran):
        data = path.read_bytes()
        if path.suffix == ".pdf":
            data += unpacked(data)
        assert [word for word in words if word.encode() in data] == [], path


def unpacked(data):
    found = b""
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.S):
        try:
            found += zlib.decompress(stream)
        except zlib.error:
            continue
    return found


def test_what_is_said_cannot_steer_a_terminal_or_forge_a_line(ran):
    for said in (ran.done.stdout, ran.done.stderr):
        assert not [c for c in said.decode() if not c.isprintable() and c != "\n"]
        assert b"\nslackwater: forged" not in said and b"\nslackwater: all is well" not in said


def test_files_may_be_changed_by_their_owner_alone(ran):
    assert [path for path in [*ran.out.rglob("*"), ran.out]
            if not path.is_symlink() and path.stat().st_mode & 0o002] == []


def test_no_cell_of_a_table_is_a_formula(ran):
    tables = list((ran.edition / "working" / "tables").glob("*.csv"))
    assert tables
    csv.field_size_limit(10_000_000)
    for path in tables:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            for row in csv.reader(stream):
                bad = [cell for cell in row if re.match(r"\s*[=+@\t\r]|\s*-(?![\d.]+(e-?\d+)?$)", cell)]
                assert not bad, (path.name, bad[:3])


def test_the_pdf_acts_on_nothing(ran):
    data = (ran.edition / "report.pdf").read_bytes()
    for word in (b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/EmbeddedFile", b"/SubmitForm", b"/GoToR"):
        assert word not in data + unpacked(data), word
    for page in PdfReader(ran.edition / "report.pdf").pages:
        for note in page.get("/Annots") or []:
            address = note.get_object().get("/A", {}).get("/URI", "https:")
            assert re.match(r"https?:|mailto:", str(address)), address


def test_links_and_devices_of_the_corpus_are_told_as_faults(ran):
    state = json.loads((ran.edition / "run.json").read_text())["state"]
    for name in ("link.txt", "passwd.txt", "up.txt", "zero.txt", "random.txt", "self.txt", "fifo.txt"):
        assert state["pages"][name]["fault"], name


@pytest.mark.browser
def test_in_a_browser_nothing_runs_nothing_is_asked_and_nothing_pops_up(ran):
    with browser() as page:
        for file in (ran.edition / "report.html", ran.out / "index.html"):
            for dark in (False, True):
                page.open(file, dark=dark)
                page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
                page.evaluate("document.querySelectorAll('a[href^=\"#\"], summary, [tabindex]')"
                              ".forEach(e => e.focus())")
                time.sleep(0.3)
                assert page.evaluate("document.title") != "pwned"
                assert page.evaluate("document.scripts.length") == 0
                assert page.evaluate("[...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
                                     ".filter(a => /^on/i.test(a.name)).length") == 0
                assert page.evaluate("document.querySelectorAll('iframe, object, embed, base, form, portal, "
                                     "meta[http-equiv=refresh]').length") == 0
                assert page.evaluate("[...document.querySelectorAll('[href]')].map(e => e.getAttribute('href'))"
                                     ".filter(h => !/^(#|https?:|mailto:|data:,$|[\\w.-]+\\/report)/.test(h))") == []
                assert page.requests() == []
                assert page.messages() == []
                assert not [e for e in page.events if e["method"] == "Page.javascriptDialogOpening"]


@pytest.mark.parametrize("text", [
    "!!python/object/apply:os.system ['touch pwned']", "title: !!python/name:os.system", "a: &a [x]\nb: *a",
    "a: &a {x: 1}\n<<: *a", "[" * 5000, "{" * 5000 + "a", "- " * 3000 + "x", "title: 'x", "\ttitle: x", "? [a]\n: b",
    "title: \x00", "a: 1\na: 2", "%TAG ! tag:x,2000:\n---\n!y z", "--- a\n--- b", "!!binary YQ==", "!!set {a}",
    "9" * 9999,
    "title: {}\ncompany: []\nplace: 3", "title: T\ncompany: C\nplace: P\nname: ../../x",
    "title: T\ncompany: C\nplace: P\nname: /etc/x", "title: T\ncompany: C\nplace: P\nname: index.html",
    "title: T\ncompany: C\nplace: P\nname: .hidden", "title: T\ncompany: C\nplace: P\nlexicon: /etc/passwd",
    "title: T\ncompany: C\nplace: P\nlexicon: ../../../../../../../../etc/passwd",
    "title: T\ncompany: C\nplace: P\nnotebooks: /etc",
    "title: T\ncompany: C\nplace: P\nnotebooks: ../../../../../../../../etc",
    "title: T\ncompany: C\nplace: P\nlexicon: outside.yaml",
    "title: T\ncompany: C\nplace: P\npages: {../../etc/passwd: {kind: news, because: x}}",
    "title: T\ncompany: C\nplace: P\npages: {0.txt: {url: 'javascript:alert(1)', because: x}}",
    "title: T\ncompany: C\nplace: P\nfeeds: ['file:///etc/passwd']", "x: !!timestamp 9999-99-99", "x: 2000-13-45",
    "é: \udcff",
])
def test_a_corpus_yaml_that_wants_harm_is_refused_in_one_line(tmp_path, text):
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (folder / "0.txt").write_text("Acme opens a plant.")
    (folder / "outside.yaml").symlink_to("/etc/passwd")
    (folder / "corpus.yaml").write_text(text, "utf-8", errors="surrogateescape")
    with pytest.raises(InputError) as told:
        corpus.load(folder)
    assert "\n" not in str(told.value) and str(told.value).count("corpus.yaml") >= 1
    with suppress(InputError):  # a lexicon reads every scalar as text, so some of it is one
        lexicon.load(folder / "corpus.yaml")


def test_laughs_by_the_billion_are_refused(tmp_path):
    text = "a0: &a0 [l,l,l,l,l,l,l,l,l]\n" + "".join(
        f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    (tmp_path / "x.yaml").write_text(text)
    begun = time.process_time()
    for load in (yaml_file.load, lexicon.load):
        with pytest.raises(InputError):
            load(tmp_path / "x.yaml")
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(("name", "data"), [
    ("bomb.docx", hostile.docx(hostile.laughs())), ("zip.docx", hostile.docx("<w:document/>", 300_000_000)),
    ("external.docx", hostile.docx(hostile.external(Path("/etc")))), ("laughs.html", hostile.laughs().encode()),
])
def test_a_document_that_unfolds_is_read_within_bounds(name, data):
    code = ("import pathlib, re, sys\nfrom slackwater import formats\n"
            f"loaded = formats.read({name!r}, sys.stdin.buffer.read())\n"
            "print(len(loaded.text), re.search(r'VmHWM:\\s*(\\d+)', pathlib.Path('/proc/self/status').read_text())[1])")
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, timeout=60, check=True)
    length, kilobytes = map(int, done.stdout.split())
    assert length < 1_000_000 and kilobytes < 400_000


def test_a_parameter_is_a_value_and_never_code(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    word = ("'\"\"\"); import os; os.system('touch pwned') #\\\n{__import__('os').system('touch pwned')}"
            "\x00\u2028$(touch pwned)")
    folder = small_report.corpus(tmp_path)
    small_report.write(folder / "nb", "02-measure-tone",
                       f"assert word == {word!r}, word", small_report.STAGE.format("tones"))
    assert cli.main(["report", str(folder), "--out", "out", "--param", f"word={word}"]) == 0
    assert not list(tmp_path.rglob("pwned"))


def test_every_process_is_started_without_a_shell():
    import ast

    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in {"os.system", "os.popen", "exec"}, path
                assert called != "eval" or isinstance(node.args[0], ast.Constant), f"{path}: a text from elsewhere"
                assert not any(word.arg == "shell" for word in node.keywords), path
                if called == "yaml.load":
                    assert "Loader" in ast.unparse(node), path


def test_a_file_of_any_kind_never_raises():
    for data in (b"%PDF-1.7\n" * 9, b"\x00" * 999, b"[" * 30_000, b"PK\x03\x04" + b"x" * 99, hostile.laughs().encode()):
        for ending in (".txt", ".html", ".md", ".docx", ".pdf", ".xhtml", ""):
            assert isinstance(formats.read(f"x{ending}", data).text, str)
    assert run.NOTEBOOKS.is_dir()
