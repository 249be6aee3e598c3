import type { Page } from "@playwright/test";
import { number } from "../support/figures";
import { score } from "../support/program";
import { ranking } from "../support/reading";
import { expect, test } from "../support/test";
import { LANGS, type Lang, WORDS } from "../support/words";

type Column = keyof (typeof WORDS)["vi"]["column"];
const COLUMNS = Object.keys(WORDS.vi.column) as Column[];

/** Figures are read from the highest down, ranks, names and classes from the first on. */
const RISES_FIRST: Column[] = ["rank", "name", "band"];

/** How two cells of a column follow each other when it rises. */
function order(column: Column, lang: Lang): (above: string, below: string) => number {
  if (column === "name") return new Intl.Collator("vi").compare;
  if (column === "band") return (above, below) => WORDS[lang].bands.indexOf(above) - WORDS[lang].bands.indexOf(below);
  return (above, below) => number(above, lang) - number(below, lang);
}

async function expectOrdered(page: Page, column: Column, direction: "ascending" | "descending", lang: Lang): Promise<void> {
  const words = WORDS[lang];
  await expect(page.getByRole("columnheader", { name: words.column[column] })).toHaveAttribute("aria-sort", direction);
  const rows = await ranking(page, words);
  expect(rows).toHaveLength(30);
  const compare = order(column, lang);
  const sign = direction === "ascending" ? 1 : -1;
  for (const [at, below] of rows.entries()) {
    const above = rows[at - 1];
    if (!above) continue;
    const follows = sign * compare(above[column], below[column]);
    expect(follows, `${above[column]} above ${below[column]}`).toBeLessThanOrEqual(0);
  }
  expect(rows.map((row) => row.rank).toSorted((a, b) => Number(a) - Number(b))).toEqual(score("district", "final", lang).map((row) => row.rank));
}

for (const lang of LANGS) {
  test.describe(`in ${lang}`, () => {
    test.use({ lang, person: "standingBody" });

    // Without scripts one language is enough: the server orders the rows in either case.
    test("each column orders the ranking both ways", { tag: lang === "vi" ? "@any-script" : [] }, async ({ page, words }) => {
      await page.goto("/ranking/district");
      await expectOrdered(page, "rank", "ascending", lang);
      // From the last column on, so that the rank isn't the order already.
      for (const column of COLUMNS.toReversed()) {
        await test.step(column, async () => {
          const link = page.getByRole("columnheader", { name: words.column[column] }).getByRole("link");
          await link.click();
          await expectOrdered(page, column, RISES_FIRST.includes(column) ? "ascending" : "descending", lang);
          await link.click();
          await expectOrdered(page, column, RISES_FIRST.includes(column) ? "descending" : "ascending", lang);
        });
      }
    });
  });
}

test.describe(() => {
  test.use({ person: "standingBody" });

  test("Đ comes after D, and letters with marks after those without", { tag: "@any-script" }, async ({ page, words }) => {
    await page.goto("/ranking/department?sort=name&dir=asc");
    const names = (await ranking(page, words)).map((row) => row.name);
    const at = (name: string) => names.findIndex((found) => found.startsWith(name));
    expect(names).toHaveLength(22);
    expect(at("Sở Du lịch")).toBeLessThan(at("Sở Giao thông vận tải"));
    await page.goto("/ranking/district?sort=name&dir=asc");
    const districts = (await ranking(page, words)).map((row) => row.name);
    const place = (name: string) => districts.findIndex((found) => found.startsWith(name));
    const byName = ["UBND huyện Ba Vì", "UBND huyện Chương Mỹ", "UBND huyện Đan Phượng", "UBND huyện Đông Anh", "UBND huyện Gia Lâm", "UBND huyện Ứng Hòa"];
    const places = byName.map(place);
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test("headers are read out as their words, without the arrows", async ({ page, words }) => {
    await page.goto("/ranking/department");
    for (const name of Object.values(words.column)) {
      await expect(page.getByRole("columnheader").getByRole("link", { name, exact: true })).toBeVisible({ timeout: 1000 });
    }
  });

  test("with scripts only the table is replaced, the focus stays, and the order is announced", async ({ page, words }) => {
    await page.goto("/ranking/department");
    await page.evaluate(() => Object.assign(window, { wasHere: true }));
    const name = page.getByRole("columnheader", { name: words.column.name }).getByRole("link");
    await name.click();
    await expect(page).toHaveURL(/sort=name&dir=asc/);
    await expect(page.getByRole("status")).toHaveText("Đang sắp xếp theo Đơn vị, tăng dần");
    await expect(name).toBeFocused();
    expect(await page.evaluate(() => "wasHere" in window)).toBe(true);

    await page.goBack();
    await expect(page).toHaveURL("/ranking/department");
    await expect(page.getByRole("columnheader", { name: words.column.rank })).toHaveAttribute("aria-sort", "ascending");
  });
});
