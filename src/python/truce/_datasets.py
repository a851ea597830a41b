"""Results as xarray has them of the file: the same variables, dimensions, attributes and values."""

import threading

import numpy as np

from truce import _arguments

FAILED_WHOLE = np.int32(-2**31)
FAILED_CODE = np.int8(-1)

_reading = threading.Lock()  # the netCDF library serves one thread at a time


def _codes(first, labels):
    """CF's names of codes."""
    return {"flag_values": np.arange(first, first + len(labels), dtype=np.int8),
            "flag_meanings": " ".join(labels)}


def _attributes(column):
    """What the file tells of a column, in its order."""
    attributes = {"units": column["unit"]}
    if column["summary"]:
        attributes["long_name"] = column["summary"]
    if column["kind"] == "whole":
        attributes["failed_value"] = FAILED_WHOLE
    elif column["kind"] != "real":
        attributes["failed_value"] = FAILED_CODE
    if column["kind"] == "yes_no":
        attributes["dtype"] = "bool"
    if column["may_never_come"]:
        attributes["missing"] = "never"
    if column["until_ending"]:
        attributes["until"] = "ending"
    if column["kind"] == "category":
        attributes |= _codes(-1, ["failed", *column["labels"]])
    return attributes


def trials(run):
    """Group "trials"."""
    import xarray  # takes a second, which `sample` need not wait

    status = np.zeros(run.count(), dtype=np.int8)
    failures = run.failures()
    status[[trial for trial, _ in failures]] = 1
    variables = {column["name"]: ("trial", column["values"], _attributes(column))
                 for column in run.columns()}
    variables["status"] = ("trial", status, {"units": "1"} | _codes(0, ["completed", "failed"]))
    _arguments.tell_failures(failures, run.count(), 4)
    stored = xarray.Dataset(variables, {"trial": np.arange(run.count(), dtype=np.int64)})
    return xarray.decode_cf(stored).load()


def _walk(group, name="/"):
    yield name, group
    for below, inner in group.groups.items():
        yield from _walk(inner, below if name == "/" else f"{name}/{below}")


def groups(image):
    """All groups of a file in memory."""
    import netCDF4
    import xarray

    if not image:  # stopped before the first trials were done
        return {}
    with _reading, netCDF4.Dataset("memory", memory=image) as file:
        found = {name: xarray.open_dataset(xarray.backends.NetCDF4DataStore(group)).load()
                 for name, group in _walk(file)}
    _arguments.tell_failures(_first_failures(found), found["/"].attrs["trials"], 4)
    return found


def _first_failures(found):
    """As many as there are; of the first the number and the message."""
    count = int(found["/"].attrs["trials_failed"])
    if count == 0:
        return []
    told = found["failures"]
    return [(int(told.first_trial[0]), str(told.message.values[0]))] * count
