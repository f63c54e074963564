"""What tests of senders share: the outside world on loopback."""

from collections.abc import Iterator

import pytest

from integrations.sender import Message
from tests.fakes.mail import MailServer, mail_server
from tests.fakes.worlds import slack, telegram, transcription, webhook

__all__ = ["MESSAGE", "SECONDS", "mail", "slack", "telegram", "transcription", "webhook"]

MESSAGE = Message(title="Calls are low", body="18 of 25", link="https://sales.example/overview?team=3", dedupe_key="alert:low_calls:3")
SECONDS = 0.6
"""What one sending may take in tests of hanging and dripping."""


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server
