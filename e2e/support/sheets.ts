import { readFileSync } from "node:fs";
import { sheet } from "./program";

/** The rows of a sheet of the campaign, as they stand in its file. */
export function read(name: string): Record<string, string>[] {
  const [heads = [], ...rows] = cells(readFileSync(sheet(name), "utf8"));
  return rows.map((row) => Object.fromEntries(heads.map((head, at) => [head, row[at] ?? ""])));
}

/** The cells of CSV text, with quotes around what has commas. */
function cells(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}
