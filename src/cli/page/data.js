// What the program wrote into the page, in one shape for runs and studies.

import { words } from "./format.js";

export const data = JSON.parse(document.getElementById("data").textContent);

const ownColumns = data.columns.filter((column) => column.own);
/** Outcomes that are told: the scenario's own, and the duration behind them. */
export const outcomes = [...ownColumns, ...data.columns.filter((column) => column.name === "duration")];
export const columnOf = (name) => data.columns.find((column) => column.name === name);
export const isShare = (column) => column.kind === "boolean";

const ofPoint = (point, name) => {
  const outcome = point.outcomes[name];
  return outcome && { mean: outcome.mean, ci: [outcome.ci_low, outcome.ci_high], tooFew: outcome.too_few, count: outcome.count, missing: outcome.missing, sd: outcome.sd };
};
const ofRun = (show, name) => {
  const outcome = show.outcomes.find((each) => each.name === name);
  return outcome && { ...outcome, tooFew: outcome.too_few };
};
const settings = (parameters) => Object.entries(parameters).map(([name, value]) => `${name} = ${+value.toPrecision(4)}`).join(", ");

function casesOfStudy() {
  const many = data.variants.length > 1;
  return data.show.points.map((point, i) => ({
    ...data.cases[i], variant: point.variant, parameters: point.parameters,
    name: [many ? words(point.variant) : "", settings(point.parameters)].filter(Boolean).join(", ") || words(point.variant),
    outcome: (name) => ofPoint(point, name),
  }));
}
/** A case is one set of assumptions: the run itself, each of two runs, each point of a study. */
export const cases = data.kind === "study" ? casesOfStudy()
  : data.shows.map((show, i) => ({
    ...data.cases[i], variant: data.names[i], parameters: {}, name: data.names[i] ?? "", endings: show.endings, causes: show.causes,
    distributions: show.distributions, outcome: (name) => ofRun(show, name),
  }));

/** What a comparison calls a variant, a point or a file, as it is told. */
export const nameOf = (name) => (data.kind === "runs" ? name.split("/").pop() : name.replaceAll("_", " "));

/** What the reader has chosen: the cases whose course is drawn, the outcome compared. */
export const state = { a: 0, b: -1, compared: "" };
if (data.kind === "study") {
  const of = (variant) => cases.map((_, i) => i).filter((i) => cases[i].variant === variant);
  const base = of(data.against);
  const other = data.variants.find((variant) => variant !== data.against);
  const middle = Math.floor(base.length / 2);
  state.a = base[data.variants.length > 1 ? middle : 0] ?? 0;
  state.b = other ? of(other)[middle] ?? -1 : base[base.length - 1] ?? -1;
} else if (cases.length > 1) {
  state.b = 1;
}
if (state.b === state.a) state.b = -1;
/** The cases chosen, with the colour and the letter that each has in all figures. */
export function chosen() {
  return [state.a, state.b].map((i, k) => ({ i, case: cases[i], color: colors[k] })).filter((each) => each.case);
}
export const colors = ["#1b5e9b", "#b34700"];
export const palette = ["#1b5e9b", "#b34700", "#1e7b4f", "#8a3a86", "#6b6200", "#0b7285", "#9c2340", "#555f6e"];

const meaning = { completed: "#1e7b4f", incomplete: "#6fae8a", expired: "#d9982f", collapsed: "#b03a2e", horizon: "#9aa5b1" };
const further = ["#5a6fb0", "#8a3a86", "#0b7285", "#6b6200", "#c2778f", "#444c59"];
/** Endings, best first where the language knows them; those of the scenario behind. */
export const endingNames = (() => {
  const all = cases[0].endings.map((ending) => ending.name);
  const known = Object.keys(meaning).filter((name) => all.includes(name));
  const own = all.filter((name) => !known.includes(name));
  return [...known.filter((name) => name !== "horizon"), ...own, ...known.filter((name) => name === "horizon")]
    .filter((name) => cases.some((each) => each.endings.find((ending) => ending.name === name)?.count > 0));
})();
export const endingColor = (name) => {
  if (name in meaning) return meaning[name];
  const own = endingNames.filter((each) => !(each in meaning));
  return further[own.indexOf(name) % further.length];
};
