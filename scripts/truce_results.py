"""Reading of truce's results, for the plot scripts. results/README.md describes the files."""

import dataclasses
import datetime
import difflib
import os
import shlex
import sys

try:
    import h5py
    import numpy as np
except ImportError as error:
    sys.exit(f"error: Python's {error.name} is missing; on Debian: "
             f"sudo apt install python3-{error.name}, and use /usr/bin/python3")

READABLE_MAJOR = "1"
MOST_NAMES = 8  # of parameters, in a caption
DISCLAIMER = "truce compares assumptions; it does not forecast."
BUILT_IN = {"ending", "cause", "duration", "days_suspended", "status", "trial"}


class ResultsError(Exception):
    """What the user can mend: no file, not a result, an unknown name."""


@dataclasses.dataclass(frozen=True)
class Outcome:
    name: str
    kind: str  # real, integer, boolean or category
    unit: str  # "day", "person", "1"
    summary: str
    labels: tuple = ()  # of a category
    codes: tuple = ()

    @property
    def declared(self):
        """Whether the scenario declares it; what is always measured has a dot in its name."""
        return self.name not in BUILT_IN and "." not in self.name


@dataclasses.dataclass(frozen=True)
class Proportion:
    """A probability with its 95 % interval, Wilson's."""
    label: str
    probability: float
    ci_low: float
    ci_high: float


def text(value):
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def suggestion(name, known):
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean '{near[0]}'?" if near else ""


class ResultsFile:
    """A file that truce wrote, of a run or a study. Raises ResultsError for what is not one."""

    def __init__(self, path):
        self.path = path
        if not os.path.isfile(path):
            raise ResultsError(f"{path}: there is no such file")
        try:
            self._file = h5py.File(path, "r")
        except OSError as error:
            raise ResultsError(f"{path}: cannot be read as HDF5 ({error})") from None
        attributes = self._file.attrs
        if text(attributes.get("format", "")) != "truce-results":
            raise ResultsError(f"{path}: is no result of truce (its format is not truce-results)")
        version = text(attributes.get("format_version", "?"))
        if version.split(".")[0] != READABLE_MAJOR:
            raise ResultsError(f"{path}: has format version {version}, this script reads "
                               f"{READABLE_MAJOR}.x; use the script of the truce that wrote it")
        self.disclaimer = text(attributes.get("disclaimer", "")) or DISCLAIMER
        self.seed = text(attributes.get("seed", "?"))

    def settings_text(self):
        """Sentences on which parameters `--set` has set and which are drawn in each trial."""
        line = self._file.get("provenance/command_line")
        tokens = shlex.split(text(line[()])) if isinstance(line, h5py.Dataset) else []
        given = [value for option, value in zip(tokens, tokens[1:]) if option == "--set"]
        given += [token[6:] for token in tokens if token.startswith("--set=")]
        said = ["Set: " + ", ".join(x.replace("=", " = ", 1) for x in given) + "."] if given else []
        drawn = self._file.get("parameters")
        names = [name for name in drawn if name != "trial"] if drawn is not None else []
        if len(names) > MOST_NAMES:
            said.append(f"{len(names)} parameters are drawn in each trial from their priors.")
        elif names:
            said.append("Drawn in each trial from their priors: " + ", ".join(names) + ".")
        elif "--uncertain" in tokens:
            said.append("All parameters with a prior are drawn from it in each trial.")
        return self.share_text() + said

    def kept(self, rows, counted):
        """The end of a sentence where rows of /trials are fewer than the trials that the file counts (--keep)."""
        if rows == 0 < counted:
            raise ResultsError(f"{self.path}: keeps no rows of its trials (--keep), and these are what is drawn")
        return f"of the first {rows:,} of {counted:,} trials, whose rows are kept." if rows < counted else ""

    def share_text(self):
        """A sentence where the file has some of the trials alone."""
        attributes = self._file.attrs
        if text(attributes.get("completion", "")) != "shard":
            return []
        first = int(attributes["trials_first"])
        return [f"A share: trials {first:,} to {first + int(attributes['trials']) - 1:,} of {int(attributes['trials_planned']):,}."]

    def _dataset(self, name):
        item = self._file.get(name)
        if not isinstance(item, h5py.Dataset):
            raise ResultsError(f"{self.path}: lacks /{name}; the file is damaged or from another "
                               "program")
        return item


