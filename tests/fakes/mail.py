"""A mail server on loopback: it takes what it is given, or refuses the recipient, or says nothing."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message


@dataclass
class MailServer:
    """What arrived; `refusal` is answered to every recipient when it is set."""

    port: int = 0
    refusal: str = ""
    mute: bool = False
    mails: list[Message] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """The server on a free port, until the test ends."""
    told = MailServer()

    class Handler(_Handler):
        mail = told

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        told.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield told
        told.closing.set()
        server.shutdown()
        thread.join(timeout=10)


class _Handler(socketserver.StreamRequestHandler):
    mail: MailServer

    def handle(self) -> None:
        if self.mail.mute:
            self.mail.closing.wait(60)
            return None
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(" ")[0].upper()
            if verb == "QUIT":
                return self._say("221 bye")
            self._step(verb)
        return None

    def _step(self, verb: str) -> None:
        if verb == "RCPT" and self.mail.refusal:
            self._say(self.mail.refusal)
        elif verb == "DATA":
            self._say("354 go on")
            self.mail.mails.append(message_from_bytes(self._data()))
            self._say("250 taken")
        else:
            self._say("250 ok")

    def _data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
