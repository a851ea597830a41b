import { cases, chosen, data, endingColor, endingNames } from "./data.js";
import { fold, h, legend, section, table } from "./dom.js";
import { figure, Plot } from "./figure.js";
import { perCent, range, words } from "./format.js";

const most = 60, mostOnPaper = 12;
const share = (of, name) => of.endings.find((ending) => ending.name === name);
const says = (of) => endingNames.map((name) => `${words(name)} ${perCent(pick(share(of, name)).p)} %`).join(", ");

/** One run: a bar for each ending, with its interval. */
function bars(of) {
  const rows = endingNames.map((name) => ({ name: words(name), color: endingColor(name), ...pick(share(of, name)) }));
  return figure(`Shares of the endings: ${says(of)}`, (width) => ({
    height: 42 + 38 * rows.length, marginLeft: Math.min(110, width * 0.3), marginRight: 56, marginTop: 4, marginBottom: 40,
    x: { domain: [0, 100 * Math.max(...rows.map((row) => row.high))], percent: true, label: "% of trials", nice: true, ticks: width < 300 ? 4 : 6, labelAnchor: "right", labelOffset: 36 },
    y: { domain: rows.map((row) => row.name), label: null, tickSize: 0, padding: 0.3 },
    marks: [
      Plot.barX(rows, { x: "p", y: "name", fill: "color" }),
      Plot.ruleY(rows, { x1: "low", x2: "high", y: "name", strokeWidth: 2, stroke: "#18202c" }),
      Plot.text(rows, { x: "high", y: "name", text: (row) => `${perCent(row.p)} %`, textAnchor: "start", dx: 6, fontWeight: 600 }),
    ],
  }), { caption: "Share of the trials; the dark line is the 95 % interval." });
}
const pick = (ending) => ({ p: ending?.probability ?? 0, low: ending?.ci[0] ?? 0, high: ending?.ci[1] ?? 0 });

/** How many trials have ended, and how, by each day. */
function overTime(each, title) {
  const rows = endingNames.flatMap((name) => {
    const index = each.case.endings.findIndex((ending) => ending.name === name);
    return (each.case.incidence[index] ?? []).map((p, k) => ({ day: data.days[k], p, name }));
  });
  return figure(`${title ?? "Endings"} by day. At the end: ${says(each.case)}`, () => ({
    height: 240, marginLeft: 38, marginBottom: 38, marginTop: 26,
    x: { label: "day", labelAnchor: "right", labelOffset: 34 }, y: { domain: [0, 100], percent: true, label: "% of trials", grid: true, ticks: 5 },
    color: { domain: endingNames, range: endingNames.map(endingColor) },
    marks: [
      Plot.areaY(rows, { x: "day", y: "p", fill: "name", order: endingNames, curve: "step-after", fillOpacity: 0.9 }),
      Plot.ruleY([0]),
    ],
  }), { caption: [title && h("b", {}, title, ". "), "Share of the trials that have ended so by the day; white: still under way."] });
}

/** Many cases: one bar each, of all endings. */
function stacks(all) {
  return figure(`Endings of ${all.length} cases; the table below tells the numbers`,
    (width, print) => stacksPlan(print ? all.slice(0, mostOnPaper) : all, width, print),
    { caption: all.length > mostOnPaper && h("span", { class: "onpaper" }, `The first ${mostOnPaper} of ${all.length}; the page on a screen has more.`), wide: true });
}

function stacksPlan(shown, width, print) {
  const rows = shown.flatMap((of) => endingNames.map((name) => ({ case: of.name, name, p: pick(share(of, name)).p })));
  const longest = Math.max(...shown.map((of) => of.name.length));
  const margin = Math.min(longest * 6.4 + 12, width * 0.45), letters = Math.floor((margin - 12) / 6.4);
  return {
    height: 46 + (print ? 15 : 22) * shown.length, marginLeft: margin, marginRight: 12, marginTop: 4, marginBottom: 40,
    x: { domain: [0, 100], percent: true, label: "% of trials", labelAnchor: "right", labelOffset: 36, ticks: width < 420 ? 4 : 10 },
    y: { domain: shown.map((of) => of.name), tickFormat: (name) => (name.length > letters ? `${name.slice(0, letters - 1)}…` : name), label: null, tickSize: 0, padding: 0.22 },
    color: { domain: endingNames, range: endingNames.map(endingColor) },
    marks: [Plot.barX(rows, { x: "p", y: "case", fill: "name", order: endingNames, title: (row) => `${row.case}: ${words(row.name)} ${perCent(row.p)} %` })],
  };
}

function numbers(shown) {
  const heads = [{ text: "case", name: true }, ...endingNames.map((name) => ({ text: `${words(name)} (%)`, number: true }))];
  const single = shown.length === 1;
  return table(single ? heads.slice(1) : heads, shown.map((of) => [
    ...(single ? [] : [of.name]), ...endingNames.map((name) => {
      const { p, low, high } = pick(share(of, name));
      return `${perCent(p)} (${range(perCent(low), perCent(high))})`;
    })]), "Shares of the endings");
}

function causes(of) {
  const told = (of.causes ?? []).filter((cause) => cause.count > 0);
  if (told.length === 0) return null;
  return fold("What the collapses came from", table([{ text: "cause", name: true }, { text: "trials", number: true }, { text: "%", number: true }, { text: "95 % interval", number: true }],
    told.map((cause) => [words(cause.name), cause.count, perCent(cause.probability), range(...cause.ci.map(perCent))]), "Causes"));
}

export function endings(place) {
  const single = cases.length === 1;
  const shown = cases.slice(0, most);
  const never = cases[0].endings.filter((ending) => !endingNames.includes(ending.name)).map((ending) => words(ending.name));
  const courses = chosen().filter((each) => each.case.incidence);
  place.replaceChildren(section("endings", "How it ends", null,
    legend(endingNames.map((name) => [endingColor(name), words(name)])),
    single ? h("div", { class: "two" }, bars(cases[0]), courses.map((each) => overTime(each)))
      : [stacks(shown), h("div", { class: "two" }, courses.map((each) => overTime(each, each.case.name)))],
    never.length > 0 && h("p", { class: "of" }, `In no trial: ${never.join(", ")}.`),
    cases.length > most && h("p", {}, `The first ${most} of ${cases.length} points; truce show --json tells all.`),
    fold("Numbers of the endings", numbers(shown)), single && causes(cases[0])));
}
