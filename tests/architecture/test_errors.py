"""Every named error has its own stable code, and words."""

import ast
import re

from domain.errors import PacesetterError
from tests.architecture.sources import calls, named, product_files


def _kinds(base: type[PacesetterError]) -> list[type[PacesetterError]]:
    return [base, *(found for kind in base.__subclasses__() for found in _kinds(kind))]


def test_the_codes_of_the_error_classes_are_unique() -> None:
    codes = [kind.code for kind in _kinds(PacesetterError)]

    assert len(codes) == len(set(codes))


def test_every_error_class_says_when_it_happens() -> None:
    silent = [kind.__name__ for kind in _kinds(PacesetterError) if not (kind.__doc__ or "").strip()]

    assert silent == []


def test_every_raise_of_a_named_error_has_a_sentence_and_a_readable_code() -> None:
    names = {kind.__name__ for kind in _kinds(PacesetterError)}
    raised = [(path, call) for path in product_files() for call in calls(path) if _called(call) in names]

    wordless = [f"{named(path)}:{call.lineno}" for path, call in raised if not call.args]
    odd = [code for _, call in raised for code in _codes(call) if not re.fullmatch(r"[a-z]+(_[a-z]+)*", code)]

    assert wordless == []
    assert odd == []


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _codes(call: ast.Call) -> list[str]:
    return [word.value.value for word in call.keywords if word.arg == "code" and isinstance(word.value, ast.Constant)]
