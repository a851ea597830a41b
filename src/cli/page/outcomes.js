import { cases, data, isShare, nameOf, outcomes, palette } from "./data.js";
import { fold, h, legend, picker, section, table } from "./dom.js";
import { drawAll, figure, Plot } from "./figure.js";
import { perCent, range, short, unit, withUnit, words } from "./format.js";

/** At most so many bars: whole numbers of many values are drawn in equal classes. */
function barsOf({ values, edges, counts }) {
  const total = counts.reduce((a, b) => a + b, 0);
  if (edges) return counts.map((count, i) => ({ x1: edges[i], x2: edges[i + 1], p: count / total }));
  if (values.length === 0) return [];
  const [low, high] = [values[0], values[values.length - 1]];
  const step = Math.max(1, Math.ceil((high - low + 1) / 48));
  const bars = new Map();
  values.forEach((value, i) => {
    const from = low + Math.floor((value - low) / step) * step;
    bars.set(from, (bars.get(from) ?? 0) + counts[i] / total);
  });
  return [...bars].map(([from, p]) => ({ x1: from - 0.5, x2: from + step - 0.5, p }));
}

const intervalOf = (outcome, format) => (outcome.tooFew && !(outcome.sd > 0) ? "does not vary" : `${outcome.tooFew ? "~ " : ""}${range(...outcome.ci.map(format))}`);

function heading(column) {
  return [h("h3", { title: column.name }, words(column.name)), column.summary && h("p", { class: "of" }, column.summary)];
}

/** An outcome of numbers: its mean, its interval, and how the trials are spread. */
function spread(of, column) {
  const outcome = of.outcome(column.name);
  if (!outcome || outcome.mean == null) return null;
  const distribution = of.distributions?.[column.name];
  const bars = distribution ? barsOf(distribution) : [];
  const long = bars.length > 0 && short(bars[bars.length - 1].x2).length > 4;  // labels that more ticks would lay over one another
  const quantile = (p) => outcome.quantiles?.find((each) => Math.abs(each.probability - p) < 1e-9)?.value;
  const spreads = `median ${short(outcome.median)}, 90 % of the trials from ${short(quantile(0.05))} to ${short(quantile(0.95))}`;
  return h("div", { class: "card" }, heading(column),
    h("p", { class: "value" }, withUnit(short(outcome.mean), column.unit), " ", h("small", {}, "mean")), h("p", { class: "of" }, `95 % interval ${intervalOf(outcome, short)}`),
    bars.length > 1 && figure(`Distribution of ${words(column.name)}: ${spreads}`, (width, print) => ({
      height: 140, marginLeft: 34, marginRight: 14, marginBottom: 38, marginTop: 20,
      x: { label: unit(column.unit) || null, ticks: long && print ? 2 : long || print ? 3 : 5, labelAnchor: "right", labelOffset: 34 }, y: { percent: true, label: "%", ticks: print ? 2 : 3, grid: true },
      marks: [
        Plot.rectY(bars, { x1: "x1", x2: "x2", y: "p", fill: "#6c96c2", insetLeft: 0.4, insetRight: 0.4 }),
        Plot.ruleY([0]), Plot.ruleX([outcome.mean], { stroke: "#18202c", strokeWidth: 1.8 }),
      ],
    })),
    h("p", { class: "of noprint" }, spreads, outcome.missing > 0 && `; without a value in ${short(outcome.missing)} trials`));
}

/** All outcomes that are yes or no, on one axis. */
function shares(of, columns) {
  const rows = columns.map((column) => ({ ...of.outcome(column.name), name: words(column.name) })).filter((row) => row.mean != null);
  if (rows.length === 0) return null;
  const longest = Math.max(...rows.map((row) => row.name.length));
  return h("div", { class: "card full", "data-full": true }, h("h3", {}, "Yes or no, share of the trials"),
    figure(rows.map((row) => `${row.name} ${perCent(row.mean)} %`).join(", "), (width, print) => ({
      height: 46 + (print ? 18 : 26) * rows.length, marginLeft: Math.min(longest * 7 + 14, width * 0.4), marginRight: 62, marginTop: 4, marginBottom: 40,
      x: { domain: [0, 100], percent: true, label: "% of trials", labelAnchor: "right", labelOffset: 36, ticks: width < 420 ? 4 : 10 },
      y: { domain: rows.map((row) => row.name), label: null, tickSize: 0 },
      marks: [
        Plot.ruleY(rows, { y: "name", x1: 0, x2: 1, stroke: "#d9dee5" }),
        Plot.ruleY(rows, { y: "name", x1: (row) => row.ci[0], x2: (row) => row.ci[1], strokeWidth: 3, stroke: "#1b5e9b" }),
        Plot.dot(rows, { y: "name", x: "mean", r: 4.5, fill: "#1b5e9b" }),
        Plot.text(rows, { y: "name", x: (row) => row.ci[1], text: (row) => `${perCent(row.mean)} %`, textAnchor: "start", dx: 8, fontWeight: 600 }),
      ],
    })),
    columns.filter((column) => column.summary).map((column) => h("p", { class: "of" }, h("b", {}, words(column.name)), `: ${column.summary}`)));
}

