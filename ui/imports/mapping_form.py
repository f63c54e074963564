"""Step 2: which column fills which of our fields, and what its values mean."""

import hashlib
from collections.abc import Callable
from collections.abc import Mapping as MappingType
from typing import Final

import streamlit as st

from domain.errors import PacesetterError
from services import import_plan
from services.import_plan import PRESETS, STYLE_WORDS, Preset
from services.imports import KINDS, FieldMapping, FieldSpec, Kind, Mapping
from ui.imports.bench import Bench
from ui.wording import plain

_RENAMED: Final = ("product", "category", "source", "agent", "agent_team", "team")
_NOT_MAPPED: Final = "— not in this file"
_REFUSED: Final = "— refuse these rows"
SHOWN_VALUES: Final = 40


def start(bench: Bench, saved: MappingType[str, Mapping], zone: str) -> tuple[Mapping, str]:
    """What the rows are and where the first mapping comes from; the mapping, and a key that changes with that choice."""
    guess = import_plan.plan(bench.draft)
    seed = hashlib.sha256("\x1f".join((bench.draft.sha256, *bench.draft.columns)).encode()).hexdigest()[:10]
    with st.container(horizontal=True):
        kinds = list(Kind)
        kind = st.selectbox(
            "The rows are",
            kinds,
            index=kinds.index(guess.kind),
            format_func=lambda kind: KINDS[kind].label,
            key=f"imports-field-kind-{seed}",
        )
        system = _system(guess.preset, seed)
        fitting = {name: mapping for name, mapping in saved.items() if mapping.kind is kind}
        name = st.selectbox(
            "Saved mapping", ["", *fitting], format_func=lambda name: name or "None", key=f"imports-field-saved-{seed}-{kind}"
        )
    mapping = fitting[name] if name else import_plan.plan(bench.draft, kind=kind, preset=system).mapping
    mapping = import_plan.with_meanings(mapping, bench.draft)
    key = hashlib.sha256(f"{seed}{kind}{system}{name}".encode()).hexdigest()[:10]
    return mapping.model_copy(update={"time_zone": mapping.time_zone or zone}), key


def _system(guess: Preset | None, seed: str) -> Preset | None:
    choices: list[Preset | None] = [None, *Preset]
    return st.selectbox(
        "Exported from",
        choices,
        index=choices.index(guess),
        format_func=lambda preset: PRESETS[preset].label if preset else "Another system",
        key=f"imports-field-preset-{seed}",
    )


def columns(bench: Bench, mapping: Mapping, key: str) -> Mapping:
    """A column for every field; required fields first."""
    st.markdown("**Columns**")
    fields = sorted(mapping.spec.fields, key=lambda field: not field.required)
    shown = [field for field in fields if field.required or mapping.column(field.key)]
    for field, place in zip(shown, _places(len(shown)), strict=True):
        with place:
            mapping = _column(bench, mapping, field, key)
    with st.expander("More fields", key=f"imports-more-{key}"):
        others = [field for field in fields if field not in shown]
        for field, place in zip(others, _places(len(others)), strict=True):
            with place:
                mapping = _column(bench, mapping, field, key)
    return mapping


def _places(count: int) -> list[st.delta_generator.DeltaGenerator]:
    """A place for each of `count` fields, side by side where there is room."""
    sides = st.columns(2)
    return [sides[number % 2] for number in range(count)]


def _column(bench: Bench, mapping: Mapping, field: FieldSpec, key: str) -> Mapping:
    choices = ["", *bench.draft.columns]
    current = mapping.column(field.key)
    column = st.selectbox(
        f"{field.label}{' (required)' if field.required else ''}",
        choices,
        index=choices.index(current) if current in choices else 0,
        format_func=lambda name: name or _NOT_MAPPED,
        help=field.help or None,
        key=f"imports-field-{key}-{field.key}",
    )
    if column == current:
        return mapping
    entry = mapping.fields.get(field.key, FieldMapping())
    return mapping.with_field(field.key, column=column, values={} if column else entry.values, style="")


