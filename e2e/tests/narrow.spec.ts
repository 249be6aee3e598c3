import { expectFit } from "../support/fit";
import { expect, test } from "../support/test";

test.use({ person: "standingBody" });

test("letters of twice the size fit", async ({ page, context }) => {
  // As readers set it in their browser, which widths in rem follow.
  const browser = await context.newCDPSession(page);
  await browser.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  for (const path of ["/", "/ranking/department", "/agencies/SNV", "/agencies/SNV/items/1.1.3"]) {
    await page.goto(path);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe("32px");
    await expectFit(page, path);
  }
});

test("rank and name stay in sight while one scrolls the ranking", { tag: "@phone-only" }, async ({ page, words }) => {
  await page.goto("/ranking/district");
  const region = page.getByRole("region", { name: words.ranking.district });
  await region.scrollIntoViewIfNeeded();
  await region.evaluate((element) => element.scrollTo(element.scrollWidth, 300));
  await expect.poll(() => region.evaluate((element) => Math.min(element.scrollLeft, element.scrollTop))).toBeGreaterThan(100);
  const around = await region.boundingBox();
  const heads = await page.getByRole("columnheader", { name: words.column.change }).boundingBox();
  const name = await page.getByRole("rowheader").nth(8).boundingBox();
  expect(Math.abs((heads?.y ?? 0) - (around?.y ?? 0)), "the header stays at the top").toBeLessThan(2);
  expect((name?.x ?? -1) - (around?.x ?? 0), "the name stays at the left").toBeGreaterThan(0);
  expect((heads?.x ?? 0) - ((name?.x ?? 0) + (name?.width ?? 0)), "and leaves room for a figure").toBeGreaterThanOrEqual(0);
});

test("what one touches is large enough", { tag: "@phone-only" }, async ({ page, words }) => {
  for (const path of ["/", "/ranking/department", "/agencies/SNV"]) {
    await page.goto(path);
    const targets = page.getByRole("navigation", { name: words.pages }).or(page.getByRole("banner")).locator("a, button, summary");
    const small = await targets.evaluateAll((all) =>
      all.map((target) => [target.getBoundingClientRect().height, target.textContent?.trim()] as const).filter(([height]) => height < 24),
    );
    expect.soft(small, path).toEqual([]);
  }
});
