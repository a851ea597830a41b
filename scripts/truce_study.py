"""Reading of what truce tells of studies, for the plot scripts: their files, and the reports of
`truce compare`, `sensitivity` and `discover` with --json."""

import json

import truce_results
from truce_results import DISCLAIMER, ResultsError, ResultsFile, h5py, np, suggestion, text


class Study(ResultsFile):
    """The file of a study: a point per row. Raises ResultsError for what is not one."""

    def __init__(self, path):
        super().__init__(path)
        attributes = self._file.attrs
        design = self._group("design")
        self.design = text(design.attrs.get("kind", ""))
        if self.design == "run":
            raise ResultsError(f"{path}: is of a run; this script draws the results of a study")
        self.title = text(attributes.get("title", ""))
        self.compared = [x for x in text(design.attrs.get("compared", "")).split("\n") if x]
        self.parameters = [text(x) for x in self._dataset("design/parameter")[()]]
        self.values = self._dataset("design/value")[()].reshape(-1, len(self.parameters))
        self.variant = np.array([text(x) for x in self._dataset("design/variant")[()]])
        self.variants = list(dict.fromkeys(self.variant))
        self.outcomes = [text(x) for x in self._dataset("summary/outcome")[()]]
        self.trials = int(self._dataset("trials/trial").shape[0])

    def _group(self, name):
        item = self._file.get(name)
        if not isinstance(item, h5py.Group):
            raise ResultsError(f"{self.path}: lacks /{name}; the file is damaged")
        return item

    def summary(self, outcome):
        """(mean, low, high), each [point]."""
        if outcome not in self.outcomes:
            raise ResultsError(f"{self.path}: has no outcome '{outcome}'"
                               + suggestion(outcome, self.outcomes))
        column = self.outcomes.index(outcome)
        return tuple(self._dataset(f"summary/{name}")[:, column]
                     for name in ("mean", "ci_low", "ci_high"))

    def is_share(self, outcome):
        return text(self._dataset("trials/" + outcome).attrs.get("dtype", "")) == "bool"

    def unit(self, outcome):
        return text(self._dataset("trials/" + outcome).attrs.get("units", "1"))


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

    def variants(self, names):
        """Those named, all where none is."""
        known = [v["variant"] for v in self.content["variants"]]
        wanted = chosen(names, known, "variant")
        return [v for v in self.content["variants"] if v["variant"] in wanted]


def draw_variants(description, verb, figure, draw):
    """The whole of a script that draws the variants of a verb's report."""
    truce_results.draw_all(
        arguments(description, "--variant", "a variant to draw",
                  f"what truce {verb} --json printed"),
        figure, draw, lambda path: Report(path, "variants", verb))


def arguments(description, name_option, name_help, file_help):
    return truce_results.arguments(description, name_option, name_help, file_help)


def chosen(names, known, what):
    """Those asked for, all where none is."""
    for name in names or ():
        if name not in known:
            raise ResultsError(f"there is no {what} '{name}'" + suggestion(name, known))
    return [x for x in known if not names or x in names]
