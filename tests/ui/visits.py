"""Opening a screen as somebody, and reading what it shows."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from data.models import Person

Open = Callable[[Person | None], AppTest]


def opened(at: AppTest, page: str, /, **params: str) -> AppTest:
    """The screen as the first one of a visit; ValueError where it does not exist for whoever visits.

    Streamlit would have the first screen of the menu run before: an agent's is Daily, the one with most on it.
    A screen's address is the name of its file, so it is found without that.
    """
    path = f"../pages/{page}.py"
    at.switch_page(path)
    for name, value in params.items():
        at.query_params[name] = value
    return at.run().switch_page(path)


def visit(app: Open, person: Person, page: str, /, **params: str) -> AppTest:
    """The screen with these parameters in its address; it must not raise."""
    at = opened(app(person), page, **params)
    assert not at.exception
    return at


def metrics(at: AppTest) -> dict[str, str]:
    """The figures of the cards by their names."""
    return {metric.label: as_typed(metric.value) for metric in at.metric}


def as_typed(said: str) -> str:
    """What is shown, with the spaces that lines do not break at as one types them."""
    return said.replace("\u00a0", " ")


def charts(at: AppTest) -> list[str]:
    """What the charts say to those who do not see them."""
    return [chart.proto.alt for chart in at.get("vega_lite_chart")]
