"""A scenario that is ready to run."""

import os

from truce import _arguments, _truce


class Scenario:
    """A scenario that is ready to run, from `load` or `parse`. It never changes."""

    def __init__(self, of_library):
        self._of_library = of_library

    @property
    def title(self):
        return self._of_library.title()

    @property
    def horizon(self):
        """Days from day 0 to the end of a trial at the latest."""
        return self._of_library.horizon()

    @property
    def parameters(self):
        """Values by name, which trials have unless they draw their own."""
        return {name: value for name, value, _ in self._of_library.parameters()}

    @property
    def drawn(self):
        """The parameters that uncertain trials draw, or compute from what is drawn."""
        return [name for name, _, drawn in self._of_library.parameters() if drawn]

    @property
    def outcomes(self):
        """Units by name ("day", "person", "1"), in the order of the file; "" of a category."""
        return {name: "" if kind == "category" else unit
                for name, kind, unit, _ in self._of_library.outcomes()}

    @property
    def warnings(self):
        """What the program would warn of, one finding a line."""
        return self._of_library.warnings()

    @property
    def files(self):
        """All files that it was read from."""
        return [os.fsdecode(file) for file in self._of_library.files()]

    def with_values(self, set):
        """The same with these values of parameters; what was set before is not any more."""
        return Scenario(self._of_library.with_values(_arguments.values(set)))

    def __reduce__(self):
        raise TypeError("a truce.Scenario stays in its process; give others the path of its file")

    def __repr__(self):
        return f"<truce.Scenario {self.title!r}>"


def load(path, set=None):
    """Reads, checks and compiles a file. `set`: values of parameters by name, in place of the file's.
    Raises Error with all that is wrong."""
    return Scenario(_truce.Scenario.load(_arguments.path(path), _arguments.values(set)))


def parse(text, set=None, name="scenario.yaml"):
    """The same of text, which messages call `name`. What it extends, and its tables, are looked for in
    the working directory."""
    for what, given in (("text", text), ("name", name)):
        if not isinstance(given, str):
            raise TypeError(f"{what} is {given!r}, not a text")
    return Scenario(_truce.Scenario.parse(text, _arguments.values(set), name))
