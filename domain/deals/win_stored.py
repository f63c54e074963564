"""What was learnt of deals as plain data, to be kept and read again: the same probabilities and the same figures come out of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypeAlias

import numpy as np

from domain.deals.encoding import Column, Encoding
from domain.deals.judged import Group, Judged
from domain.deals.logistic import Logistic
from domain.deals.stage_rates import StageRates, Tally
from domain.deals.win_chances import BackTest, Silence, WinChances
from domain.deals.win_learned import Learned
from domain.deals.win_model import Straightening, WinModel

Plain: TypeAlias = dict[str, Any]
FORM: Final = 1
"""Of what is written here. Whoever changes it, or what a fact of `NUMBERS` means, counts it up: the next learning writes the new form."""


def stored(learned: Learned) -> Plain:
    """As JSON can hold it."""
    chances = learned.chances
    return {
        "form": FORM,
        "horizon_days": chances.horizon_days,
        "silence": chances.silence,
        "rates": _rates(chances.rates),
        "model": None if chances.model is None else _model(chances.model),
        "back_test": None if chances.back_test is None else _back_test(chances.back_test),
        "stages": _tallies(learned.stages),
        "counts": {"deals": learned.deals, "won": learned.won, "looks": learned.looks},
        "days": [learned.first_on.isoformat(), learned.last_on.isoformat()],
    }


def restored(kept: Mapping[str, Any]) -> Learned | None:
    """What was stored; None for another form, which an older or newer version of the product wrote."""
    if kept.get("form") != FORM:
        return None
    first_on, last_on = map(date.fromisoformat, kept["days"])
    return Learned(chances=_chances_of(kept), stages=_tallies_of(kept["stages"]), first_on=first_on, last_on=last_on, **kept["counts"])


def _chances_of(kept: Mapping[str, Any]) -> WinChances:
    return WinChances(
        horizon_days=kept["horizon_days"],
        rates=_rates_of(kept["rates"]),
        model=None if kept["model"] is None else _model_of(kept["model"]),
        silence=None if kept["silence"] is None else Silence(kept["silence"]),
        back_test=None if kept["back_test"] is None else _back_test_of(kept["back_test"]),
    )


def _tally(tally: Tally) -> list[int]:
    return [tally.won, tally.count]


def _tally_of(kept: list[int]) -> Tally:
    return Tally(won=kept[0], count=kept[1])


def _tallies(tallies: Mapping[str, Tally]) -> Plain:
    return {name: _tally(tally) for name, tally in tallies.items()}


def _tallies_of(kept: Mapping[str, Any]) -> dict[str, Tally]:
    return {name: _tally_of(tally) for name, tally in kept.items()}


def _rates(rates: StageRates) -> Plain:
    cells = [[stage, age, *_tally(tally)] for (stage, age), tally in rates.by_cell.items()]
    return {"all": _tally(rates.all), "stages": _tallies(rates.by_stage), "cells": cells}


def _rates_of(kept: Mapping[str, Any]) -> StageRates:
    cells = {(stage, age): _tally_of(tally) for stage, age, *tally in kept["cells"]}
    return StageRates(all=_tally_of(kept["all"]), by_stage=_tallies_of(kept["stages"]), by_cell=cells)


def _model(model: WinModel) -> Plain:
    encoding, straight = model.encoding, model.straightening
    return {
        "edges": {name: list(edges) for name, edges in encoding.edges.items()},
        "kept": {name: sorted(words) for name, words in encoding.kept.items()},
        "columns": [[column.fact, column.band, column.stage] for column in encoding.columns],
        "intercept": model.logistic.intercept,
        "weights": model.logistic.weights.tolist(),
        "means": model.means.tolist(),
        "straightening": [straight.shift, straight.slope],
    }


def _model_of(kept: Mapping[str, Any]) -> WinModel:
    encoding = Encoding(
        edges={name: tuple(edges) for name, edges in kept["edges"].items()},
        kept={name: frozenset(words) for name, words in kept["kept"].items()},
        columns=tuple(Column(*column) for column in kept["columns"]),
    )
    shift, slope = kept["straightening"]
    return WinModel(
        encoding=encoding,
        logistic=Logistic(intercept=kept["intercept"], weights=np.array(kept["weights"], float)),
        means=np.array(kept["means"], float),
        straightening=Straightening(shift=shift, slope=slope),
    )


def _back_test(tried: BackTest) -> Plain:
    return {"model": _judged(tried.model), "rates": _judged(tried.rates), "gain": tried.gain, "gain_error": tried.gain_error}


def _back_test_of(kept: Mapping[str, Any]) -> BackTest:
    sides = {side: _judged_of(kept[side]) for side in ("model", "rates")}
    return BackTest(**sides, gain=kept["gain"], gain_error=kept["gain_error"])


def _judged(judged: Judged) -> Plain:
    figures = {name: getattr(judged, name) for name in ("count", "base_share", "brier", "log_loss", "auc")}
    return figures | {"groups": [[group.said_share, group.won, group.count] for group in judged.groups]}


def _judged_of(kept: Mapping[str, Any]) -> Judged:
    groups = tuple(Group(said_share=said, won=won, count=count) for said, won, count in kept["groups"])
    return Judged(**{name: value for name, value in kept.items() if name != "groups"}, groups=groups)
