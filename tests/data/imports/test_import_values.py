"""Values as files write them, and what they become."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.imports.values import dates, durations, numbers, texts, words
from data.imports.values.dates import DateStyle
from data.imports.values.durations import DurationUnit
from data.imports.values.identifiers import identifier
from domain.records import ActivityType, DealStatus, Outcome


@pytest.mark.parametrize(
    ("text", "mark", "amount"),
    [
        ("€ 3.500,00", "", "3500.00"),
        ("€ 11398,00", "", "11398.00"),
        ("$200,000 ", "", "200000"),
        ("450\u00a0000", "", "450000"),
        ("450\u202f000,50", "", "450000.50"),
        ("1'234.50", "", "1234.50"),
        ("(1,234.00)", "", "-1234.00"),
        ("-12", "", "-12"),
        ("12-", "", "-12"),
        ("−5 €", "", "-5"),
        ("0", "", "0"),
        ("0.10", "", "0.10"),
        ("1.234", "", "1234"),
        ("1.234", ".", "1.234"),
        ("1,234", ",", "1.234"),
        ("1.234.567", "", "1234567"),
        ("1,00,000.00", "", "100000.00"),
        ("USD 12.5", "", "12.5"),
        ("1000000000000", "", "1000000000000"),
        (".5", "", "0.5"),
    ],
)
def test_amounts_are_read_exactly(text: str, mark: str, amount: str) -> None:
    assert numbers.money(text, mark).amount == Decimal(amount)


@pytest.mark.parametrize("text", ["1e400", "abc", "12.34.56,7", "1,2,3", "", "12 apples", "10000000000000", "1.2.3", "--5", "9" * 5000])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        numbers.money(text)


def test_a_column_shows_its_decimal_mark() -> None:
    assert numbers.decimal_mark(["1.500", "2.75"]) == "."
    assert numbers.decimal_mark(["1.500", "2,75"]) == ","
    assert numbers.decimal_mark(["1.500", "2.500"]) == ""
    assert numbers.decimal_mark(["2.75", "2,75"]) == "?"
    with pytest.raises(ValueError, match="cannot be told"):
        numbers.money("1.500", "?")


def test_a_symbol_tells_its_currencies() -> None:
    assert numbers.money("€ 5").currencies == {"EUR"}
    assert "CAD" in (numbers.money("$5").currencies or ())
    assert numbers.money("CHF 5").currencies == {"CHF"}
    assert numbers.money("5").currencies is None


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        ("31.12.2025 14:05", DateStyle.DAY_FIRST, datetime.fromisoformat("2025-12-31T14:05")),
        ("20210105", DateStyle.COMPACT, date(2021, 1, 5)),
        ("1/18/2021 0:00", DateStyle.MONTH_FIRST, datetime.fromisoformat("2021-01-18T00:00")),
        ("1/18/2021 2:05 PM", DateStyle.MONTH_FIRST, datetime.fromisoformat("2021-01-18T14:05")),
        ("12/31/2025 12:00 AM", DateStyle.MONTH_FIRST, datetime.fromisoformat("2025-12-31T00:00")),
        ("2026-03-01 10:00:00", DateStyle.DAY_FIRST, datetime.fromisoformat("2026-03-01T10:00")),
        ("2026-03-01T10:00:00Z", DateStyle.ISO, datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ("2026-03-01T10:00:00.5+02:00", DateStyle.ISO, datetime(2026, 3, 1, 8, 0, 0, 500_000, tzinfo=UTC)),
        ("45631.0", DateStyle.EXCEL, date(2024, 12, 5)),
        ("45631.5", DateStyle.EXCEL, datetime.fromisoformat("2024-12-05T12:00")),
        ("1767225600", DateStyle.EPOCH_SECONDS, datetime(2026, 1, 1, tzinfo=UTC)),
        ("1767225600000", DateStyle.EPOCH_MILLISECONDS, datetime(2026, 1, 1, tzinfo=UTC)),
        ("31 Mar 2026", DateStyle.NAMED_MONTH, date(2026, 3, 31)),
        ("March 31, 2026 14:05", DateStyle.NAMED_MONTH, datetime.fromisoformat("2026-03-31T14:05")),
        ("05.01.21", DateStyle.DAY_FIRST, date(2021, 1, 5)),
    ],
)
def test_dates_are_read_in_the_style_of_their_column(text: str, style: DateStyle, expected: date) -> None:
    assert dates.when(text, style) == expected


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("0000-01-01", DateStyle.ISO),
        ("9999-12-31", DateStyle.ISO),
        ("2026-02-30", DateStyle.ISO),
        ("31.12.2025", DateStyle.MONTH_FIRST),
        ("2026-01-01 25:00", DateStyle.ISO),
        ("1/1/2026 13:00 PM", DateStyle.MONTH_FIRST),
        ("2026-01-01T10:00:00+99:00", DateStyle.ISO),
        ("tomorrow", DateStyle.ISO),
        ("45631", DateStyle.ISO),
        ("12 Foo 2026", DateStyle.NAMED_MONTH),
        ("99999.9", DateStyle.EXCEL),
    ],
)
def test_days_that_do_not_exist_are_refused(text: str, style: DateStyle) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        dates.when(text, style)


@pytest.mark.parametrize(
    ("values", "styles"),
    [
        (["2026-01-02"], (DateStyle.ISO,)),
        (["13/01/2026", "02/03/2026"], (DateStyle.DAY_FIRST,)),
        (["01/13/2026", "02/03/2026"], (DateStyle.MONTH_FIRST,)),
        (["01/02/2026", "02/03/2026"], (DateStyle.DAY_FIRST, DateStyle.MONTH_FIRST)),
        (["05/05/2026"], (DateStyle.DAY_FIRST,)),
        (["45631.0", "2026-01-02"], (DateStyle.EXCEL,)),
        (["20210105"], (DateStyle.COMPACT,)),
        (["nonsense"], (DateStyle.ISO,)),
        ([], (DateStyle.ISO,)),
    ],
)
def test_a_columns_style_is_decided_from_all_its_values(values: list[str], styles: tuple[DateStyle, ...]) -> None:
    assert dates.possible_styles(values) == styles


def test_skipped_and_repeated_times_have_one_moment() -> None:
    assert dates.in_utc(datetime.fromisoformat("2026-03-29T02:30"), "Europe/Berlin") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert dates.in_utc(datetime.fromisoformat("2026-10-25T02:30"), "Europe/Berlin") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert dates.in_utc(date(2026, 3, 29), "Europe/Berlin") == date(2026, 3, 29)


@pytest.mark.parametrize(
    ("text", "unit", "seconds"),
    [
        ("4 days, 22:47:14", DurationUnit.SECONDS, 4 * 86400 + 22 * 3600 + 47 * 60 + 14),
        ("00:04:10", DurationUnit.SECONDS, 250),
        ("04:10", DurationUnit.SECONDS, 250),
        ("507.48", DurationUnit.SECONDS, 507),
        ("507,5", DurationUnit.SECONDS, 508),
        ("250000", DurationUnit.MILLISECONDS, 250),
        ("4", DurationUnit.MINUTES, 240),
        ("1h 2m 3s", DurationUnit.SECONDS, 3723),
        ("5 min", DurationUnit.SECONDS, 300),
    ],
)
def test_durations_are_whole_seconds(text: str, unit: DurationUnit, seconds: int) -> None:
    assert durations.duration_seconds(text, unit) == seconds


@pytest.mark.parametrize("text", ["-5", "soon", "1:99:00", "999999999999", "4 days"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        durations.duration_seconds(text)


def test_a_columns_name_tells_its_unit() -> None:
    assert durations.unit_of("Duration (min)", []) is DurationUnit.MINUTES
    assert durations.unit_of("duration_s", ["5"]) is DurationUnit.SECONDS
    assert durations.unit_of("hs_call_duration", ["250000"]) is DurationUnit.MILLISECONDS
    assert durations.unit_of("Call duration (ms)", []) is DurationUnit.MILLISECONDS
    assert durations.unit_of("Hours", []) is DurationUnit.HOURS


def test_ids_stay_what_they_are() -> None:
    assert identifier("1234567890123456789") == "1234567890123456789"
    assert identifier("007") == "007"
    assert identifier("12.0") == "12"
    for rounded in ("1.23456789012346E+18", "1,23E+18"):
        with pytest.raises(ValueError, match="rounded"):
            identifier(rounded)


@pytest.mark.parametrize("name", ["NA", "None", "null", "NaN", "N/A", "O'Brien", "王伟", "👩\u200d💻"])
def test_names_stay_names(name: str) -> None:
    texts.refuse_unreadable(name)
    assert texts.one_line(name) == name


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\x00b", "ab"),
        ("\u202eevil", "evil"),
        ("zero\u200bwidth", "zerowidth"),
        ("Zoe\u0308", "Zoë"),
        ("two\nlines", "two lines"),
        ("\xa0padded\xa0", "padded"),
        ("'=1+1", "=1+1"),
        ("'+4912", "+4912"),
        ("'t Hooft", "'t Hooft"),
        ("\uf8ffüéØ goal", "🎯 goal"),
        ("“élan", "“élan"),
    ],
)
def test_text_is_made_safe_to_store(raw: str, clean: str) -> None:
    assert texts.one_line(raw) == clean


@pytest.mark.parametrize("cell", ["#REF!", " #N/A ", "#div/0!", "caf\ufffd"])
def test_errors_of_spreadsheets_and_lost_characters_are_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        texts.refuse_unreadable(cell)


@pytest.mark.parametrize(
    ("value", "words_", "meaning"),
    [
        ("Closed Won", DealStatus, DealStatus.WON),
        ("closedlost", DealStatus, DealStatus.LOST),
        ("Engaging", DealStatus, DealStatus.OPEN),
        ("Успешно реализовано", DealStatus, DealStatus.WON),
        ("Закрыто и не реализовано", DealStatus, DealStatus.LOST),
        ("Logged call", ActivityType, ActivityType.CALL),
        ("E-Mail", ActivityType, ActivityType.EMAIL),
        ("Follow-up call", ActivityType, ActivityType.FOLLOW_UP),
        ("Left voicemail", Outcome, Outcome.LEFT_MESSAGE),
        ("Not interested", Outcome, Outcome.NOT_INTERESTED),
        ("qwerty", Outcome, None),
    ],
)
def test_words_of_other_systems_are_guessed(value: str, words_: type, meaning: object) -> None:
    assert words.suggested(value, words_) is meaning


@given(st.text())
def test_any_text_can_be_cleaned_and_is_stable(text: str) -> None:
    once = texts.one_line(text)
    assert "\x00" not in once
    assert once == once.strip()


@given(st.text(max_size=30))
def test_no_parser_fails_in_an_unknown_way(text: str) -> None:
    for parse in (
        numbers.money,
        durations.duration_seconds,
        identifier,
        lambda value: dates.when(value, DateStyle.DAY_FIRST),
        words.yes_or_no,
    ):
        try:
            parse(text)
        except ValueError as error:
            if not str(error):
                raise
