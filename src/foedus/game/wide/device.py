"""Find the device that was asked for, or say what is missing and how to mend it."""

from importlib import import_module
from typing import Any, Literal, TypeAlias

from foedus.errors import DeviceUnavailable

DeviceName: TypeAlias = Literal["cpu", "gpu"]
"""Where JAX computes; ``cpu`` is there for tests, the kernel being many times as fast on a processor."""
_NOT_THERE = (RuntimeError, AssertionError)
"""What JAX raises; the second where JAX_PLATFORMS names what is not installed."""
GUIDE = "https://docs.jax.dev/en/latest/installation.html"


def require_device(name: DeviceName) -> Any:
    """Return JAX's device of that kind, the first if there are several; raises `DeviceUnavailable`."""
    try:
        jax = import_module("jax")
    except ImportError as error:
        raise DeviceUnavailable(
            "computing on a GPU needs JAX, which is not installed: pip install 'foedus[gpu]', then JAX's wheels for "
            f"your GPU, for NVIDIA pip install 'jax[cuda12]' ({GUIDE}); or leave out --device to use the processor"
        ) from error
    try:
        return jax.devices(name)[0]
    except _NOT_THERE as error:
        raise DeviceUnavailable(
            f"JAX {jax.__version__} is installed but sees no {name.upper()} (it sees: {_seen(jax)}). Where there is "
            f"one, install JAX's wheels for it, for NVIDIA pip install 'jax[cuda12]' ({GUIDE}), and leave "
            "JAX_PLATFORMS unset; or leave out --device to use the processor"
        ) from error


def _seen(jax: Any) -> str:
    try:
        return ", ".join(sorted({str(device.platform) for device in jax.devices()}))
    except _NOT_THERE:
        return "no device at all"
