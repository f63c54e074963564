"""What tests of services share."""

from tests.cheap_hashes import cheap_hashes
from tests.fakes.worlds import slack, transcription, webhook

__all__ = ["cheap_hashes", "slack", "transcription", "webhook"]
