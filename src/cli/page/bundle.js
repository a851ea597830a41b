// Makes page.html, the one file that the program embeds, from the sources beside it:
//   npm ci && npm run bundle
// The page needs no network, and its script is allowed by its hash alone: no text of a scenario can run.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const marker = "<!--truce:data-->";

const { outputFiles, metafile } = await build({
  entryPoints: [join(here, "main.js")], bundle: true, minify: true, write: false, metafile: true, format: "iife", target: "es2021", charset: "utf8", legalComments: "none", absWorkingDir: here,
});

/** Names and licences of the packages that are in the bundle. */
function licences() {
  const folders = new Set(Object.keys(metafile.inputs).map((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean));
  const texts = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version } = JSON.parse(readFileSync(join(here, folder, "package.json"), "utf8"));
    const file = readdirSync(join(here, folder)).find((each) => /^licen[cs]e/i.test(each));
    const text = file && existsSync(join(here, folder, file)) ? readFileSync(join(here, folder, file), "utf8").trim() : JSON.parse(readFileSync(join(here, folder, "package.json"), "utf8")).license;
    texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
  }
  return [...texts].map(([text, names]) => `${names.join(", ")}\n\n${text}\n`).join("\n---\n\n");
}

const notice = licences();
// As the browser reads it, so that the hash is that of the script: no end tag inside, no other line ends.
const script = `/*! The figures are drawn by these libraries.\n\n${notice.replaceAll("*/", "* /")}*/\n${outputFiles[0].text}`.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--").replaceAll("\r\n", "\n");
/** Of all that the page is made from, so that a test without Node sees a page that is not of its sources. */
const sources = readdirSync(here).filter((name) => /\.(js|css)$/.test(name) || ["template.html", "package.json", "package-lock.json"].includes(name)).sort();
const made = createHash("sha256");
for (const name of sources) made.update(`${name}\n`).update(readFileSync(join(here, name)));
const hash = `sha256-${createHash("sha256").update(script).digest("base64")}`;
const put = (page, name, text) => page.split(name).join(text);
let page = readFileSync(join(here, "template.html"), "utf8");
page = put(page, "@STYLE@", readFileSync(join(here, "page.css"), "utf8").trim());
page = put(page, "@SCRIPT_HASH@", hash);
page = put(page, "@SOURCES@", made.digest("hex"));
page = put(page, "@SCRIPT@", script);
if (page.split(marker).length !== 2) throw new Error("the page must have one place for its data");
writeFileSync(join(here, "page.html"), page);
writeFileSync(join(here, "LICENSES.txt"), `Libraries in page.html, each with its licence.\n\n${notice}`);
console.log(`page.html: ${Math.round(Buffer.byteLength(page) / 1000)} kB`);
