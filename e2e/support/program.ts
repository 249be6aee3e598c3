import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { join, resolve } from "node:path";
import type { Lang } from "./words";

const CHECKOUT = join(import.meta.dirname, "../..");

/** The campaign that the demonstration shows. */
export const CAMPAIGN = "campaigns/hanoi-2023";

export const STREAMS = ["self", "appraisal1", "final"] as const;
export type Stream = (typeof STREAMS)[number];
export const BLOCKS = ["department", "district"] as const;
export type Block = (typeof BLOCKS)[number];

/** A row of `parindex score`, every digit. */
export interface Standing {
  block: string;
  rank: string | null;
  code: string;
  name: string;
  appraisal_points: string;
  survey_points: string;
  bonus: string;
  penalty: string;
  maximum: string;
  index: string | null;
  band: string | null;
  missing: string;
}

interface Said {
  item: string;
  says: string;
}

/** The program under test, which xtask builds and names. */
export function binary(): string {
  const path = process.env["PARINDEX_BIN"];
  if (!path) throw new Error("PARINDEX_BIN is not set: it names the parindex program to test. `cargo xtask test e2e` builds and sets it.");
  const whole = resolve(path);
  try {
    accessSync(whole, constants.X_OK);
  } catch {
    throw new Error(`PARINDEX_BIN is ${whole}, which is no program that can be run. \`cargo xtask test e2e\` builds it.`);
  }
  return whole;
}

const answers = new Map<string, unknown>();

/** Rows of a command's JSON. The files don't change while tests run, so each question is asked once. */
function rows<Row>(lang: Lang, ...args: string[]): Row[] {
  const all = ["--lang", lang, ...args, "--format", "json"];
  const key = all.join(" ");
  if (!answers.has(key)) {
    const output = execFileSync(binary(), all, { cwd: CHECKOUT, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
    answers.set(key, JSON.parse(output).rows);
  }
  return answers.get(key) as Row[];
}

/** The standings of a block from the campaign's files, by rank. */
export function score(block: Block, stream: Stream, lang: Lang): Standing[] {
  return rows<Standing>(lang, "score", CAMPAIGN, "--stream", stream).filter((row) => row.block === block);
}

/** The first of the ranking. */
export function leader(block: Block, stream: Stream, lang: Lang): Standing {
  const [first] = score(block, stream, lang);
  if (!first) throw new Error(`nobody is ranked in ${block}`);
  return first;
}

/** What one agency came to. */
export function standing(block: Block, agency: string, stream: Stream, lang: Lang): Standing {
  const found = score(block, stream, lang).find((row) => row.code === agency);
  if (!found) throw new Error(`${agency} is not in ${block}`);
  return found;
}

/** The lines behind each item of an agency, by code; those behind the index have the code "". */
export function explain(agency: string, stream: Stream, lang: Lang): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  for (const { item, says } of rows<Said>(lang, "explain", CAMPAIGN, "--agency", agency, "--stream", stream)) {
    lines.set(item, [...(lines.get(item) ?? []), says]);
  }
  return lines;
}

/** The file of a sheet of the campaign. */
export function sheet(name: string): string {
  return join(CHECKOUT, CAMPAIGN, `${name}.csv`);
}
