"""How this installation sends, made once from the settings; for entry points: the jobs process, and screens that try a channel out."""

from functools import cache

from integrations.telegram_updates import TelegramUpdates
from secret_key import secret_key
from services.senders import Senders, senders
from settings import settings


@cache
def ways_out() -> Senders:
    """The senders the settings allow."""
    chosen = settings()
    return senders(
        secret=secret_key(),
        product_address=chosen.address,
        slack_base=chosen.slack_base,
        telegram_base=chosen.telegram_base,
        telegram_token=chosen.telegram_token.get_secret_value() if chosen.telegram_token else None,
    )


@cache
def telegram_updates() -> TelegramUpdates | None:
    """What people write to the bot; None without one."""
    chosen = settings()
    token = chosen.telegram_token.get_secret_value() if chosen.telegram_token else None
    return TelegramUpdates(chosen.telegram_base, token) if token else None
