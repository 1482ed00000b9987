"""Wide: many games side by side, as whole arrays, on whatever device JAX has.

takes: arrangements and futures in pairs, and the name of a device. gives: a Solution for each, the same as the kernel's
to the tolerance. promises: the device that was asked for, or `DeviceUnavailable`. never: imports JAX before it is
asked to solve, falls back to another device, changes JAX's settings for its caller.
"""

from foedus.game.wide.batch import solve_wide
from foedus.game.wide.device import require_device

__all__ = ["require_device", "solve_wide"]
"""JAX itself comes with the extra ``gpu`` and is imported when a game is solved."""
