"""Not getting in the way: a run steps back behind what people do, and does less on battery."""

from __future__ import annotations

import contextlib
import dataclasses

import psutil

from photosearch.settings import Settings

_NICE = 5


def step_back() -> None:
    """Give this process, and the children it starts, a lower priority than what people do."""
    with contextlib.suppress(psutil.Error, OSError):
        lower = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", _NICE)
        psutil.Process().nice(lower)


def on_battery() -> bool:
    """Whether the computer runs on its battery (False where that cannot be told)."""
    try:
        battery = psutil.sensors_battery()
    except (AttributeError, OSError, RuntimeError):
        return False
    return battery is not None and battery.power_plugged is False


def spared(settings: Settings) -> Settings:
    """The settings for a run on battery: half of the workers."""
    return dataclasses.replace(settings, workers=max(1, settings.workers // 2))
