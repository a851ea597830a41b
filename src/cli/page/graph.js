import { data, palette } from "./data.js";
import { fold, h, section } from "./dom.js";
import { words } from "./format.js";

const color = (party) => palette[data.graph.parties.indexOf(party) % palette.length] ?? "#555f6e";

function obligation(each) {
  const gives = each.gives ? `releases ${words(each.gives)}` : "does what it owes";
  const when = each.against ? `answers ${words(each.against)}` : each.due;
  return h("li", { style: `border-color:${each.by ? color(each.by) : "#555f6e"}` }, h("b", {}, words(each.name)),
    h("span", { class: "of" }, [each.by && words(each.by), gives, when, each.breach && `if not: ${words(each.breach)}`].filter(Boolean).join(" · ")));
}

function phase(each) {
  return h("li", { class: "phase" }, h("h3", {}, words(each.name), each.lasts && h("span", { class: "of" }, ` ${each.lasts}`)),
    each.obligations.length > 0 ? h("ul", {}, each.obligations.map(obligation)) : h("p", { class: "of" }, "no obligations"));
}

function others(title, all) {
  return all.length > 0 && h("div", {}, h("h3", {}, title), h("ul", { class: "plain" }, all.map((each) =>
    h("li", {}, h("b", {}, words(each.name)), each.summary && h("span", { class: "of" }, ` ${each.summary}`)))));
}

/** The scenario as a picture: phases one after the other, what falls due in each, who owes it, what answers what. */
export function graph() {
  if (!data.graph || data.graph.phases.length === 0) return null;
  const { phases, parties, talks, incidents, triggers } = data.graph;
  return section("graph", "The agreement", "Phases in their order, and what falls due in each. The colour is that of the party that owes it.",
    h("ul", { class: "legend" }, parties.filter((party) => phases.some((each) => each.obligations.some(({ by }) => by === party))).map((party) => h("li", {}, h("span", { class: "key", style: `background:${color(party)}` }), words(party)))),
    h("ol", { class: "phases", tabindex: "0", "aria-label": "phases" }, phases.map(phase)),
    (talks.length > 0 || incidents.length > 0 || triggers.length > 0) &&
      fold("Talks, incidents and triggers", h("div", { class: "beside" }, others("Talks", talks), others("Incidents", incidents), others("Triggers", triggers))));
}
