import { data } from "./data.js";
import { fold, h, section, table } from "./dom.js";

/** As many parameters are printed with all that is known of them. */
const mostInFull = 15;

/** A link where the text has an address that a browser opens; all else stays text. */
function linked(text) {
  return String(text).split(/(https?:\/\/[^\s;,"'<>]+)/).map((part, i) => (i % 2 ? h("a", { href: part, rel: "noreferrer noopener" }, part) : part));
}

function markOf(source) {
  if (!source) return h("span", { class: "mark none" }, "no source");
  return /\bassum/i.test(source) ? h("span", { class: "mark assumption" }, "assumption") : h("span", { class: "mark source" }, "source");
}

function parameters() {
  if (data.parameters.length === 0) return null;
  const heads = [{ text: "parameter", name: true }, { text: "value", number: true }, { text: "what it is", name: true }, { text: "basis" }, { text: "from", name: true }];
  const rows = data.parameters.map((parameter) => [h("code", {}, parameter.name), [parameter.value, parameter.unit ? ` ${parameter.unit}` : ""],
    [parameter.summary, parameter.prior && h("span", {}, parameter.summary ? "; prior " : "prior ", h("code", {}, parameter.prior))], markOf(parameter.source),
    linked(parameter.source.replace(/^assumption[:;,.]?\s*/i, ""))]);
  const assumed = data.parameters.filter((parameter) => /\bassum/i.test(parameter.source)).length;
  const bare = data.parameters.filter((parameter) => !parameter.source).length;
  const of = data.parameters.length;
  return [h("p", {}, `${of} parameters: ${assumed} rest on assumptions, ${of - assumed - bare} on a source`, bare ? `, ${bare} name none.` : "."), table(heads, rows, "Parameters")];
}

/** The scenario's lines; those that name a source or an assumption are marked. */
function marked(text) {
  return h("pre", { tabindex: "0", "aria-label": "text of the scenario" }, text.split("\n").map((line) => {
    const comment = /^\s*#/.test(line);
    const kind = /\bassumption/i.test(line) ? "assumption" : !comment && (/\bsource:/.test(line) || /https?:\/\//.test(line)) ? "source" : comment ? "comment" : null;
    return [kind ? h("span", { class: kind }, line) : line, "\n"];
  }));
}

/** On paper many parameters are a list of what they are set to, so that they do not fill sheets; the file has all that is known of each. */
function listed() {
  if (data.parameters.length <= mostInFull) return null;
  return h("div", { class: "onpaper" }, h("p", { class: "of" }, "A: an assumption; S: from a source; –: names none. What each is, its prior and its source: in this page on a screen."),
    h("ul", {}, data.parameters.map(({ name, value, unit, source }) => h("li", {},
      h("b", {}, !source ? "–" : /\bassum/i.test(source) ? "A" : "S"), " ", h("code", {}, name), ` ${value}${unit ? ` ${unit}` : ""}`))));
}

export function assumptions() {
  return section("assumptions", "What it rests on", null, h("div", { class: data.parameters.length > mostInFull ? "onscreen" : null }, parameters()), listed(),
    data.sources.length > 0 && fold(`Sources (${data.sources.length})`, h("ol", {}, data.sources.map((source) => h("li", {}, linked(source))))),
    data.study_yaml && fold("The study", marked(data.study_yaml)),
    fold("The scenario, with what is a source and what an assumption", h("p", { class: "of" }, h("span", { class: "mark source" }, "source"), " ", h("span", { class: "mark assumption" }, "assumption")), marked(data.scenario_yaml)));
}

export function caveats() {
  return section("caveats", "Caveats", null, h("ul", { class: "caveats" },
    h("li", { class: "first" }, data.disclaimer),
    h("li", {}, "Intervals are those of the simulation: with more trials they shrink, and the assumptions stay what they are."),
    data.notes.map((note) => h("li", {}, note))));
}

export function provenance() {
  const { provenance: of } = data;
  const entries = [["results", data.files.join(", ")], ["made by", `truce ${of.program_version} (${of.git_revision}); ${of.build}`], ["command", h("code", {}, of.command_line)],
    ["trials", `${of.trials}${of.failed ? `, of which ${of.failed} failed` : ""}`], ["seed", `${of.seed}, ${of.random_generator}`], ["page made by", data.made_by]];
  return section("provenance", "How to reproduce it", "The results file holds scenario, settings and seed; the same build makes the same bytes.",
    h("dl", {}, entries.map(([name, text]) => [h("dt", {}, name), h("dd", {}, text)])),
    h("p", {}, "The numbers of this page are those of:"), h("pre", { class: "commands", tabindex: "0", "aria-label": "commands" }, data.commands.join("\n")));
}
