import { columnOf, data, nameOf, palette, state } from "./data.js";
import { differenceText } from "./answer.js";
import { fold, h, legend, section, table } from "./dom.js";
import { figure, Plot } from "./figure.js";
import { perCent, short, unit, words } from "./format.js";

const all = data.comparison?.comparisons ?? [];
const ofEndings = data.by_ending?.comparisons ?? [];
/** What can be chosen to compare: outcomes, the duration behind those of the scenario, then endings. */
export const subjects = [...new Set([...all.filter((entry) => entry.outcome !== "duration"), ...all, ...ofEndings].map((entry) => entry.outcome))];
state.compared = subjects[0] ?? "";

const entriesOf = (list, subject) => (list ?? []).filter((entry) => entry.outcome === subject);
/** Differences in the outcome chosen, one for each pair. */
export const chosenEntries = () => entriesOf([...all, ...ofEndings], state.compared);

const isShareOf = (entries) => entries[0]?.kind === "boolean";
const scaleOf = (entries) => (isShareOf(entries) ? 100 : 1);
const axisLabel = (entries) => (isShareOf(entries) ? "difference, percentage points" : `difference${unit(entries[0].unit) ? `, ${unit(entries[0].unit)}` : ""}`);

/** A line for each pair: the difference, its interval, and zero. */
function forest(entries) {
  const scale = scaleOf(entries);
  const rows = entries.filter((entry) => entry.varies && entry.difference.low != null)
    .map((entry) => ({ name: nameOf(entry.a), text: differenceText(entry, false), value: entry.difference.value * scale, low: entry.difference.low * scale, high: entry.difference.high * scale }));
  if (rows.length === 0) return h("p", {}, "No pair of trials differs in this.");
  const shown = rows.slice(0, 16), onPaper = rows.slice(0, 6);
  return figure(`Differences from ${nameOf(entries[0].b)}: ${shown.map((row) => `${row.name} ${row.text}`).join("; ")}`, (width, print) => forestPlan(print ? onPaper : shown, width, print, axisLabel(entries)), {
    caption: `Each against ${nameOf(entries[0].b)}, trial by trial; lines are 95 % intervals.${rows.length > onPaper.length ? ` At most ${shown.length} of ${rows.length} are drawn, on paper ${onPaper.length}; the table tells more.` : ""}`, wide: true });
}

function forestPlan(shown, width, print, label) {
  return {
    // A row is its text and the line below it, which must not meet the next row's text.
    height: 56 + (print ? 32 : 46) * shown.length, flattens: false, marginLeft: 8, marginRight: 12, marginTop: 14, marginBottom: 40,
    x: { label, nice: true, grid: true, ticks: width < 420 ? 4 : 8, labelAnchor: "center", labelOffset: 36 }, y: { domain: shown.map((row) => row.name), axis: null },
    marks: [
      Plot.ruleX([0], { stroke: "#18202c" }),
      Plot.ruleY(shown, { y: "name", x1: "low", x2: "high", stroke: palette[0], strokeWidth: 3, dy: print ? 6 : 8 }),
      Plot.dot(shown, { y: "name", x: "value", r: 5, fill: palette[0], dy: print ? 6 : 8 }),
      Plot.text(shown, { y: "name", frameAnchor: "left", text: (row) => `${row.name}  ${row.text}`, textAnchor: "start", dy: print ? -7 : -10, fill: "#18202c", stroke: "#ffffff", strokeWidth: 5 }),
    ],
  };
}

