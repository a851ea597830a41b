"""Reading of what truce tells of studies, for the plot scripts: their files, and the reports of
`truce compare`, `sensitivity` and `discover` with --json."""

import json
import os

import truce_cli
from truce_style import words
from truce_results import DISCLAIMER, ResultsError, ResultsFile, h5py, np, suggestion, text


class Study(ResultsFile):
    """The file of a study: a point per row. Raises ResultsError for what is not one."""

    def __init__(self, path):
        super().__init__(path)
        attributes = self._file.attrs
        design = self._group("design")
        self.design = text(design.attrs.get("kind", ""))
        status = self._dataset("trials/status")
        if status.ndim != 2:
            raise ResultsError(f"{path}: is of a run; this script draws the results of a study")
        self._status = status[()]
        kept = "trials_kept" in attributes
        self.kept_rows = self.kept(status.shape[1], int(self._dataset("summary/trials")[()].max())) if kept else ""
        if not (self._status == 0).any():
            raise ResultsError(f"{path}: every trial failed; there is nothing to draw")
        self.title = text(attributes.get("title", "")) or os.path.basename(path)
        self.compared = [x for x in text(design.attrs.get("compared", "")).split("\n") if x]
        self.settings = {name[8:]: int(x) for name, x in design.attrs.items()
                         if name.startswith("setting_")}
        self.parameters = [text(x) for x in self._dataset("design/parameter")[()]]
        self.values = self._dataset("design/value")[()].reshape(-1, len(self.parameters))
        self.variant = np.array([text(x) for x in self._dataset("design/variant")[()]])
        self.variants = list(dict.fromkeys(self.variant))
        self.against = text(design.attrs.get("against", "")) or self.variants[0]
        if self.against not in self.variants:  # a shard may lack it
            self.against = self.variants[0]
        all_variants = max(text(design.attrs.get("variants", "")).count("\n") + 1, 1)
        self.planned = int(design.attrs.get("points", len(self.variant)))  # a shard has fewer
        rows = max(self.planned // all_variants, 1)
        self.row = self._dataset("design/point")[()] % rows  # [point], of the design
        self.outcomes = [text(x) for x in self._dataset("summary/outcome")[()]]
        self.points, self.trials = self._status.shape

    def _group(self, name):
        item = self._file.get(name)
        if not isinstance(item, h5py.Group):
            raise ResultsError(f"{self.path}: lacks /{name}; the file is damaged")
        return item

    def _column(self, outcome):
        if outcome not in self.outcomes:
            raise ResultsError(f"{self.path}: has no outcome '{outcome}'"
                               + suggestion(outcome, self.outcomes))
        return self.outcomes.index(outcome)

    def summary(self, outcome):
        """(mean, low, high), each [point]."""
        column = self._column(outcome)
        return tuple(self._dataset(f"summary/{name}")[:, column]
                     for name in ("mean", "ci_low", "ci_high"))

    def trial_values(self, outcome):
        """[point, trial]; NaN where a trial failed, is absent or has no value."""
        self._column(outcome)
        values = self._dataset("trials/" + outcome)[()].astype(float)
        return np.where((self._status == 0) & np.isfinite(values), values, np.nan)

    def differences(self, outcome):
        """[point, trial], paired: less the same trial of the same row in `against`."""
        values = self.trial_values(outcome)
        rows = {row: point for point, row in enumerate(self.row)
                if self.variant[point] == self.against}
        partner = np.array([rows.get(row, -1) for row in self.row])
        return np.where((partner >= 0)[:, None], values - values[partner], np.nan)

    def clusters(self):
        """[point] numbers of the groups of points that the design draws independently."""
        if self.design == "saltelli":
            return self.row % self.settings["points"]
        if self.design == "morris":
            return self.row // (len(self.parameters) + 1)
        return self.row

    def is_share(self, outcome):
        return text(self._dataset("trials/" + outcome).attrs.get("dtype", "")) == "bool"

    def unit(self, outcome):
        return text(self._dataset("trials/" + outcome).attrs.get("units", "1"))

    def left_out(self, outcomes):
        """Sentences on the trials that failed and those without a value."""
        present = self._status != -1
        failed = self._status == 1
        said = []
        if failed.any():
            said.append(f"{failed.sum():,} of {present.sum():,} trials failed (in "
                        f"{failed.any(axis=1).sum()} of {self.points} points) and are left out: "
                        "they are no random choice, what the others say is biased.")
        for outcome in outcomes:
            none = np.isnan(self.trial_values(outcome)) & present & ~failed
            if none.any():
                empty = (np.isnan(self.trial_values(outcome))).all(axis=1).sum()
                said.append(f"{words(outcome)}: {none.sum():,} of {present.sum():,} trials have no value"
                            + (f", {empty} points not a single one." if empty else "."))
        return said


class Report:
    """What a verb of truce printed with --json. `key` is one that it must have."""

    def __init__(self, path, key, verb):
        self.path = path
        try:
            with open(path, encoding="utf-8") as file:
                self.content = json.load(file)
        except OSError as error:
            raise ResultsError(f"{path}: cannot be read ({error.strerror})") from None
        except ValueError as error:
            raise ResultsError(f"{path}: is no JSON ({error}); it is what "
                               f"`truce {verb} ... --json` prints") from None
        if not isinstance(self.content, dict) or key not in self.content:
            raise ResultsError(f"{path}: is not what `truce {verb} ... --json` prints")
        self.disclaimer = self.content.get("disclaimer", DISCLAIMER)
        if not isinstance(self.content[key], list):
            raise ResultsError(f"{path}: is not what `truce {verb} ... --json` prints")

    def variants(self, names):
        """Those named, all where none is."""
        known = [v["variant"] for v in self.content["variants"]]
        wanted = chosen(names, known, "variant")
        return [v for v in self.content["variants"] if v["variant"] in wanted]


def draw_variants(description, verb, figure, draw):
    """The whole of a script that draws the variants of a verb's report."""
    truce_cli.draw_all(
        arguments(description, "--variant", "a variant to draw",
                  f"what truce {verb} --json printed"),
        figure, draw, lambda path: Report(path, "variants", verb))


def arguments(description, name_option, name_help, file_help):
    return truce_cli.arguments(description, name_option, name_help, file_help)


def chosen(names, known, what):
    """Those asked for, all where none is."""
    for name in names or ():
        if name not in known:
            raise ResultsError(f"there is no {what} '{name}'" + suggestion(name, known))
    return [x for x in known if not names or x in names]
