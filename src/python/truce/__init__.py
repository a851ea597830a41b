"""Monte Carlo simulation of phased exchanges, in process.

    import truce
    trials = truce.run("scenario.yaml", trials=10_000, set={"engagement": 0.9}, seed=1)
    print(trials["hostages_freed"].mean())

The numbers are those of the program `truce`: trial i is row i of the file that `truce run` writes with
the same settings, on any number of threads. truce compares assumptions; it does not forecast.

A scenario is the path of its file, or what `load` or `parse` has returned. A file is read and compiled
once, and again when it, or a file that it is made of, has another modification time. All functions may
be called by any thread; while they work, other threads of Python go on."""

import json

from truce import _arguments, _cache, _datasets
from truce._scenario import Scenario, load, parse
from truce._truce import Error
from truce._truce import version as __version__

__all__ = ["Error", "Scenario", "load", "parse", "run", "run_groups", "sample", "trace",
           "__version__"]


def run(scenario, trials=10_000, *, set=None, seed=1, uncertain=False, threads=0, progress=None):
    """Runs trials in memory: an xarray.Dataset, the same as group "trials" of the file of `truce run`.

    set        values of parameters by name, in place of the scenario's
    seed       0 to 2^64 - 1; the same seed gives the same trials
    uncertain  each trial draws its parameters from their priors
    threads    0: as many as the machine has
    progress   called several times per second as progress(done, planned); what it raises ends the
               run, and is raised here; where it returns False the trials that are done are returned

    Trials that fail are told by a warning, and by `status`. Ctrl-C raises KeyboardInterrupt. Raises
    Error for what is wrong with the scenario or a value, TypeError for an argument of a wrong type,
    MemoryError for more trials than the machine's memory holds."""
    options = _arguments.options(trials, seed, uncertain, threads, progress)
    compiled = _cache.compiled(scenario, set)
    _arguments.room(compiled, options[0])
    return _datasets.trials(compiled.run(*options))


def run_groups(scenario, trials=10_000, *, set=None, seed=1, uncertain=False, threads=0,
               progress=None):
    """The same with all that the file holds: a dict from the names of its groups ("trials", "summary",
    "endings", "timelines", ...; "/" for the file's own attributes) to xarray.Dataset, each the same as
    xarray.open_dataset(file, group=name). No file is written. Needs the netCDF4 package."""
    options = _arguments.options(trials, seed, uncertain, threads, progress)
    compiled = _cache.compiled(scenario, set)
    _arguments.room(compiled, options[0])
    return _datasets.groups(compiled.image(*options))


def trace(scenario, trial, *, set=None, seed=1, uncertain=False):
    """Replays one trial of the run with these settings, event by event: a dict with `events` (each with
    time in days, what, who, amount, why), `row` (the trial's outcomes; None where there is none) and,
    where the trial fails, `failure`. Of 150,000 events and more some are left out: `left_out` says how
    many (`events`), and behind how many others (`at`)."""
    number = _arguments.whole("trial", trial, 0, _arguments.MOST_TRIALS - 1)
    seed = _arguments.seed(seed)
    uncertain = _arguments.yes_or_no("uncertain", uncertain)
    return json.loads(_cache.compiled(scenario, set).trace(number, seed, uncertain))


def sample(scenario, parameters=None, *, trials=100, seed=1, uncertain=False, threads=1):
    """A plain function from parameters to outcomes, for workbenches: a dict from the names of outcomes
    to their means over the trials that do not fail (the same as `truce run` prints), and from
    "ending=LABEL" and "cause=LABEL" to shares of these trials. NaN: no trial has a value. The same
    seed for all parameters compares like with like."""
    options = _arguments.options(trials, seed, uncertain, threads, None)[:4]
    compiled = _cache.compiled(scenario, parameters)
    _arguments.room(compiled, options[0])
    means, failures = compiled.sample(*options)
    _arguments.tell_failures(failures, options[0], 3)
    return means
