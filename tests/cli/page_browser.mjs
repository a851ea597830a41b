// What a page does in Chromium, as JSON. Usage: node page_browser.mjs CHROMIUM PAGE.html [FOLDER for pictures]
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(`${process.env.TRUCE_NODE_FOLDER}/`)("playwright-core");
const [, , executablePath, file, pictures] = process.argv;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
const seen = { errors: [], requests: [], dialogs: 0 };
page.on("console", (message) => ["error", "warning"].includes(message.type()) && seen.errors.push(message.text()));
page.on("pageerror", (error) => seen.errors.push(String(error)));
page.on("request", (request) => !/^(file|data):/.test(request.url()) && seen.requests.push(request.url()));
page.on("dialog", (dialog) => { ++seen.dialogs; dialog.dismiss(); });
const settle = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 150))));
const picture = async (name) => pictures && page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });

await page.goto(pathToFileURL(file).href);
await page.waitForSelector("html[data-ready=yes]", { timeout: 20_000 });
await settle();
seen.title = await page.title();
seen.heading = await page.textContent("h1");
seen.answer = await page.textContent("#answer .main");
seen.elements = await page.evaluate(() => [...new Set([...document.querySelectorAll("*")].map((each) => each.localName))]);
seen.links = await page.evaluate(() => [...document.querySelectorAll("a")].map((each) => each.getAttribute("href")));

/** Figures: how many, how many of them have shapes that are seen, and that say something in words. */
const figures = () => page.evaluate(() => {
  const all = [...document.querySelectorAll(".plot")];
  const drawn = (each) => [...each.querySelectorAll("svg path, svg rect, svg circle, svg line")].some((shape) => {
    const { width, height } = shape.getBoundingClientRect();
    return width > 1 || height > 1;
  });
  return { all: all.length, drawn: all.filter(drawn).length, named: all.filter((each) => each.getAttribute("aria-label")?.length > 10).length,
    wrong: all.filter((each) => /NaN|undefined/.test(each.innerHTML) || /NaN|undefined/.test(each.getAttribute("aria-label"))).length };
});
seen.figures = await figures();
await picture("wide");

/** The least contrast of any text to what is behind it (WCAG 2, 1.4.3); texts of 24 px and bold ones of 18.7 px need 3 only. */
seen.contrast = await page.evaluate(() => {
  const parse = (color) => { const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number); return { r, g, b, a }; };
  const channel = (x) => (x / 255 <= 0.03928 ? x / 255 / 12.92 : ((x / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ({ r, g, b }) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.a === 1) return color;
    }
    return { r: 255, g: 255, b: 255 };
  };
  document.querySelectorAll("details").forEach((each) => { each.open = true; });
  let least = { ratio: 21, text: "" };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (!text || element.closest("script, style, noscript, title")) continue;
    const style = getComputedStyle(element);
    const svg = element.closest("svg");
    const [a, b] = [luminance(parse(svg ? style.fill : style.color)), luminance(behind(element))];
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = ((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)) * (large ? 1.5 : 1);
    if (ratio < least.ratio) least = { ratio, text };
  }
  document.querySelectorAll("details").forEach((each) => { each.open = false; });
  return least;
});

/** With keys alone: to the picker, to its next choice. */
seen.pickers = [];
for (let i = 0; i < await page.locator("select").count(); ++i) {
  const label = await page.locator("select").nth(i).evaluate((each) => each.closest("label").textContent);
  const options = await page.locator("select").nth(i).locator("option").count();
  if (options < 2) continue;
  await page.evaluate(() => document.activeElement?.blur());
  const isThere = () => page.evaluate((k) => document.activeElement === document.querySelectorAll("select")[k], i);
  let tabs = 0;
  while (tabs < 200 && !(await isThere())) { await page.keyboard.press("Tab"); ++tabs; }
  const before = await page.evaluate(() => document.getElementById("page").innerHTML);
  const value = await page.locator("select").nth(i).inputValue();
  await page.keyboard.press(Number(value) + 1 < options ? "ArrowDown" : "ArrowUp");
  await settle();
  seen.pickers.push({ label, reached: tabs < 200, focused: await isThere(), changed: before !== await page.evaluate(() => document.getElementById("page").innerHTML),
    value: await page.locator("select").nth(i).inputValue() !== value, figures: await figures(), answer: await page.textContent("#answer .main") });
}
/** Sliders by arrow keys; each setting's table at the computed points is that of the points. */
seen.sliders = [];
const sliders = page.locator("input[type=range]");
for (let i = 0; i < await sliders.count(); ++i) {
  await page.evaluate(() => document.activeElement?.blur());
  const isThere = () => page.evaluate((k) => document.activeElement === document.querySelectorAll("input[type=range]")[k], i);
  let tabs = 0;
  while (tabs < 200 && !(await isThere())) { await page.keyboard.press("Tab"); ++tabs; }
  const text = () => page.textContent("#explore");
  const before = await text();
  for (let k = 0; k < 3; ++k) await page.keyboard.press("ArrowLeft");
  await settle();
  seen.sliders.push({ reached: tabs < 200, focused: await isThere(), changed: before !== await text(), figures: await figures() });
}
seen.interpolation = await page.evaluate(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  if (!data.explore) return [];
  const { interpolator } = globalThis.truceReport;
  const of = data.show.points.filter((point) => point.variant === data.against);
  const outcome = Object.keys(of[0].outcomes).find((name) => of.every((point) => point.outcomes[name].mean != null));
  const at = (setting) => interpolator(of, data.varied).at(setting).mean((i) => of[i].outcomes[outcome].mean);
  const told = of.map((point) => ({ told: at(point.parameters), computed: point.outcomes[outcome].mean }));
  if (data.varied.length === 1) {  // half way between two points of a grid
    const [a, b] = of;
    told.push({ told: at({ [data.varied[0]]: (a.parameters[data.varied[0]] + b.parameters[data.varied[0]]) / 2 }), computed: (a.outcomes[outcome].mean + b.outcomes[outcome].mean) / 2 });
  }
  return told;
});
await page.keyboard.press("Tab");
seen.outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
const folds = page.locator("summary");
if (await folds.count() > 0) {
  await folds.first().focus();
  await page.keyboard.press("Enter");
  seen.unfolded = await page.locator("details").first().evaluate((each) => each.open);
  await page.keyboard.press("Enter");
}

seen.widths = {};
for (const width of [1600, 768, 375, 320]) {
  await page.setViewportSize({ width, height: 800 });
  await settle();
  seen.widths[width] = { needs: await page.evaluate(() => document.documentElement.scrollWidth), figures: await figures() };
  if (width === 375) await picture("phone");
}
await page.setViewportSize({ width: 1200, height: 900 });
await settle();
const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true, ...(pictures ? { path: join(pictures, "page.pdf") } : {}) });
seen.pages = (pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g) ?? []).length;
await settle();
seen.afterPrint = await figures();
await browser.close();
console.log(JSON.stringify(seen));
