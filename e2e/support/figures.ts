import type { Lang } from "./words";

/** An exact decimal figure rounded half away from zero, as the campaign does, and written as the language does. No float is near. */
export function shown(exact: string, lang: Lang, decimals = 2): string {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(exact) ?? [];
  const kept = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, "0"));
  const up = (fraction[decimals] ?? "0") >= "5" ? 1n : 0n;
  const digits = (kept + up).toString().padStart(decimals + 1, "0");
  const [thousands, point] = lang === "vi" ? [".", ","] : [",", "."];
  const front = digits.slice(0, -decimals).replace(/\B(?=(\d{3})+$)/g, thousands);
  return `${sign}${front}${point}${digits.slice(-decimals)}`;
}

/** A figure of a page as a number, for comparing what stands above with what stands below. */
export function number(text: string, lang: Lang): number {
  const plain = lang === "vi" ? text.replaceAll(".", "").replace(",", ".") : text.replaceAll(",", "");
  const found = /-?\d+(?:\.\d+)?/.exec(plain.replace("−", "-"));
  return found ? Number(found[0]) : 0;
}
