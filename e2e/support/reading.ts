import type { Locator, Page } from "@playwright/test";
import type { WORDS } from "./words";

type Words = (typeof WORDS)["vi"];

/** The table that has a column of this name. */
export function table(page: Page, column: string): Locator {
  return page.getByRole("table").filter({ has: page.getByRole("columnheader", { name: column }) });
}

/** The texts of a table's body, row by row. */
export async function body(table: Locator): Promise<string[][]> {
  const texts = (rows: Element[]) =>
    rows.map((row) => [...row.querySelectorAll("th, td")].map((cell) => (cell.textContent ?? "").replace(/\s+/g, " ").trim()));
  return table.getByRole("row").filter({ has: table.page().getByRole("cell") }).evaluateAll(texts);
}

/** The ranking, row by row: each cell by the code of its column. */
export async function ranking(page: Page, words: Words): Promise<Record<keyof Words["column"], string>[]> {
  const columns = Object.entries(words.column);
  const heads = (await page.getByRole("columnheader").allInnerTexts()).map((head) => head.trim());
  const codes = heads.map((head) => columns.find(([, name]) => name === head)?.[0] ?? head);
  const rows = await body(table(page, words.column.index));
  return rows.map((row) => Object.fromEntries(row.map((text, at) => [codes[at], text]))) as Record<keyof Words["column"], string>[];
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
