"""What callers may give, and what they are told where it is something else."""

import collections.abc
import numbers
import operator
import os
import warnings

import numpy as np

from truce._truce import Error

MOST_TRIALS = 2**48
MOST_THREADS = 1024
MANY_TRIALS = 10**6  # from which it is looked at whether memory holds them


def whole(name, value, least, most):
    """`value` as an int. TypeError for what is no whole number, Error for one out of range."""
    if isinstance(value, bool):
        raise TypeError(f"{name} is {value!r}, not a whole number")
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} is {value!r}, not a whole number") from None
    if not least <= number <= most:
        raise Error(f"{name} is {number}; it is to be from {least} to {most}")
    return number


def seed(value):
    return whole("seed", value, 0, 2**64 - 1)


def yes_or_no(name, value):
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    raise TypeError(f"{name} is {value!r}, not True or False")


def options(trials, seed_, uncertain, threads, progress):
    """The arguments of a run, as the library takes them."""
    if progress is not None and not callable(progress):
        raise TypeError(f"progress is {progress!r}, not a function")
    return (whole("trials", trials, 1, MOST_TRIALS), seed(seed_), yes_or_no("uncertain", uncertain),
            whole("threads", threads, 0, MOST_THREADS), progress)


def room(compiled, trials):
    """MemoryError where the trials of a run need more memory than the machine has. Without, the system
    lets the run begin, and kills the process, or others, when it has filled the memory."""
    if trials < MANY_TRIALS:
        return
    needed = 8 * trials * len(compiled.outcomes())
    there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    if needed > there:
        raise MemoryError(f"{trials} trials need {needed / 1e9:.0f} GB, and this machine has {there / 1e9:.0f}; "
                          "the program, 'truce run --keep N', counts any number of them")


def values(given):
    """Values of parameters: a dict from str to float. What is no finite number the library tells."""
    if given is None:
        return {}
    if not isinstance(given, collections.abc.Mapping):
        raise TypeError(f"values of parameters are {given!r}, not a dict from names to numbers")
    taken = {}
    for name, value in given.items():
        if not isinstance(name, str):
            raise TypeError(f"a parameter's name is {name!r}, not a text")
        if not isinstance(value, numbers.Real) and not hasattr(value, "__float__"):
            raise TypeError(f"the value of {name!r} is {value!r}, not a number")
        try:
            taken[name] = float(value)
        except OverflowError:
            raise Error(f"--set: error: {name!r} is too large a number") from None
        except (TypeError, ValueError):  # an array of several numbers
            raise TypeError(f"the value of {name!r} is {value!r}, not a number") from None
    return taken


def path(given):
    """A path as the system has it, in bytes."""
    try:
        name = os.fsencode(given)
    except TypeError:
        raise TypeError(f"{given!r} is not the path of a scenario") from None
    if b"\0" in name:
        raise Error(f"{given!r} has a zero character in it, and is no name of a file")
    return name


def tell_failures(failures, trials, level):
    """Warns of trials that failed, with the first reason, where the caller so many levels up stands."""
    if failures:
        trial, message = failures[0]
        warnings.warn(f"{len(failures)} of {trials} trials failed; trial {trial}: {message}",
                      RuntimeWarning, stacklevel=level)
