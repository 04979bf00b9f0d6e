/* Text as the server reads it: composed, without control characters, counted by characters. */
export const SPACE = "\\t\\n\\v\\f\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
export const OUTER = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g"), SPACES = new RegExp(`[${SPACE}]+`, "g");
export const HALF = /\p{Cs}/u, NONCHARACTER = /[\ufdd0-\ufdef\ufffd-\uffff]/;
export const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/, TURNING = /[\u202a-\u202e\u2066-\u2069]/;
export const trim = (text) => text.replace(OUTER, "");
/* Figures of other scripts, which the server reads as well. */
export const foreign = (text) => /\p{Nd}/u.test(text.replace(/[0-9]/g, ""));
export const wide = (text) => [...text].length;

/** Characters as the server counts them: composed, line ends as one. */
export const length = (text) => wide(text.replace(/\r\n?/g, "\n").normalize("NFC"));

export class Bad extends Error {
  constructor(bad, values = {}) { super(bad); this.said = { bad, ...values }; }
}
export class Undecided extends Error {}

export const checked = (text, longest) => {
  if (wide(text) > 4 * longest + 100) throw new Bad("long", { found: wide(text), longest });
  if (HALF.test(text) || NONCHARACTER.test(text)) throw new Bad("damaged");
  if (CONTROL.test(text) || TURNING.test(text)) throw new Bad("control");
  const found = length(trim(text.normalize("NFC")));
  if (found > longest) throw new Bad("long", { found, longest });
  return text.normalize("NFC");
};
export const oneLine = (typed, longest) => {
  const text = checked(typed, longest);
  if (/[\n\r\t\u2028\u2029]/.test(trim(text))) throw new Bad("line");
  return trim(text);
};
export const manyLines = (typed, longest) =>
  checked(typed.replace(/\r\n?|\u2028|\u2029/g, "\n"), longest).replace(/^[\n ]+|[\n ]+$/g, "");
