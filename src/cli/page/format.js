// Numbers as `truce show` prints them: the same digits on the page as on the terminal.

const thousands = (text) => text.replace(/\d{5,}/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, "\u202f"));

function general(x, digits) {  // %.{digits}g of C
  const [mantissa, exponent] = x.toExponential(digits - 1).split("e");
  const power = Number(exponent);
  const plain = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (power < -4 || power >= digits) return `${plain(mantissa)}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  return plain(x.toFixed(Math.max(0, digits - 1 - power)));
}

/** Four digits; whole numbers and those of a thousand or more without decimals. */
export function short(x) {
  if (x == null || Number.isNaN(x)) return "–";
  if (typeof x === "string") return x;  // "infinity"
  const size = Math.abs(x);
  if (size < 1e7 && (Number.isInteger(x) || size >= 1000)) return minus(thousands((x + 0).toFixed(0)));
  return minus(general(x, 4));
}

const minus = (text) => text.replace(/^-/, "\u2212");

/** A share in per cent: one decimal, more where it is rare or nearly sure, so that it is never told as none or all. */
export function perCent(p) {
  if (p == null || Number.isNaN(p)) return "–";
  const x = 100 * p;
  const toEnd = Math.min(x, 100 - x);
  if (!(toEnd > 1e-10 && toEnd < 0.05)) return x.toFixed(1).replace(/^-(0\.0)$/, "$1");
  return x.toFixed(Math.min(Math.ceil(-Math.log10(toEnd)) + (x < 50 ? 1 : 0), 15));
}

/** The difference of two shares, in percentage points. */
export const points = (d) => (d == null ? "–" : minus(general(100 * d, 3).replace(/^-0$/, "0")));
export const signed = (text) => (/^[\u2212–~]|^0$/.test(text) ? text : `+${text}`);
export const range = (low, high) => (low === "–" && high === "–" ? "–" : `${low} to ${high}`);

const named = { person_day: "person days", "person day": "person days", 1: "" };
export function unit(text, many = true) {
  if (text in named) return named[text];
  return many && /^[a-z]+$/.test(text) && !text.endsWith("s") ? `${text}s` : text;
}

/** Names of outcomes and endings as words; a point between digits is one of a number. */
export const words = (name) => name.replaceAll("_", " ").replaceAll(/(?<=[a-z])\.(?=[a-z])/gi, " ");
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** A value and its interval to the digits that the interval's width leaves sense in: two of its half. */
export function rounded({ value, low, high }, scale = 1) {
  const half = (scale * (high - low)) / 2;
  if (!(half > 0)) return [value, low, high].map((x) => short(x == null ? x : scale * x));
  const decimals = Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(half))));
  return [value, low, high].map((x) => minus(thousands((scale * x).toFixed(decimals).replace(/^-(0(\.0*)?)$/, "$1"))));
}
export const withUnit = (text, of) => (unit(of) ? `${text}\u00a0${unit(of)}` : text);
