import { areaY, barX, dot, lineY, plot, pointer, pointerX, rectY, ruleX, ruleY, text, tip } from "@observablehq/plot";
import { h } from "./dom.js";

const drawn = [];
/** Styles that all figures share. */
const common = { style: { fontSize: "12px", color: "#18202c", background: "transparent", fontFamily: "inherit" } };

/** A figure that is drawn again whenever its width changes. `plan(width, print)` gives
 * Plot's options, and `flattens: false` where the height must stay on paper; `says` is read in its place. */
export function figure(says, plan, { caption, wide } = {}) {
  const place = h("div", { class: "plot", role: "img", "aria-label": says });
  const element = h("figure", { class: wide ? "wide" : null }, place, caption && h("figcaption", {}, caption));
  drawn.push({ place, plan, width: 0 });
  return element;
}

function draw(entry, width, print = false) {
  entry.width = width;
  const options = plan(entry, width, print);
  const svg = plot(options);
  svg.setAttribute("aria-hidden", "true");
  entry.place.replaceChildren(svg);
}
const plan = (entry, width, print) => {
  const { flattens = true, ...options } = entry.plan(width, print);
  // On paper small figures are flatter, so that a report takes two sheets.
  if (print && flattens && width < 500) options.height *= width < 300 ? 0.72 : 0.66;
  return { ...common, width, ...options, marks: options.marks.filter(Boolean) };
};

const observer = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    const entry = drawn.find((each) => each.place === target);
    const width = Math.floor(contentRect.width);
    if (entry && width > 0 && width !== entry.width) draw(entry, width);
  }
});

/** Draws what is on the page by now, and forgets what has left it. */
export function drawAll() {
  for (let i = drawn.length - 1; i >= 0; --i) {
    const entry = drawn[i];
    if (!entry.place.isConnected) {
      if (entry.width === 0) continue;  // not on the page yet
      observer.unobserve(entry.place);
      drawn.splice(i, 1);
    } else if (entry.width === 0) {
      const width = Math.floor(entry.place.getBoundingClientRect().width);
      if (width > 0) draw(entry, width);
      observer.observe(entry.place);
    }
  }
}

// Paper has another width than the window, and printing waits for no observer. Figures are drawn wider than their place and
// made smaller, as the text around them is.
addEventListener("beforeprint", () => {
  for (const entry of drawn) {
    const alone = entry.place.closest("[data-full]") || !entry.place.closest(".cards, .two");
    draw(entry, alone ? 860 : entry.place.closest(".cards") ? 190 : 430, true);
  }
});
addEventListener("afterprint", () => {
  for (const entry of drawn) draw(entry, Math.floor(entry.place.getBoundingClientRect().width) || 300);
});

/** What of the library the page uses: the rest stays out of the bundle. */
export const Plot = { areaY, barX, dot, lineY, pointer, pointerX, rectY, ruleX, ruleY, text, tip };
