"""What became of a try, written down: the message, its channel, and a line in the log."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.models import Delivery, DeliveryResult, MessageStatus
from data.writes import deliveries, messages
from data.writes.deliveries import Claim
from integrations.sender import LONGEST_DETAIL, Answer, Refused, Retry, Sent
from services.broken_channels import mark_broken
from services.delivery_rules import given_up, pause_after

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What one call did, as counts of tries; a message tried twice counts twice."""

    sent: int = 0
    retry: int = 0
    refused: int = 0
    expired: int = 0
    lost: int = 0
    """Tries of workers that died, noticed when their messages were taken over."""

    @property
    def moved(self) -> int:
        """How much happened; 0 means that nothing was due."""
        return self.sent + self.retry + self.refused + self.expired

    def __add__(self, other: "Delivered") -> "Delivered":
        return Delivered(
            sent=self.sent + other.sent,
            retry=self.retry + other.retry,
            refused=self.refused + other.refused,
            expired=self.expired + other.expired,
            lost=self.lost + other.lost,
        )


def record(session: Session, claim: Claim, worker: str, answer: Answer, row: Delivery, now: datetime) -> Delivered:
    """Write down what became of the try and count it, unless another worker took over meanwhile: what that one learns counts then."""
    before = Delivered(lost=int(claim.took_over))
    channel = messages.locked_channel(session, claim.channel_id)
    message = deliveries.held(session, claim, worker)
    if channel is None or message is None:
        _LOG.warning("message %d was taken over before its answer was recorded", claim.message_id)
        return before
    verdict = _final(answer, claim, now)
    message.owner = message.lease_until = None
    match verdict:
        case Sent():
            message.status, message.sent_at = MessageStatus.SENT, now
            row.result, row.detail = DeliveryResult.SENT, verdict.detail[:LONGEST_DETAIL]
        case Retry():
            message.status, message.try_at = MessageStatus.WAITING, now + pause_after(verdict, claim)
            channel.not_before = message.try_at if verdict.after is not None else channel.not_before
            row.result, row.detail = DeliveryResult.RETRY, verdict.detail[:LONGEST_DETAIL]
        case Refused():
            message.status = MessageStatus.REFUSED
            row.result, row.detail = DeliveryResult.REFUSED, (verdict.detail or verdict.reason)[:LONGEST_DETAIL]
            if verdict.breaks_channel:
                mark_broken(session, channel, verdict.reason, now)
    session.add(row)
    return before + Delivered(**{row.result.value: 1})


def _final(answer: Answer, claim: Claim, now: datetime) -> Answer:
    """The answer, unless a message has been tried for so long that trying again is no promise any more."""
    if isinstance(answer, Retry) and given_up(claim, now):
        return Refused(reason="It has taken no message for three days. Check the address, then mend the channel.", detail=answer.detail)
    return answer
