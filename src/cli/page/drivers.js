import { data } from "./data.js";
import { h, section } from "./dom.js";
import { figure, Plot } from "./figure.js";
import { short, words } from "./format.js";

const most = 12;  // bars of a figure
const onPaper = 2;  // outcomes, as page.css has it

/** Bars with intervals, the longest first; what is left out is told. */
function bars(rows, { label, says, percent }) {
  const shown = [...rows].filter((row) => row.value != null).sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, most);
  const text = (x) => (percent ? `${short(100 * x)} %` : short(x));
  const told = shown.slice(0, 3).map((row) => `${words(row.name)} ${text(row.value)}`).join(", ");
  const left = rows.length - shown.length;
  return [figure(`${says}: ${told}`, (width, print) => ({
    height: (print ? 18 : 26) * shown.length + 60, flattens: false, marginLeft: Math.min(190, width * 0.42), marginRight: 24, marginBottom: 38,
    x: { label, grid: true, ticks: 4, labelOffset: 34 }, y: { label: null, domain: shown.map((row) => row.name), tickFormat: words, tickSize: 0 },
    marks: [Plot.barX(shown, { x: "value", y: "name", fill: "#1b5e9b", insetTop: print ? 2 : 4, insetBottom: print ? 2 : 4 }),
      Plot.ruleY(shown.filter((row) => row.low != null), { x1: "low", x2: "high", y: "name", stroke: "#18202c" }), Plot.ruleX([0])],
  })), left > 0 && h("p", { class: "of" }, `${left} more are shorter.`)];
}

/** What drives the outcomes of a study that samples its parameters. */
export function drivers() {
  if (!data.drivers || data.drivers.length === 0) return null;
  return section("drivers", "What drives it", "How much of what varies between the points of the study is due to each parameter, with 95 % intervals.",
    h("div", { class: "two" }, data.drivers.map((each) => h("div", { class: "card" }, h("h3", {}, words(each.outcome)),
      bars(each.bars.map((bar) => ({ ...bar, name: bar.parameter })), { label: words(each.measure), says: `what drives ${words(each.outcome)}` }),
      [...each.warnings, ...each.notes].map((note) => h("p", { class: "of" }, note))))),
    data.drivers.length > onPaper && h("p", { class: "of onpaper" }, `The first ${onPaper} of ${data.drivers.length} outcomes; the page on a screen has all.`));
}

/** Which chance decides, of a file that truce why has written. */
export function turning() {
  const points = data.turning_points;
  if (!points || points.streams.length === 0) return null;
  return section("turning", "Which chance decides",
    `In ${short(100 * points.share)} % of ${points.trials} trials one draw or more could have changed the ${words(points.outcome)}, all else being kept. Bars: expected changes a trial, were each draw of that name drawn anew alone.`,
    bars(points.streams.map((each) => ({ name: each.stream, value: each.changes, low: each.low, high: each.high })),
      { label: "changes a trial", says: "which chance decides" }));
}
