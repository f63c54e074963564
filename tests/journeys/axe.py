"""What axe finds serious or critical on a page, without what is inside Streamlit's own widgets and out of an app's reach."""

from dataclasses import dataclass
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

SEVERE = {"serious", "critical"}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


@dataclass(frozen=True)
class NotOurs:
    """A violation inside one of Streamlit's own widgets that no app can change."""

    rule: str
    inside: str
    reason: str


LOCKED = '[data-testid="stSelectbox"]:has(input[disabled])'
IS_INACTIVE = "the label of a locked field is grey; WCAG 1.4.3 asks no contrast of inactive controls, and axe does not see that it is one"
STREAMLITS_OWN = (NotOurs("color-contrast", LOCKED, IS_INACTIVE),)


def severe_violations(page: Page) -> list[str]:
    """The violations that keep somebody out, each with the element and what to do."""
    page.evaluate(AXE_SCRIPT)
    options = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
    severe = [each for each in page.evaluate("options => axe.run(options)", options)["violations"] if each["impact"] in SEVERE]
    return [_worded(rule, node) for rule in severe for node in rule["nodes"] if not _is_streamlits_own(page, rule["id"], node)]


def _worded(rule: dict[str, Any], node: dict[str, Any]) -> str:
    return f"{rule['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"


def _is_streamlits_own(page: Page, rule: str, node: dict[str, Any]) -> bool:
    selector = node["target"][-1] if isinstance(node["target"][-1], str) else node["target"][-1][-1]
    known = [each for each in STREAMLITS_OWN if each.rule == rule]
    return any(
        page.evaluate("([one, around]) => !!document.querySelector(one)?.closest(around)", [selector, each.inside]) for each in known
    )
