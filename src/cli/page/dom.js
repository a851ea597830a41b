// Elements are made here and nowhere from text: what a scenario says is text of a node, never markup.

/** An element with attributes (`class`, `id`, ...; functions are listeners) and children (nodes, texts, lists, nothing). */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

/** A section of the page, with its heading. */
export function section(id, title, lead, ...content) {
  return h("section", { id, "aria-labelledby": `${id}-title` },
    h("h2", { id: `${id}-title` }, title), lead && h("p", { class: "lead" }, lead), ...content);
}

/** A table from rows of cells; columns of numbers are set to the right. */
export function table(heads, rows, label) {
  const cell = (name, head, text) => h(name, { class: head.number ? "n" : head.name ? "name" : null, scope: name === "th" ? "col" : null }, text);
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label },
    h("table", {}, h("thead", {}, h("tr", {}, heads.map((head) => cell("th", head, head.text)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((text, i) => cell("td", heads[i], text)))))));
}

/** What is folded until asked for. */
export function fold(title, ...content) {
  return h("details", {}, h("summary", {}, title), ...content);
}

/** A labelled choice; `choose` gets the index chosen. */
export function picker(label, options, chosen, choose, key) {
  const select = h("select", { change: (event) => choose(Number(event.target.value)) },
    options.map((text, i) => h("option", { value: i, selected: i === chosen }, text)));
  return h("label", {}, h("span", {}, key && h("span", { class: "key", style: `background:${key}` }), label), select);
}

export function legend(items) {
  return h("ul", { class: "legend" }, items.map(([color, text]) => h("li", {}, h("span", { class: "key", style: `background:${color}` }), text)));
}
