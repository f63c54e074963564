"""The senders a process makes from its settings."""

import pytest
from pydantic import SecretStr

import ways_out
from data.models import ChannelKind
from settings import Settings

SECRET = "s" * 40


@pytest.mark.parametrize(("token", "missing"), [(None, {ChannelKind.TELEGRAM}), (SecretStr("123:abc"), set())], ids=["no bot", "a bot"])
def test_the_settings_decide_by_which_ways_messages_leave(
    monkeypatch: pytest.MonkeyPatch, token: SecretStr | None, missing: set[ChannelKind]
) -> None:
    monkeypatch.setattr(ways_out, "secret_key", lambda: SECRET)
    monkeypatch.setattr(ways_out, "settings", lambda: Settings(telegram_token=token, public_url="https://sales.example/"))
    made = ways_out.ways_out.__wrapped__()

    assert {kind for kind in ChannelKind if not made.has(kind)} == missing
    assert made.product_address == "https://sales.example"
    assert made.seal.open(made.seal.close("address")) == "address"
