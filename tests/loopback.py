"""A real HTTP server on the loopback address, told page by page what to answer."""

import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from slackwater.intake import fetching, transport

QUICK = fetching.Manners(contact="desk@example.org", tries=2, backoff=0, patience=5, pause=0,
                         limits=transport.Limits(silence=5, deadline=10, max_bytes=100_000))
HASTY = replace(QUICK, limits=transport.Limits(silence=0.3, deadline=0.4, max_bytes=100_000))


class Site:
    """`site.pages[path] = body | (status, headers, body) | function(handler)`; `site.asked` lists (path, headers)."""

    def __init__(self, port):
        self.port, self.pages, self.asked, self.closing = port, {}, [], threading.Event()

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self):
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def serving():
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            site.asked.append((self.path, dict(self.headers)))
            page = site.pages.get(self.path, (404, {}, b"nothing here"))
            if isinstance(page, list):  # one answer after the other, the last for good
                page = page.pop(0) if len(page) > 1 else page[0]
            if callable(page):
                self.close_connection = True
                page(self)
                return
            status, headers, body = page if isinstance(page, tuple) else (200, {}, page)
            body = body.encode() if isinstance(body, str) else body
            self.send_response(status)
            for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

        def handle(self):
            with suppress(OSError):  # the client hung up, as it should
                super().handle()

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

    server = Server(("127.0.0.1", 0), Handler)
    site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def drip(part=b"x", every=0.05, head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"):
    """Answer with *head* at once and then with *part* again and again, for ever."""
    def answer(handler):
        handler.wfile.write(head)
        for _ in range(2000):
            handler.wfile.write(part)
            handler.wfile.flush()
            time.sleep(every)
    return answer
