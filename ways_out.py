"""How this installation sends: for screens that add channels and try them out."""

from functools import lru_cache

from secret_key import secret_key
from services.senders import Senders, senders
from settings import Mode, settings


def ways_out() -> Senders:
    """The senders of the present settings."""
    chosen = settings()
    token = chosen.telegram_token.get_secret_value() if chosen.telegram_token else None
    return _made(secret_key(), chosen.address, chosen.slack_base, chosen.telegram_base, token)


def is_for_development() -> bool:
    """Whether channels that send nothing are of use here."""
    return settings().mode is Mode.DEVELOPMENT


@lru_cache(maxsize=1)
def _made(secret: str, product_address: str, slack_base: str, telegram_base: str, telegram_token: str | None) -> Senders:
    return senders(
        secret=secret,
        product_address=product_address,
        slack_base=slack_base,
        telegram_base=telegram_base,
        telegram_token=telegram_token,
    )
