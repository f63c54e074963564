"""Every metric is complete, and explained where people look it up."""

from domain.metrics.catalog import METRICS
from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
SPOKEN = ("name", "question", "formula", "counts")


def test_every_metric_is_kept_under_its_own_key() -> None:
    assert [key for key, metric in METRICS.items() if metric.key != key] == []


def test_every_metric_answers_a_question_and_says_its_formula_and_what_counts() -> None:
    silent = [f"{key}.{field}" for key, metric in METRICS.items() for field in SPOKEN if not getattr(metric, field).strip()]
    silent += [
        f"{key}.words" for key, metric in METRICS.items() if not (metric.words.singular and metric.words.plural and metric.words.past)
    ]

    assert silent == []
    assert [key for key, metric in METRICS.items() if not metric.question.endswith("?")] == []


def test_every_metric_is_documented_with_its_formula() -> None:
    missing = [key for key, metric in METRICS.items() if f"`{key}`" not in PAGE or metric.formula not in PAGE]

    assert missing == []