/** The same along the one parameter that the study varies. */
function alongParameter(subject) {
  const entries = entriesOf(data.by_point?.comparisons, subject);
  if (data.varied?.length !== 1 || data.variants.length < 2 || entries.length === 0) return null;
  const scale = scaleOf(entries);
  const byName = new Map(data.show.points.map((point, i) => [data.point_names[i], point]));
  const rows = entries.map((entry) => ({ entry, point: byName.get(entry.a) })).filter(({ entry, point }) => point && entry.varies && entry.difference.low != null)
    .map(({ entry, point }) => ({ x: point.parameters[data.varied[0]], variant: words(point.variant), value: entry.difference.value * scale, low: entry.difference.low * scale, high: entry.difference.high * scale, text: differenceText(entry, false) }));
  if (rows.length === 0) return null;
  const variants = [...new Set(rows.map((row) => row.variant))];
  const names = data.variants.map(words);
  return figure(`Differences from ${words(data.against)} along ${data.varied[0]}: ${rows.map((row) => `${row.variant} at ${row.x} ${row.text}`).join("; ")}`, (width) => ({
    height: 260, marginLeft: 52, marginRight: 14, marginTop: 28, marginBottom: 40,
    x: { label: data.varied[0], labelAnchor: "right" }, y: { label: axisLabel(entries), grid: true, nice: true, ticks: 6 },
    color: { domain: names, range: palette },
    marks: [
      Plot.ruleY([0], { stroke: "#18202c" }),
      Plot.areaY(rows, { x: "x", y1: "low", y2: "high", fill: "variant", fillOpacity: 0.14 }),
      Plot.lineY(rows, { x: "x", y: "value", stroke: "variant", strokeWidth: 2 }),
      Plot.dot(rows, { x: "x", y: "value", fill: "variant", r: 3.5 }),
      Plot.tip(rows, Plot.pointer({ x: "x", y: "value", title: (row) => `${row.variant}, ${data.varied[0]} = ${row.x}\n${row.text}` })),
    ],
  }), { caption: [legend(variants.map((name) => [palette[names.indexOf(name) % palette.length], name])), `The same at each value of ${data.varied[0]}.`], wide: true });
}

const heads = [{ text: "outcome", name: true }, { text: "compared", name: true }, { text: "with", name: true }, { text: "means", number: true },
  { text: "difference (95 % interval)", number: true }, { text: "% more", number: true }, { text: "% less", number: true }, { text: "gain", number: true }, { text: "p (Holm)", number: true }];
const pText = (p) => (p == null ? "–" : p < 1e-10 ? "<1e-10" : String(+p.toPrecision(2)));

function rowOf(entry) {
  const format = entry.kind === "boolean" ? (p) => `${perCent(p)} %` : short;
  return [entry.outcome, nameOf(entry.a), nameOf(entry.b), `${format(entry.mean_a)} vs ${format(entry.mean_b)}`, differenceText(entry),
    perCent(entry.p_larger.value), perCent(entry.p_smaller.value), entry.paired ? short(entry.variance_reduction) : "", pText(entry.p_adjusted)];
}

function legendText() {
  const paired = all.some((entry) => entry.paired);
  return h("p", { class: "of" }, `% more, % less: share of ${paired ? "trials" : "all pairs of a trial of one and one of the other"} in which the outcome is larger, or smaller. `,
    paired && "Gain: how many times as many trials independent runs would need for the same interval. ", "p (Holm): of equal means, adjusted for all tests of its list.",
    [...all, ...ofEndings].some((entry) => entry.too_few) && " ~: too few trials, for a difference that may be so skewed, to rely on the interval.");
}

/** Of two runs, the settings that are not the same. */
function differing() {
  const { parameters_differ: parameters, scenarios_differ: scenarios } = data.comparison;
  if (!parameters) return null;
  const text = (side) => (side == null ? "none" : side.origin === "drawn" ? "drawn in each trial" : short(side.value));
  const parts = Object.entries(parameters).map(([name, { a, b }]) => `${name}: ${text(a)} vs ${text(b)}`);
  return h("p", {}, h("b", {}, "What differs: "), parts.length > 0 ? parts.join("; ") : "no parameter", scenarios ? "; the scenarios differ" : "", ` (${data.names.join(" vs ")}).`);
}

/** Fills the place with the comparison of what is chosen. */
export function comparison(place, pickers) {
  if (subjects.length === 0) return place.replaceChildren();
  const entries = chosenEntries();
  const summary = columnOf(state.compared)?.summary;
  const shown = [...all, ...ofEndings].slice(0, 120);
  place.replaceChildren(section("comparison", "Compared", `${data.comparison.note.split(";")[0]}, so that only the assumption differs.`.replace(/^paired/, "Paired"),
    differing(), pickers, summary && h("p", { class: "of" }, h("b", {}, words(state.compared)), `: ${summary}`),
    h("div", { class: "live", "aria-live": "polite" }, h("div", { class: alongParameter(state.compared) ? "two" : null }, forest(entries), alongParameter(state.compared))),
    fold("Numbers of the comparison", h("p", { class: "of" }, `${data.comparison.note}.`), table(heads, shown.map(rowOf), "Comparison"), legendText())));
}