def dates(bench: Bench, mapping: Mapping, key: str) -> Mapping:
    """Ask how to read dates where the file does not tell."""
    undecided = import_plan.undecided_dates(bench.draft, mapping)
    if not undecided:
        return mapping
    st.markdown("**Dates that can be read two ways**")
    for field in undecided:
        styles = [import_plan.DateStyle.DAY_FIRST, import_plan.DateStyle.MONTH_FIRST]
        given = mapping.fields[field.key].style
        style = st.segmented_control(
            field.label,
            styles,
            default=import_plan.DateStyle(given) if given in styles else None,
            format_func=STYLE_WORDS.__getitem__,
            key=f"imports-field-{key}-style-{field.key}",
        )
        mapping = mapping.with_field(field.key, style=style.value if style else "")
    return mapping


def meanings(bench: Bench, mapping: Mapping, key: str) -> Mapping:
    """What each stage, type or outcome of the file means here."""
    mapping = import_plan.with_meanings(mapping, bench.draft)
    for field in mapping.spec.fields:
        counts = bench.values(mapping.column(field.key)) if field.words and mapping.column(field.key) in bench.draft.columns else None
        if counts:
            with st.expander(
                f"What the values of “{plain(mapping.column(field.key))}” mean",
                expanded=field.required,
                key=f"imports-meaning-{key}-{field.key}",
            ):
                mapping = mapping.with_field(field.key, values=_meanings(field, mapping, counts, key))
    return mapping


def _meanings(field: FieldSpec, mapping: Mapping, counts: MappingType[str, int], key: str) -> dict[str, str]:
    words = [word.value for word in field.words or ()]
    given = mapping.fields[field.key].values
    chosen = dict(given)
    for number, (value, place) in enumerate(zip(list(counts)[:SHOWN_VALUES], _places(min(len(counts), SHOWN_VALUES)), strict=True)):
        suggested = given.get(value, value.casefold() if value.casefold() in words else "")
        word = place.selectbox(
            f"{plain(value, limit=60)} ({counts[value]:,})",
            ["", *words],
            index=["", *words].index(suggested),
            format_func=lambda word: word.replace("_", " ") if word else _REFUSED,
            key=f"imports-value-{key}-{field.key}-{number}",
        )
        chosen[value] = word or value
    return {value: word for value, word in chosen.items() if word != value}


def renamings(bench: Bench, mapping: Mapping, key: str, known_products: Callable[[], list[str]]) -> Mapping:
    """Other values that should be stored under another name, as `GTXPro = GTX Pro`."""
    named = [field for field in mapping.spec.fields if field.key in _RENAMED and bench_values(bench, mapping, field.key)]
    if not named:
        return mapping
    with st.expander("Rename values", key=f"imports-rename-{key}"):
        st.caption("One a line: value in the file = value to store. Spellings of products you already have are suggested.")
        for field in named:
            entry = mapping.fields[field.key]
            values = bench_values(bench, mapping, field.key)
            known = import_plan.spellings(values, known_products()) if field.key == "product" else {}
            lines = "\n".join(f"{old} = {new}" for old, new in {**known, **entry.values}.items())
            text = st.text_area(
                field.label, value=lines, key=f"imports-value-{key}-rename-{field.key}", placeholder=_example(values), max_chars=10_000
            )
            try:
                mapping = mapping.with_field(field.key, values=import_plan.replacements(text))
            except PacesetterError as error:
                st.error(plain(str(error)))
    return mapping


def bench_values(bench: Bench, mapping: Mapping, field_key: str) -> dict[str, int]:
    """The values of a field's column; nothing when there are too many."""
    column = mapping.column(field_key)
    return (bench.values(column) or {}) if column in bench.draft.columns else {}


def _example(values: MappingType[str, int]) -> str:
    return f"{next(iter(values), 'Old')} = New name"
