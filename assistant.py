"""The language model of this installation, made once from the settings; screens ask it through `services.ai` alone."""

from functools import cache

from integrations.openai_text import OpenAiTextModel
from integrations.text_model import NoTextModel
from services.ai import Assistant
from settings import settings


@cache
def assistant() -> Assistant:
    """The model the settings name, or none, with its budgets."""
    chosen = settings()
    return Assistant(
        model=OpenAiTextModel(chosen.ai_url, chosen.ai_key, chosen.ai_model) if chosen.ai_key else NoTextModel(),
        tokens_a_day=chosen.ai_tokens_a_day,
        tokens_a_day_each=chosen.ai_tokens_a_day_each,
    )