let against = 0;  // the parameter along the axis

/** An outcome of all cases, with intervals: along a parameter that the study varies, or case by case. */
function acrossCases(column) {
  const share = isShare(column);
  const format = share ? perCent : short;
  const varied = data.varied?.[against];
  const rows = cases.map((of) => ({ ...of.outcome(column.name), variant: nameOf(of.variant), x: of.parameters[varied], name: of.name })).filter((row) => row.mean != null);
  if (rows.length === 0) return null;
  const variants = [...new Set(cases.map((of) => nameOf(of.variant)))];
  const many = rows.length > 120;
  const line = data.varied?.length === 1 && !many;
  const y = { percent: share, label: share ? "% of trials" : unit(column.unit) || null, grid: true, ticks: 5, zero: false, nice: true };
  const color = { domain: variants, range: palette };
  const bounds = { y1: (row) => row.ci[0], y2: (row) => row.ci[1] };
  const title = (row) => `${row.name}\n${format(row.mean)} (${range(...row.ci.map(format))})`;
  const alongParameter = () => ({
    x: { label: varied, labelAnchor: "right", labelOffset: 34, ticks: 5 }, marks: [
      line && Plot.areaY(rows, { x: "x", ...bounds, fill: "variant", fillOpacity: 0.13 }),
      line && Plot.lineY(rows, { x: "x", y: "mean", stroke: "variant", strokeWidth: 2 }),
      !line && !many && Plot.ruleX(rows, { x: "x", ...bounds, stroke: "variant", strokeOpacity: 0.5 }),
      Plot.dot(rows, { x: "x", y: "mean", fill: "variant", r: many ? 1.8 : 3.2, fillOpacity: many ? 0.6 : 1 }),
      Plot.tip(rows, Plot.pointer({ x: "x", y: "mean", title })),
    ] });
  const byCase = () => ({
    x: { domain: [...new Set(rows.map((row) => row.name))], label: null, tickRotate: rows.length > 3 ? -30 : 0 }, marks: [
      Plot.ruleX(rows, { x: "name", ...bounds, stroke: "variant", strokeWidth: 2.5 }),
      Plot.dot(rows, { x: "name", y: "mean", fill: "variant", r: 4 }),
    ] });
  return h("div", { class: "card" }, heading(column),
    figure(`${words(column.name)}: ${rows.slice(0, 40).map((row) => `${row.name} ${format(row.mean)}`).join("; ")}`, () => ({
      height: 215, marginLeft: 50, marginRight: 14, marginTop: 26, marginBottom: varied ? 38 : rows.length > 3 ? 70 : 26,
      y, color, ...(varied ? alongParameter() : byCase()),
    })));
}

function numbers() {
  const shown = cases.slice(0, 60);
  const heads = [{ text: "outcome", name: true }, ...(cases.length > 1 ? [{ text: "case", name: true }] : []), { text: "unit" },
    { text: "mean", number: true }, { text: "95 % interval", number: true }, { text: "trials", number: true }, { text: "without a value", number: true }];
  const rows = outcomes.flatMap((column) => shown.map((of) => [of, of.outcome(column.name)]).filter(([, outcome]) => outcome).map(([of, outcome]) => {
    const format = isShare(column) ? perCent : short;
    return [column.name, ...(cases.length > 1 ? [of.name] : []), isShare(column) ? "% yes" : unit(column.unit), format(outcome.mean),
      outcome.mean == null ? "–" : intervalOf(outcome, format), outcome.count, outcome.missing];
  }));
  return fold("Numbers of the outcomes", table(heads, rows, "Outcomes"));
}

const onPaper = 12;  // outcomes of a study that samples, as page.css has it

export function outcomesSection(place) {
  const numeric = outcomes.filter((column) => !isShare(column) && column.kind !== "category");
  const yesNo = outcomes.filter(isShare);
  const single = cases.length === 1;
  const variants = [...new Set(cases.map((of) => nameOf(of.variant)))];
  const many = !single && data.varied?.length > 1;
  place.replaceChildren(section("outcomes", "Outcomes", single ? "What the scenario counts. Dark line: the mean. Bars: how the trials are spread."
    : "What the scenario counts: means with 95 % intervals.",
    many && h("div", { class: "pickers" }, picker("along the parameter", data.varied, against, (i) => { against = i; outcomesSection(place); drawAll(); place.querySelector("select").focus(); })),
    !single && variants.length > 1 && legend(variants.map((name, i) => [palette[i % palette.length], name])),
    h("div", { class: "cards" }, single ? [shares(cases[0], yesNo), numeric.map((column) => spread(cases[0], column))] : outcomes.map(acrossCases)),
    many && outcomes.length > onPaper && h("p", { class: "of onpaper" }, `The first ${onPaper} of ${outcomes.length} outcomes; the page on a screen has all.`), numbers()));
}
