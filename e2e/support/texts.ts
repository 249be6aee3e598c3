import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Lang } from "./words";

const LOCALES = join(import.meta.dirname, "../../crates/web/locales");
const texts = new Map<Lang, Map<string, string>>();

function load(lang: Lang): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of readdirSync(join(LOCALES, lang))) {
    for (const [, key = "", text = ""] of readFileSync(join(LOCALES, lang, file), "utf8").matchAll(/^([a-z0-9-_]+) = (.+)$/gm)) {
      found.set(key, text);
    }
  }
  return found;
}

/** A text of the pages that has no gaps, by its key: for long journeys, where the words themselves are no matter of the test. */
export function says(key: string, lang: Lang = "vi"): string {
  if (!texts.has(lang)) texts.set(lang, load(lang));
  const text = texts.get(lang)?.get(key);
  if (text === undefined || text.includes("{")) throw new Error(`there is no text ${key} without gaps in ${lang}`);
  return text;
}
