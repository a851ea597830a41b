import { cases, colors, data, endingColor, endingNames, isShare, outcomes } from "./data.js";
import { h, legend, picker, section, table } from "./dom.js";
import { drawAll, figure, Plot } from "./figure.js";
import { perCent, points, short, signed, unit, words } from "./format.js";
import { interpolator } from "./interpolate.js";

const letters = ["A", "B"];
const variants = data.variants ?? [];
const casesOf = (variant) => cases.filter((each) => each.variant === variant);

function start(k) {
  const variant = k === 0 || variants.length === 1 ? data.against : variants.find((each) => each !== data.against);
  const { axes } = interpolator(casesOf(variant), data.varied);
  const share = variants.length > 1 ? 0.5 : k === 0 ? 0.25 : 0.75;
  return { variant, at: Object.fromEntries(data.varied.map((name, j) => {
    const [low, high] = [axes[j][0], axes[j][axes[j].length - 1]];
    return [name, low + share * (high - low)];
  })) };
}

/** What is foretold of a setting by the points around it. */
function told({ variant, at }) {
  const of = casesOf(variant);
  const here = interpolator(of, data.varied).at(at);
  return { isPoint: here.isPoint,
    outcome: (name) => here.mean((i) => of[i].outcome(name)?.mean ?? null),
    ending: (name) => here.mean((i) => of[i].endings.find((ending) => ending.name === name)?.probability ?? 0) };
}

function endingsFigure(both) {
  const rows = both.flatMap((of, k) => endingNames.map((name) => ({ setting: letters[k], name, p: of.ending(name) })));
  return figure(`Endings of both settings: ${rows.map((row) => `${row.setting} ${words(row.name)} ${perCent(row.p)} %`).join(", ")}`, (width) => ({
    height: 110, marginLeft: 26, marginRight: 12, marginTop: 4, marginBottom: 40,
    x: { domain: [0, 100], percent: true, label: "% of trials", labelAnchor: "right", labelOffset: 36, ticks: width < 420 ? 4 : 10 },
    y: { domain: letters, label: null, tickSize: 0, padding: 0.2 }, color: { domain: endingNames, range: endingNames.map(endingColor) },
    marks: [Plot.barX(rows, { x: "p", y: "setting", fill: "name", order: endingNames })],
  }));
}

/** Each outcome between the least and the most of all points. */
function outcomesFigure(both) {
  const rows = outcomes.map((column) => {
    const all = cases.map((each) => each.outcome(column.name)?.mean).filter((x) => x != null);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    return { name: words(column.name), low, high, format: isShare(column) ? (x) => `${perCent(x)} %` : short,
      at: both.map((of) => { const x = of.outcome(column.name); return x == null || high === low ? null : (x - low) / (high - low); }) };
  }).filter((row) => row.high > row.low);
  if (rows.length === 0) return null;
  const dots = (k) => rows.filter((row) => row.at[k] != null);
  return figure(`Outcomes of both settings, each from its least to its most at any point: ${rows.map((row) => row.name).join(", ")}; the table tells the numbers`, () => ({
    height: 20 + 42 * rows.length, marginLeft: 8, marginRight: 12, marginTop: 8, marginBottom: 8,
    x: { domain: [0, 1], axis: null }, y: { domain: rows.map((row) => row.name), axis: null },
    marks: [
      Plot.ruleY(rows, { y: "name", x1: 0, x2: 1, stroke: "#c3cad3", strokeWidth: 4, dy: 8 }),
      Plot.dot(dots(0), { y: "name", x: (row) => row.at[0], r: 6.5, fill: colors[0], dy: 8 }),
      Plot.dot(dots(1), { y: "name", x: (row) => row.at[1], r: 4.5, fill: colors[1], stroke: "#ffffff", dy: 8 }),
      Plot.text(rows, { y: "name", frameAnchor: "left", textAnchor: "start", dy: -9, text: (row) => `${row.name}: ${row.format(row.low)} to ${row.format(row.high)}` }),
    ],
  }), { caption: "Each line is from the least to the most mean at any point of the study." });
}

function numbers(both) {
  const rows = [...outcomes.map((column) => [words(column.name), column.unit, isShare(column), both.map((of) => of.outcome(column.name))]),
    ...endingNames.map((name) => [`ending ${words(name)}`, "1", true, both.map((of) => of.ending(name))])];
  const difference = (share, [a, b]) => (a == null || b == null ? "–" : share ? `${signed(points(b - a))} points` : signed(short(b - a)));
  return table([{ text: "interpolated mean", name: true }, { text: "unit" }, { text: "A", number: true }, { text: "B", number: true }, { text: "B − A", number: true }],
    rows.map(([name, of, share, values]) => [name, share ? "% yes" : unit(of), ...values.map(share ? perCent : short), difference(share, values)]), "Both settings");
}

/** Sliders over what the study varies, for two settings side by side. */
export function explore() {
  const settings = [start(0), start(1)];
  const results = h("div");
  const fill = () => {
    const both = settings.map(told);
    const where = both.map((of, k) => `${letters[k]} ${of.isPoint ? "is a computed point" : "is interpolated"}`).join(", ");
    results.replaceChildren(h("p", { class: "of" }, `${where}.`), h("div", { class: "two" }, h("div", {}, legend(endingNames.map((name) => [endingColor(name), words(name)])), endingsFigure(both), numbers(both)), outcomesFigure(both)));
    drawAll();
  };
  const slider = (setting, name, j) => {
    const { axes } = interpolator(casesOf(setting.variant), data.varied);
    const [low, high] = [axes[j][0], axes[j][axes[j].length - 1]];
    const value = h("output", {}, short(setting.at[name]));
    return h("label", { class: "slider" }, h("span", {}, h("code", {}, name), " ", value),
      h("input", { type: "range", style: `accent-color:${colors[settings.indexOf(setting)]}`, min: low, max: high, step: (high - low) / 100 || 1, value: setting.at[name], input: (event) => {
        setting.at[name] = Number(event.target.value);
        value.textContent = short(Number(setting.at[name].toPrecision(6)));
        fill();
      } }));
  };
  const panel = (setting, k) => h("div", { class: "card setting", style: `border-top: 4px solid ${colors[k]}` }, h("h3", {}, `Setting ${letters[k]}`),
    variants.length > 1 && h("div", { class: "pickers" }, picker("variant", variants.map(words), variants.indexOf(setting.variant), (i) => { setting.variant = variants[i]; fill(); })),
    data.varied.map((name, j) => slider(setting, name, j)));
  fill();
  const way = interpolator(casesOf(data.against), data.varied).isGrid ? "linear between the neighbouring points of the grid" : "a mean of the nearest points, weighted by the inverse of their squared distance; it is rough";
  return section("explore", "What if", `Move the sliders: outcomes and endings follow. Nothing is simulated here: numbers are interpolated between the ${cases.length} points that the study has computed (${way}), and have no intervals of their own.`,
    h("div", { class: "two" }, settings.map(panel)), results);
}
