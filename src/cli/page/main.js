import { answer } from "./answer.js";
import { chosenEntries, comparison, subjects } from "./comparison.js";
import { cases, colors, data, state } from "./data.js";
import { h, picker } from "./dom.js";
import { drivers, turning } from "./drivers.js";
import { endings } from "./endings.js";
import { explore } from "./explore.js";
import { drawAll } from "./figure.js";
import { words } from "./format.js";
import { graph } from "./graph.js";
import { interpolator } from "./interpolate.js";
import { outcomesSection } from "./outcomes.js";
import { assumptions, caveats, provenance } from "./sources.js";
import { timelines } from "./timelines.js";

document.title = `${data.title} – truce report`;
const kinds = { run: "one run", runs: "two runs compared", study: "a study" };
const places = Object.fromEntries(["answer", "endings", "outcomes", "timelines", "comparison", "cases"].map((name) => [name, h("div")]));

function fillAnswer() {
  places.answer.replaceChildren(answer(chosenEntries()));
}

function fillComparison() {
  comparison(places.comparison, h("div", { class: "pickers" }, picker("outcome", subjects.map(words), subjects.indexOf(state.compared), (i) => {
    state.compared = subjects[i];
    fillAnswer();
    fillComparison();
    drawAll();
    places.comparison.querySelector("select").focus();
  })));
}

/** The two cases whose course is drawn. */
function fillCases() {
  const drawable = cases.map((each, i) => ({ name: each.name, i })).filter(({ i }) => cases[i].timelines);
  if (cases.length < 2) return;
  const choose = (which, offset) => (k) => {
    state[which] = k < offset ? -1 : drawable[k - offset].i;
    fillCourse();
    drawAll();
  };
  const names = drawable.map(({ name }) => name);
  const at = (i) => drawable.findIndex((each) => each.i === i);
  places.cases.replaceChildren(h("div", { class: "pickers", id: "cases" },
    picker("first case drawn", names, at(state.a), choose("a", 0), colors[0]),
    picker("second case drawn", ["none", ...names], at(state.b) + 1, choose("b", 1), colors[1])));
}

function fillCourse() {
  endings(places.endings);
  timelines(places.timelines);
}

const links = [["answer", "Answer"], data.explore && ["explore", "What if"], subjects.length > 0 && ["comparison", "Compared"], ["endings", "How it ends"], ["outcomes", "Outcomes"],
  data.timelines.length > 0 && ["course", "Course in time"], data.drivers?.length > 0 && ["drivers", "What drives it"],
  data.turning_points?.streams.length > 0 && ["turning", "Which chance decides"], data.graph?.phases.length > 0 && ["graph", "The agreement"], ["assumptions", "What it rests on"], ["caveats", "Caveats"], ["provenance", "How to reproduce it"]].filter(Boolean);
const trials = data.provenance.trials.toLocaleString("en").replaceAll(",", "\u202f");
document.getElementById("page").append(...[
  h("a", { class: "skip", href: "#answer" }, "To the answer"),
  h("header", {}, h("p", { class: "eyebrow" }, h("b", {}, "truce report"), ` · ${kinds[data.kind]} · ${trials} trials`, data.kind === "study" ? ` at ${cases.length} points` : ""),
    h("h1", {}, data.title), data.summary && h("p", { class: "summary" }, data.summary)),
  places.answer,
  h("nav", { class: "contents", "aria-label": "Contents" }, links.map(([id, text]) => h("a", { href: `#${id}` }, text))),
  data.explore ? explore() : null, places.comparison, places.cases, places.endings, places.outcomes, places.timelines, drivers(), turning(), graph(), assumptions(), caveats(), provenance(),
  h("footer", {}, data.disclaimer, " This page is complete in itself: it loads nothing, and can be kept or sent as one file.")].filter(Boolean));
fillAnswer();
fillComparison();
fillCases();
fillCourse();
outcomesSection(places.outcomes);
drawAll();
document.documentElement.dataset.ready = "yes";
globalThis.truceReport = { interpolator };  // for tests, and for the curious