class Results(ResultsFile):
    """The file of one run. Raises ResultsError for what is not one."""

    def __init__(self, path):
        super().__init__(path)
        attributes = self._file.attrs
        self.title = text(attributes.get("title", "")) or os.path.basename(path)
        self.program_version = text(attributes.get("program_version", ""))
        status = self._dataset("trials/status")
        if status.ndim != 1:
            raise ResultsError(f"{path}: holds the many points of a study; this script draws the "
                               "results of a run")
        self._finished = status[()] == 0
        self.trials = len(self._finished)
        self.failed = int(self.trials - np.count_nonzero(self._finished))
        if "trials_kept" in attributes:  # what is no row is counted all the same
            self.trials, self.failed = int(attributes["trials"]), int(attributes["trials_failed"])
        if self.failed == self.trials:
            raise ResultsError(f"{path}: every trial failed; there is nothing to draw")
        self.sources = self._names("provenance/sources/reference")
        self.start_date = self._start_date()
        self.outcomes = self._outcomes()

    def _names(self, name):
        return [text(x) for x in self._dataset(name)[()]]

    def _start_date(self):
        date = text(self._file.attrs.get("start_date", ""))
        try:
            return datetime.date.fromisoformat(date) if date else None
        except ValueError:
            raise ResultsError(f"{self.path}: its start date '{date}' is none") from None

    def _outcomes(self):
        outcomes = {}
        names = self._names("summary/outcome")
        for name in ["ending", "cause"] + names:
            column = self._dataset("trials/" + name)
            attributes = column.attrs
            kind, labels, codes = "real", (), ()
            if "flag_meanings" in attributes:
                kind = "category"
                labels = tuple(text(attributes["flag_meanings"]).split())
                codes = tuple(np.atleast_1d(attributes["flag_values"]).tolist())
            elif text(attributes.get("dtype", "")) == "bool":
                kind = "boolean"
            elif column.dtype.kind in "iu":
                kind = "integer"
            outcomes[name] = Outcome(name, kind, text(attributes.get("units", "1")),
                                     text(attributes.get("long_name", "")), labels, codes)
        return outcomes

    def outcome(self, name):
        if name not in self.outcomes:
            raise ResultsError(f"{self.path}: has no outcome '{name}'"
                               + suggestion(name, list(self.outcomes)))
        return self.outcomes[name]

    def caption(self, *said):
        """The paragraphs under a figure of the run: what is drawn, left out, assumed."""
        trials = f"{self.trials:,} trials"
        if self.failed:
            said += (f"{self.failed:,} of {trials} failed and are left out: they are no random "
                     "choice, what the others say is biased.",)
        said = [" ".join(x for x in (*said, *self.settings_text()) if x)]
        if self.sources:
            said.append("Sources: " + "; ".join(self.sources))
            if len(said[-1]) > 300:
                said[-1] = f"The {len(self.sources)} sources of the assumptions are in the file."
        version = f"truce {self.program_version}".strip()
        return [x for x in said if x] + [
            f"{self.disclaimer} {version}, {trials}, seed {self.seed}."]

    def is_constant(self, outcome):
        """Whether all trials with a value have the same one (or none has any)."""
        if outcome.kind == "category":
            return len(self.proportions(outcome)) < 2
        row = self._names("summary/outcome").index(outcome.name)
        low, high = (self._dataset(f"summary/{name}")[row] for name in ("min", "max"))
        return not low < high

    def values(self, outcome):
        """[trial] of the trials that did not fail; NaN where missing."""
        values = self._dataset("trials/" + outcome.name)[()]
        if values.shape != self._finished.shape:
            raise ResultsError(f"{self.path}: /trials/{outcome.name} is not as long as /trials/"
                               "status")
        self.kept(len(values), self.trials)
        return values[self._finished]

    @property
    def rows(self):
        """Of how many trials `values` are."""
        return len(self._finished)

    def proportion(self, outcome):
        """The probability of yes."""
        row = self._names("summary/outcome").index(outcome.name)
        return Proportion(outcome.name, *(float(self._dataset("summary/" + name)[row])
                                          for name in ("mean", "ci_low", "ci_high")))

    def proportions(self, outcome):
        """The probabilities of the labels of 'ending' or 'cause', those that occurred."""
        group = {"ending": "endings", "cause": "causes"}[outcome.name]
        labels = self._names(f"{group}/{outcome.name}")
        columns = [self._dataset(f"{group}/{name}")[()]
                   for name in ("probability", "ci_low", "ci_high")]
        rows = [Proportion(label, *map(float, row)) for label, *row in zip(labels, *columns)]
        return [row for row in rows if row.probability > 0]

    def labels(self, outcome):
        """All of 'ending' or 'cause' that a trial can have."""
        return [label for label, code in zip(outcome.labels, outcome.codes) if code >= 0]

    def incidence(self):
        """(days [day], {ending: share of trials that have ended so by that day [day]})."""
        table = self._dataset("endings/cumulative_incidence")[()]
        return (self._dataset("endings/day")[()],
                dict(zip(self._names("endings/ending"), table)))

    @property
    def timelines(self):
        group = self._file.get("timelines") or {}
        return [name[:-len(".quantiles")] for name in self._in_file_order(group)
                if name.endswith(".quantiles")]

    def _in_file_order(self, group):
        """Names of a group; outcomes' order where they are outcomes too, else the alphabet's."""
        order = {name + ".quantiles": i for i, name in enumerate(self.outcomes)}
        return sorted(group, key=lambda name: (order.get(name, len(order)), name))

    def share_by_day(self, name):
        """[day] share of trials in which a timeline is 1, None if it has other values than 0 and 1."""
        mean = self._dataset(f"timelines/{name}.mean")[()]
        values = self._file.get(f"timelines/counts/{name}/value")
        if values is not None:
            return mean if set(values[()].tolist()) <= {0, 1} else None
        # Reals are not counted; those from 0 to 1 whose squares have the mean of themselves are 0 or 1.
        quantiles = self._dataset(f"timelines/{name}.quantiles")[()]
        n = self.trials - self.failed
        squares = self._dataset(f"timelines/{name}.sd")[()] ** 2 * (n - 1) / n + mean ** 2
        alike = n > 1 and np.isin(quantiles, (0, 1)).all() and np.allclose(squares, mean, rtol=1e-9, atol=1e-12)
        return mean if alike else None

    def timeline(self, name):
        """(days [day], quantiles {probability: [day]}, unit)."""
        if name not in self.timelines:
            raise ResultsError(f"{self.path}: has no timeline '{name}'"
                               + suggestion(name, self.timelines))
        table = self._dataset(f"timelines/{name}.quantiles")
        unit = text(table.attrs.get("units", "1"))
        if unit == "1" and name in self.outcomes:
            unit = self.outcomes[name].unit
        levels = [round(float(p), 3) for p in self._dataset("timelines/quantile")[()]]
        return self._dataset("timelines/day")[()], dict(zip(levels, table[()].T)), unit
