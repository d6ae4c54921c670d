"""Chooses the road by what the machine has, and installs what a chosen road needs."""

from __future__ import annotations

import importlib
import subprocess
import sys

from ...errors import Error
from .lm_road import LmRoad
from .numpy_road import NumpyRoad
from .road import Road, RoadOptions
from .trl_road import TrlRoad

ROADS: dict[str, type[Road]] = {road.name: road for road in (TrlRoad, LmRoad, NumpyRoad)}
"""the most demanding first"""
AUTO = "auto"


def choose_road(options: RoadOptions, name: str = AUTO) -> Road:
    """The named road, or the first of ROADS for which everything is there.

    Raises Error BAD_OPTION for an unknown name, MISSING_PACKAGE for a road that cannot be taken.
    """
    if name == AUTO:
        return next(road for road in ROADS.values() if not road.missing(options))(options)
    if name not in ROADS:
        known = ", ".join((AUTO, *ROADS))
        raise Error("BAD_OPTION", f'there is no road "{name}": choose one of {known}.')
    if reason := ROADS[name].missing(options):
        raise Error("MISSING_PACKAGE", f"the road {name} cannot be taken: {reason}.")
    return ROADS[name](options)


def install_needs(name: str) -> None:
    """Installs what the named road lacks into this Python, by pip, and says what it costs.

    `auto` installs nothing, since it takes a road for which everything is there.
    """
    road = ROADS.get(name)
    absent = [] if road is None else [
        package for module, package in road.needs.items()
        if importlib.util.find_spec(module) is None
    ]  # fmt: skip
    if road is None or not absent:
        return
    print(f"installing {', '.join(absent)}. {road.cost}", flush=True)
    for package in absent:
        # --no-deps is part of the entry of a package whose dependencies are not wanted.
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *package.split()], check=True)
    importlib.invalidate_caches()
