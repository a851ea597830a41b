"""What the verbs print, read: what its tests share."""

import json

from program import Program

DRAWN = """
truce: 2
horizon: 1
parameters:
  a: {value: 0.5, prior: "uniform(0, 1)"}
  b: {value: 2, prior: exponential(2)}
  twice: 2 * a
  plain: 4
correlations: [{between: [a, b], rho: 0.6}]
outcomes: {a: {value: a}, b: {value: b}, twice: {value: twice}, plain: {value: plain}}
"""


class ReportTest(Program):
    def told(self, *arguments, expect=0):
        return json.loads(self.truce(*arguments, "--json", expect=expect).stdout)

    def write(self, name, text):
        (self.path / name).write_text(text)
        return name
