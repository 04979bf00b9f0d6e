/* Codes with their check characters, telephone numbers, links. */
import { Bad, Undecided, SPACE, oneLine, wide } from "./text.js";

export const code = (text) => {
  const found = oneLine(text, 200).normalize("NFKC");
  if (/^[+-]?\d+(?:\.\d+)?E[+-]?\d+$/i.test(found)) throw new Bad("exponent");
  return found;
};
export const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
export const credit = (field, typed) => {
  const found = code(typed).replace(new RegExp(`[${SPACE}\\-–—]`, "g"), "").toUpperCase();
  if (/[^\x00-\x7f]/.test(found)) throw new Undecided();
  if (found.length !== 18) throw new Bad("credit_length", { n: found.length });
  const digits = [...found].map((one) => ALPHABET.indexOf(one));
  if (!/^\d{8}/.test(found) || digits.includes(-1)) throw new Bad("credit");
  const total = digits.slice(0, 17).reduce((sum, one, i) => sum + one * (3 ** i % 31), 0);
  if ((31 - total % 31) % 31 !== digits[17]) throw new Bad("credit");
  return found;
};
export const CARD = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
export const identity = (field, typed) => {
  if (typed.includes("*")) throw new Undecided(); // a mask: only the server knows the number
  const found = code(typed).replace(new RegExp(`[${SPACE}\\-–—]`, "g"), "").toUpperCase();
  if (/[^\x00-\x7f]/.test(found)) throw new Undecided();
  if (/^[0-9]{17}[0-9X]$/.test(found)) {
    const total = CARD.reduce((sum, weight, i) => sum + weight * Number(found[i]), 0);
    if ("10X98765432"[total % 11] !== found[17]) throw new Bad("identity_check");
    return found;
  }
  if (!/^[A-Z0-9]{5,15}$/.test(found)) throw new Bad("identity");
  return found;
};
export const phone = (field, typed) => {
  const found = code(typed);
  if (!/\p{Nd}/u.test(found)) throw new Undecided();
  const bare = found.replace(/^00/, "+").replace(/[\s()-]/g, "");
  if (!/^(?:\+86)?1\d{10}$/.test(bare)) throw new Undecided();
  if (!/^(?:\+86)?1[3-9]/.test(bare)) throw new Bad("phone");
  throw new Undecided(); // which of the ranges are given out, only the server's table knows
};
export const link = (field, typed) => {
  const found = oneLine(typed, 500);
  if (!/^https?:\/\//.test(found) || new RegExp(`[${SPACE}]`).test(found) || wide(found) < 11) throw new Bad("link");
  return found;
};
