"""The invented text that every producer saves, and a server that serves it in the ways of the web."""

import gzip
import http.server
import threading

TITLE = "Le pont de Vaubise"

# Each paragraph but the last is looked up; the words are invented.
PARAGRAPHS = [
    "Le conseil de Vaubise a fermé le vieux pont lundi, « par simple prudence », dit la maire.",
    "Les ingénieurs ont compté quarante-sept fissures ; l’office des eaux n’en savait rien, affirme-t-il. "
    "La fermeture durera jusqu’au printemps, peut-être davantage si la rivière monte encore.",
    "Une efflorescence blanche couvre la troisième pile, où le flux difficile affouille la base.",
    "Personne n’a demandé aux bateliers, qui passent là chaque matin, ce qu’ils avaient vu.",
]

# Words of the second paragraph, and the same with one word changed.
QUOTE = "Les ingénieurs ont compté quarante-sept fissures"
WRONG = "Les ingénieurs ont compté quarante-neuf fissures"


def html(charset="utf-8", extra=""):
    body = "\n".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="{charset}"><title>{TITLE}</title></head><body>'
        f"<nav><a href='/'>Accueil</a> <a href='/ville'>Ville</a></nav>"
        f"<main><article><h1>{TITLE}</h1>{body}{extra}</article></main><footer>Le Journal de Vaubise</footer></body></html>"
    )


class Pages(http.server.BaseHTTPRequestHandler):
    """`/pont` packed with gzip where that is accepted, `/vieux` in windows-1252 in chunks, `/va` redirects."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.split("?")[0]
        if path == "/va":
            self.answer(301, b"", {"Location": "/pont"})
        elif path == "/vieux":
            self.chunked(html("windows-1252").encode("cp1252"), {"Content-Type": "text/html"})
        elif path in ("/pont", "/meme"):
            body, headers = html().encode(), {"Content-Type": "text/html"}
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                body, headers["Content-Encoding"] = gzip.compress(body, mtime=0), "gzip"
            self.answer(200, body, headers)
        else:
            self.answer(404, b"<h1>Rien ici</h1>", {"Content-Type": "text/html"})

    do_HEAD = do_GET

    def answer(self, status, body, headers):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def chunked(self, body, headers):
        self.send_response(200)
        for name, value in {**headers, "Transfer-Encoding": "chunked"}.items():
            self.send_header(name, value)
        self.end_headers()
        for at in range(0, len(body), 200):
            piece = body[at : at + 200]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_):
        pass


def serve():
    """Serves in a thread; gives the address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"
