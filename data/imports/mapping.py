"""How the columns and values of a file map onto our fields: plain data, kept as JSON beside the file or under a name."""

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from data.imports.kinds import KINDS, FieldType, Kind, KindSpec
from data.imports.layout import Layout
from data.imports.values.dates import DateStyle
from data.imports.values.durations import DurationUnit
from data.imports.values.texts import key
from domain.errors import InputError
from domain.local_time import zone as known_zone

RESERVED_ORIGINS = frozenset({"app", "demo"})


class FieldMapping(BaseModel):
    """Where one of our fields comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: str = ""
    """The file's column, by its name; empty when only `default` fills the field."""
    values: dict[str, str] = Field(default_factory=dict)
    """What a value of the file becomes, as `GTXPro` → `GTX Pro`; letter case and outer spaces of the value do not matter."""
    default: str = Field(default="", max_length=300)
    """What an empty cell becomes."""
    style: str = ""
    """Dates: a DateStyle; durations: a DurationUnit; amounts: the decimal mark. Empty: told from the whole column."""


class Mapping(BaseModel):
    """Everything an import needs to know beside the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    origin: str = Field(default="file", min_length=1, max_length=40, pattern=r"^[a-z0-9][a-z0-9_.-]*$")
    """The system the records came from; ids are unique within it."""
    fields: dict[str, FieldMapping]
    time_zone: str = ""
    """IANA zone of times without an offset, and of the people the import creates; empty: the organisation's."""
    create_people: bool = False
    """Create agents the installation does not know (and teams, where a team column is mapped)."""
    team: str = Field(default="", max_length=120)
    """The team of new people whose row names none."""
    layout: Layout | None = None
    """How to read the file; None: as detected."""

    @field_validator("origin")
    @classmethod
    def _not_ours(cls, origin: str) -> str:
        if origin in RESERVED_ORIGINS:
            raise ValueError(f"“{origin}” names the product's own records; choose the other system's name")
        return origin

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            return known_zone(zone).key if zone else ""
        except InputError as error:
            raise ValueError(str(error)) from error

    @property
    def spec(self) -> KindSpec:
        """The kind's fields."""
        return KINDS[self.kind]

    def column(self, field_key: str) -> str:
        """The file's column of a field, or nothing."""
        found = self.fields.get(field_key)
        return found.column if found else ""

    def with_field(self, field_key: str, **changes: object) -> "Mapping":
        """The same mapping with one field's entry changed; an entry left without column and default goes."""
        changed = self.fields.get(field_key, FieldMapping()).model_copy(update=changes)
        fields = {**self.fields, field_key: changed}
        return self.model_copy(update={"fields": {name: entry for name, entry in fields.items() if entry.column or entry.default}})


def parsed(content: str) -> Mapping:
    """A mapping from its JSON text; raises InputError naming the first thing that is wrong."""
    try:
        return Mapping.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = " → ".join(str(part) for part in first["loc"]) or "the file"
        raise InputError(f"The mapping cannot be used: {place}: {first['msg']}.", code="bad_mapping") from error


def checked(mapping: Mapping, columns: tuple[str, ...]) -> Mapping:
    """The mapping with the file's own spelling of each column; raises InputError when it does not fit the file."""
    unknown = sorted(mapping.fields.keys() - mapping.spec.keys)
    if unknown:
        raise InputError(
            f"{mapping.spec.label} have no field “{unknown[0]}”. Known: {', '.join(sorted(mapping.spec.keys))}.", code="bad_mapping"
        )
    by_key = {key(column): column for column in columns}
    absent = [entry.column for entry in mapping.fields.values() if entry.column and key(entry.column) not in by_key]
    if absent:
        raise InputError(f"The file has no column “{absent[0]}”. It has: {', '.join(columns)[:600]}.", code="bad_mapping")
    missing = [field.label for field in mapping.spec.fields if field.required and not _is_filled(mapping, field.key)]
    if missing:
        raise InputError(f"Choose a column for: {', '.join(missing)}.", code="incomplete_mapping")
    if mapping.kind is Kind.PEOPLE and not any(_is_filled(mapping, name) for name in ("name", "email", "external_id")):
        raise InputError("Choose a column for the name, the e-mail or the id.", code="incomplete_mapping")
    _check_styles(mapping)
    fields = {name: entry.model_copy(update={"column": by_key.get(key(entry.column), "")}) for name, entry in mapping.fields.items()}
    return mapping.model_copy(update={"fields": fields})


def _is_filled(mapping: Mapping, field_key: str) -> bool:
    entry = mapping.fields.get(field_key)
    return entry is not None and bool(entry.column or entry.default)


def _check_styles(mapping: Mapping) -> None:
    known: dict[FieldType, tuple[str, ...]] = {
        FieldType.MOMENT: tuple(DateStyle),
        FieldType.DAY: tuple(DateStyle),
        FieldType.DURATION: tuple(DurationUnit),
        FieldType.MONEY: (".", ","),
    }
    for name, entry in mapping.fields.items():
        styles = known.get(mapping.spec.field(name).type, ())
        if entry.style and entry.style not in styles:
            raise InputError(
                f"“{entry.style}” is no style for {mapping.spec.field(name).label}. Known: {', '.join(styles)}.", code="bad_mapping"
            )
