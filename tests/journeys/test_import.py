"""A manager brings an export in: upload, check, import, report."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from sqlmodel import col

from data.models import Deal
from domain.records import Role
from tests.journeys.conftest import sign_in
from tests.journeys.live import LiveApp

pytestmark = pytest.mark.browser
EXPORT = """\
opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
Z63OYW0Z,Ines Prado,GTXPro,Isdom,Won,2017-03-01,2017-03-15,1054
EC4QE1BX,Ines Prado,MG Special,Cancity,Lost,2017-03-01,2017-03-20,0
MV1LWRNH,Tom Reed,GTX Basic,Codehow,Engaging,2017-04-01,,
PE84CX4O,Tom Reed,GTX Basic,Hatfan,Won,2017-04-01,not a day,588
"""


def test_an_export_comes_in_with_a_report_of_every_row(live_app: LiveApp, page: Page) -> None:
    sign_in(page, live_app, live_app.person(role=Role.ADMIN, name="Ada Admin"), at="/imports")
    page.locator('input[type="file"]').set_input_files({"name": "pipeline.csv", "mimeType": "text/csv", "buffer": EXPORT.encode()})
    expect(page.get_by_text("4 rows")).to_be_visible()

    expect(page.get_by_role("switch", name="Create people and teams from the file")).to_be_checked()
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_text("If you import now")).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()

    for name, rows in (("Rows", "4"), ("Accepted", "3"), ("Refused", "1")):
        expect(page.get_by_test_id("stMetric").filter(has_text=name).get_by_text(rows, exact=True).first).to_be_visible()
    expect(page.get_by_role("link", name="Download the refused rows")).to_be_visible()
    with live_app.database.reading() as session:
        stored = session.execute(select(func.count(), func.sum(col(Deal.amount_minor)))).one()
    assert tuple(stored) == (3, 105_400)
