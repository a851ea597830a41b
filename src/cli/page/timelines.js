import { cases, chosen, data } from "./data.js";
import { h, legend, section } from "./dom.js";
import { figure, Plot } from "./figure.js";
import { range, short, unit, words } from "./format.js";

const place = (p) => data.probabilities.indexOf(p);
const bands = [[0.025, 0.975, 0.16], [0.1, 0.9, 0.22], [0.25, 0.75, 0.34]];

function rowsOf(timeline) {
  const q = (p) => timeline.quantiles[place(p)];
  return data.days.map((day, k) => ({ day, mean: timeline.mean[k], median: q(0.5)[k], bands: bands.map(([low, high]) => [q(low)[k], q(high)[k]]) }))
    .filter((row) => row.mean != null);
}

function course(each, alone) {
  const drawn = alone ? bands : bands.slice(1, 2);
  return [
    ...drawn.map(([low, high, opacity]) => {
      const k = bands.findIndex((band) => band[0] === low && band[1] === high);
      return Plot.areaY(each.rows, { x: "day", y1: (row) => row.bands[k][0], y2: (row) => row.bands[k][1], fill: each.color, fillOpacity: alone ? opacity : 0.16, curve: "step-after" });
    }),
    Plot.lineY(each.rows, { x: "day", y: "median", stroke: each.color, strokeWidth: 2, curve: "step-after" }),
    Plot.lineY(each.rows, { x: "day", y: "mean", stroke: each.color, strokeWidth: 1.4, strokeDasharray: "4 3" }),
  ];
}

/** What the scenario says that falls due, given in full and in time: a grey line of days that have one. */
function agreed(timeline) {
  const line = data.agreed?.[timeline.name];
  return line ? data.days.map((day, k) => ({ day, agreed: line[k] })).filter((row) => row.agreed != null) : [];
}

function card(timeline) {
  const shown = chosen().map((each) => ({ ...each, of: each.case.timelines?.[timeline.name] })).filter((each) => each.of)
    .map((each) => ({ ...each, rows: rowsOf(each.of) })).filter((each) => each.rows.length > 0);
  if (shown.length === 0) return null;
  const alone = shown.length === 1;
  const end = (each) => each.rows[each.rows.length - 1];
  const says = shown.map((each) => `${alone ? "" : `${each.case.name}: `}at the end the mean is ${short(end(each).mean)}, 80 % of the trials from ${range(...end(each).bands[1].map(short))}`).join("; ");
  const tips = shown.flatMap((each) => each.rows.map((row) => ({ ...row, name: each.case.name })));
  return h("div", { class: "card" }, h("h3", { title: timeline.name }, words(timeline.name)), timeline.summary && h("p", { class: "of" }, timeline.summary),
    figure(`${words(timeline.name)} by day; ${says}`, () => ({
      height: 200, marginLeft: 46, marginRight: 14, marginTop: unit(timeline.unit) ? 24 : 10, marginBottom: 38,
      x: { label: "day", labelAnchor: "right", labelOffset: 34, ticks: 6 }, y: { grid: true, label: unit(timeline.unit) || null, ticks: 4, zero: true },
      marks: [...shown.flatMap((each) => course(each, alone)), Plot.lineY(agreed(timeline), { x: "day", y: "agreed", stroke: "#4a5361", strokeWidth: 1.4, strokeDasharray: "1 3", strokeLinecap: "round", curve: "step-after" }), Plot.ruleY([0]),
        Plot.tip(tips, Plot.pointerX({ x: "day", y: "mean", title: (row) => `${alone ? "" : `${row.name}\n`}day ${row.day}: mean ${short(row.mean)}, median ${short(row.median)}\n80 % of the trials ${range(...row.bands[1].map(short))}` }))],
    })));
}

export function timelines(target) {
  const shown = chosen();
  const cards = data.timelines.map(card).filter(Boolean);
  if (cards.length === 0) return target.replaceChildren();
  const alone = shown.length === 1;
  const bandsText = alone ? "Bands hold 50, 80 and 95 % of the trials; line: median; dashed: mean." : "Bands hold 80 % of the trials; line: median; dashed: mean.";
  const dotted = data.agreed ? " Dotted: as agreed, if all that falls due were given in full and in time, and no incident came." : "";
  const start = data.start_date ? ` Day 0 is ${data.start_date}.` : "";
  target.replaceChildren(section("course", "The course in time", `${bandsText} After a trial's end its last values stand.${dotted}${start}`,
    cases.length > 1 && legend(shown.map((each) => [each.color, each.case.name])), h("div", { class: "cards" }, cards)));
}
