"""Compiled scenarios, by path and modification time, and by the values of their parameters."""

import collections
import os
import threading

from truce import _arguments, _truce
from truce._scenario import Scenario

MOST_FILES = 16
MOST_COMPILED = 64

_lock = threading.Lock()
_read = collections.OrderedDict()      # path: (stamps of all files that it is made of, scenario)
_compiled = collections.OrderedDict()  # (path, stamps, values): scenario


def stamp(path):
    """What is another where a file has been changed; None where there is none."""
    try:
        told = os.stat(path)
    except OSError:
        return None
    return path, told.st_mtime_ns, told.st_size, told.st_ino


def _get(store, key):
    with _lock:
        if key in store:
            store.move_to_end(key)
        return store.get(key)


def _keep(store, key, value, most):
    with _lock:
        store[key] = value
        store.move_to_end(key)
        while len(store) > most:
            store.popitem(last=False)


def _of_file(path, values):
    """The scenario of a file, in which those values are set."""
    place = os.path.abspath(path), path
    kept = _get(_read, place)
    if kept is None or tuple(map(stamp, kept[2])) != kept[0]:
        before = stamp(path)
        scenario = _truce.Scenario.load(path, values)
        files = [path, *(os.path.join(os.getcwdb(), file) for file in scenario.files())]
        stamps = tuple(map(stamp, files))
        if stamps[0] != before:  # changed while it was read
            return scenario
        _keep(_read, place, (stamps, scenario, files), MOST_FILES)
        kept = stamps, scenario, files
        _keep(_compiled, (place, stamps, _key(values)), scenario, MOST_COMPILED)
        return scenario
    stamps, scenario, _ = kept
    key = place, stamps, _key(values)
    compiled = _get(_compiled, key)
    if compiled is None:
        compiled = scenario.with_values(values)
        _keep(_compiled, key, compiled, MOST_COMPILED)
    return compiled


def _key(values):
    return frozenset(values.items())


def compiled(scenario, values):
    """What the library runs: of a path, or of a Scenario, whose values stay unless others are given."""
    taken = _arguments.values(values)
    if isinstance(scenario, Scenario):
        return scenario._of_library if values is None else scenario._of_library.with_values(taken)
    return _of_file(_arguments.path(scenario), taken)
