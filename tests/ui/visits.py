"""Opening a screen as somebody, and reading what it shows."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from data.models import Person

Open = Callable[[Person | None], AppTest]


def visit(app: Open, person: Person, page: str, **params: str) -> AppTest:
    """The screen with these parameters in its address; it must not raise."""
    at = app(person)
    at.run()
    at.query_params.clear()
    for name, value in params.items():
        at.query_params[name] = value
    at.switch_page(f"../pages/{page}.py").run()
    assert not at.exception
    return at


def metrics(at: AppTest) -> dict[str, str]:
    """The figures of the cards by their names."""
    return {metric.label: metric.value for metric in at.metric}


def charts(at: AppTest) -> list[str]:
    """What the charts say to those who do not see them."""
    return [chart.proto.alt for chart in at.get("vega_lite_chart")]
