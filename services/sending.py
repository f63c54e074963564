"""One try to send a message by its channel: open the address, say it, take the answer."""

import logging
from collections.abc import Mapping
from html import escape
from typing import Final

from data.writes.deliveries import Claim
from domain.errors import PacesetterError
from domain.week_digest.as_html import HOME
from integrations.sender import Answer, Message, Retry
from services.senders import Senders

_LOG: Final = logging.getLogger(__name__)


def answer_of(senders: Senders, claim: Claim) -> Answer:
    """What the other side said; what we could not even send counts as a try, too."""
    sender = senders.by_kind.get(claim.kind)
    if sender is None:
        return Retry(detail="this installation cannot send by this kind of channel now")
    try:
        return sender.send(senders.seal.open(claim.sealed_address), _message(senders, claim))
    except PacesetterError as error:
        return Retry(detail=error.code)
    except Exception as error:  # noqa: BLE001 - one channel's trouble must not stop the others; the address may be in the error
        _LOG.warning("sending message %d failed: %s", claim.message_id, type(error).__name__)
        return Retry(detail=type(error).__name__)


def _message(senders: Senders, claim: Claim) -> Message:
    return Message(
        title=claim.title,
        body=claim.body,
        link=f"{senders.product_address}{claim.link}" if claim.link else "",
        is_urgent=claim.is_urgent,
        dedupe_key=claim.dedupe_key,
        content=_addressed(claim.content, senders.product_address),
    )


def _addressed(content: Mapping[str, object], product_address: str) -> Mapping[str, object]:
    """The same with the links of sections and of HTML as full addresses."""
    found, sections, html = dict(content), content.get("sections"), content.get("html")
    if isinstance(sections, list):
        found["sections"] = [[head, words, f"{product_address}{link}"] for head, words, link in sections]
    if isinstance(html, str):
        found["html"] = html.replace(HOME, escape(product_address))
    return found
