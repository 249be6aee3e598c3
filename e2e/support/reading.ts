import type { Locator, Page } from "@playwright/test";
import type { WORDS } from "./words";

type Words = (typeof WORDS)["vi"];

/** The table that has a column of this name. */
export function table(page: Page, column: string): Locator {
  return page.getByRole("table").filter({ has: page.getByRole("columnheader", { name: column }) });
}

/** The texts of a table: its header, and its body row by row. */
export async function texts(table: Locator): Promise<{ heads: string[]; rows: string[][] }> {
  return table.evaluate((element) => {
    const { tHead, tBodies } = element as HTMLTableElement;
    const read = (row: HTMLTableRowElement) => [...row.cells].map((cell) => (cell.textContent ?? "").replace(/\s+/g, " ").trim());
    return { heads: [...(tHead?.rows ?? [])].flatMap(read), rows: [...tBodies].flatMap((body) => [...body.rows]).map(read) };
  });
}

/** The texts of a table's body, row by row. */
export async function body(table: Locator): Promise<string[][]> {
  return (await texts(table)).rows;
}

/** The ranking, row by row: each cell by the code of its column. */
export async function ranking(page: Page, words: Words): Promise<Record<keyof Words["column"], string>[]> {
  const codes = Object.entries(words.column);
  const { heads, rows } = await texts(table(page, words.column.index));
  const columns = heads.map((head) => codes.find(([, name]) => name === head)?.[0] ?? head);
  return rows.map((row) => Object.fromEntries(row.map((text, at) => [columns[at], text]))) as Record<keyof Words["column"], string>[];
}

/** What stands behind a term such as "Index". */
export function fact(page: Page, term: string): Locator {
  return page.getByRole("main").getByRole("definition").and(page.locator(`dt:text-is("${term}") + dd`)).first();
}

/** The section below a heading. */
export function section(page: Page, heading: string): Locator {
  const title = page.getByRole("heading", { name: heading, exact: true });
  return page.locator("section").filter({ has: title });
}
