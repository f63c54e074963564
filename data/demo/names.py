"""Invented customers: names, companies, numbers that cannot ring (555-01xx) and addresses at example.com."""

from typing import Final

from numpy.random import Generator

FIRST: Final = (
    "Adrian", "Beatriz", "Caleb", "Dalia", "Ethan", "Farah", "Gavin", "Helena", "Ivan", "Jasmine", "Kofi", "Laura", "Mohammed", "Nina",
    "Oscar", "Paloma", "Quentin", "Rania", "Stefan", "Tessa", "Umar", "Vera", "Wesley", "Ximena", "Yusuf", "Zoe", "Anders", "Bianca",
    "Chidi", "Dorothy", "Emil", "Freya", "Gustavo", "Hiro", "Imani", "Joel", "Katya", "Leon", "Marisol", "Nathan", "Olga", "Pedro",
    "Ruth", "Sanjay", "Tomas", "Ursula", "Vikram", "Wanda", "Xavier", "Yara",
)  # fmt: skip
LAST: Final = (
    "Abbott", "Becker", "Castillo", "Dubois", "Eriksen", "Fischer", "Garcia", "Hughes", "Ibrahim", "Jensen", "Kaplan", "Larsen",
    "Moreno", "Nguyen", "Ortega", "Park", "Quinn", "Rossi", "Schmidt", "Torres", "Ueda", "Vargas", "Walsh", "Xu", "Young", "Zimmer",
    "Akhtar", "Brennan", "Cho", "Diaz", "Ellis", "Forde", "Greene", "Hoffman", "Iyer", "Jovanovic", "Khan", "Lopez", "Mensah", "Novak",
    "Olsen", "Perez", "Reyes", "Silva", "Thompson", "Usman", "Vogel", "Wright", "Yilmaz", "Zhang",
)  # fmt: skip
TRADE: Final = (
    "Cedar", "Lantern", "Ridgeway", "Copper", "Juniper", "Meridian", "Willow", "Granite", "Sparrow", "Halcyon", "Orchard", "Beacon",
    "Tidewater", "Foxglove", "Keystone", "Marigold", "Northgate", "Pinecrest", "Quarry", "Saffron",
)  # fmt: skip
KIND: Final = ("Partners", "Builders", "Logistics", "Dental Group", "Design Studio", "Foods", "Roofing", "Fitness", "Software", "Supply")


def person(dice: Generator) -> str:
    """A first and a last name."""
    return f"{_one(dice, FIRST)} {_one(dice, LAST)}"


def company(dice: Generator) -> str:
    """A trading name."""
    return f"{_one(dice, TRADE)} {_one(dice, KIND)}"


def phone(dice: Generator) -> str:
    """A number from the range kept free for fiction."""
    return f"+1 {int(dice.integers(201, 990))} 555 01{int(dice.integers(0, 100)):02d}"


def email(name: str) -> str:
    """An address nobody can receive at."""
    return f"{name.lower().replace(' ', '.')}@example.com"


def _one(dice: Generator, words: tuple[str, ...]) -> str:
    return words[int(dice.integers(0, len(words)))]
