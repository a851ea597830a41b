import { cases, columnOf, data, isShare, nameOf, outcomes } from "./data.js";
import { h } from "./dom.js";
import { capital, perCent, points, range, rounded, short, signed, unit, withUnit, words } from "./format.js";

const bold = (text) => h("b", {}, text);
const interval = ([low, high], format) => `95\u00a0% interval ${range(format(low), format(high))}`;

function mostFrequent(of) {
  const most = [...of.endings].sort((a, b) => b.probability - a.probability)[0];
  return most && [bold(`${perCent(most.probability)} %`), ` of the trials (${interval(most.ci, perCent)}) end as `, bold(words(most.name))];
}

function meanOf(of, column) {
  const outcome = of.outcome(column.name);
  if (!outcome || outcome.mean == null) return null;
  if (isShare(column)) return [bold(`${perCent(outcome.mean)} %`), ` (${interval(outcome.ci, perCent)})`];
  const few = outcome.tooFew ? "too few trials to rely on " : "";
  const [mean, low, high] = rounded({ value: outcome.mean, low: outcome.ci[0], high: outcome.ci[1] });
  return [bold(withUnit(mean, column.unit)), ` on average (${few}95\u00a0% interval ${range(low, high)})`];
}

function ofRun(of) {
  const first = outcomes[0];
  const mean = meanOf(of, first);
  return [mean && [h("span", {}, `${capital(words(first.name))}: `), mean, ". "], mostFrequent(of), "."];
}

/** A difference with its interval, or that none was seen. */
export function differenceText(entry, exact = true) {
  const { value, low, high } = entry.difference;
  if (!entry.varies || value == null) return "does not vary";
  const share = entry.kind === "boolean";
  const format = share ? points : short;
  const of = share ? "\u00a0points" : unit(entry.unit) ? `\u00a0${unit(entry.unit)}` : "";
  const texts = exact ? [value, low, high].map(format) : rounded(entry.difference, share ? 100 : 1);
  return `${entry.too_few ? "~\u00a0" : ""}${signed(texts[0])}${of} (${range(texts[1], texts[2])})`;
}

const direction = ({ difference: { value, low, high } }) => (low == null ? "" : low > 0 ? "more" : high < 0 ? "less" : value === 0 ? "" : "open");

/** Every variant against the one that all are compared with, in the outcome chosen. */
function ofComparison(entries) {
  const base = entries[0].b;
  const parts = entries.slice(0, 5).map((entry, i) => [
    i === 0 ? "" : "; ", "with ", h("span", { class: "case" }, nameOf(entry.a)), " by ", bold(differenceText(entry, false)),
    direction(entry) === "open" ? ", which may be none" : ""]);
  return [h("span", {}, capital(words(entries[0].outcome)), entries[0].kind === "boolean" ? " (share of the trials)" : "", " differs from that of "), h("span", { class: "case" }, nameOf(base)), ": ", parts,
    entries.length > 5 ? `; and ${entries.length - 5} more below` : "", ". In brackets: 95\u00a0% intervals."];
}

/** From the least to the most that any point of the study gives. */
function ofPoints() {
  const column = columnOf(data.compared[0]) ?? outcomes[0];
  const told = cases.filter((each) => each.outcome(column.name)?.mean != null).sort((a, b) => a.outcome(column.name).mean - b.outcome(column.name).mean);
  if (told.length === 0) return ofRun(cases[0]);
  const [least, most] = [told[0], told[told.length - 1]];
  return [`${capital(words(column.name))} is from `, meanOf(least, column), `, at ${least.name}, to `, meanOf(most, column), `, at ${most.name}.`];
}

/** The answer in a sentence; `entries` are the paired differences in the outcome chosen. */
export function answer(entries) {
  const compares = entries.length > 0 && !(data.kind === "study" && data.variants.length === 1);
  const sentence = compares ? ofComparison(entries) : data.kind === "study" ? ofPoints() : ofRun(cases[0]);
  return h("div", { class: "answer", id: "answer", role: "region", "aria-label": "Answer" }, h("h2", {}, "Answer"),
    h("p", { class: "main" }, sentence),
    compares && entries.some((entry) => entry.too_few) && h("p", { class: "small" }, "~ too few trials, for a difference that may be so skewed, to rely on the interval."),
    h("p", { class: "small" }, "Under these assumptions. The interval is that of the simulation alone: it says nothing of how right the assumptions are. ",
      data.disclaimer));
}
