"""The way to nowhere, for development: it accepts everything and sends nothing."""

from integrations.sender import Message, Sent


class NullSender:
    """Swallows messages; the delivery log shows what would have gone out."""

    def send(self, address: str, message: Message) -> Sent:
        """Accept the message."""
        del address, message
        return Sent(detail="not sent: development channel")
