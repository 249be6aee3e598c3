import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../support/test";
import { WORDS } from "../support/words";

const words = WORDS.vi;

/** Nothing lies further away than this: the ranking has two links a row. */
const FURTHEST = 120;

/** Presses Tab until the focus is there. Whatever has the focus on the way shows it. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let pressed = 0; pressed < FURTHEST; pressed++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return undefined;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const { width, height, bottom, right } = element.getBoundingClientRect();
      const seen = width > 0 && height > 0 && bottom > 0 && right > 0;
      return { what: element.outerHTML.slice(0, 120), outline: outlineStyle !== "none" && parseFloat(outlineWidth) > 0, seen };
    });
    // Behind the last element the focus leaves the page for the browser's own controls.
    if (focused) expect(focused, focused.what).toMatchObject({ outline: true, seen: true });
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab never comes to ${wanted}`);
}

const header = (page: Page, column: string) => page.getByRole("columnheader", { name: column }).getByRole("link");

test("the whole journey goes by keyboard alone", async ({ page }) => {
  await page.goto("/");
  await tabTo(page, page.getByRole("radio", { name: "Nguyễn Văn Mẫu" }));
  await page.keyboard.press("Space");
  await expect(page.getByRole("radio", { name: "Nguyễn Văn Mẫu" })).toBeChecked();
  await tabTo(page, page.getByRole("button", { name: words.continue }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/");

  await tabTo(page, page.getByRole("navigation", { name: words.pages }).getByRole("link", { name: words.ranking.department }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: words.ranking.department })).toBeVisible();

  await tabTo(page, header(page, words.column.survey));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("columnheader", { name: words.column.survey })).toHaveAttribute("aria-sort", "descending");
  await expect(header(page, words.column.survey), "sorting leaves the focus where it was").toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("columnheader", { name: words.column.survey })).toHaveAttribute("aria-sort", "ascending");

  await tabTo(page, page.getByRole("rowheader").getByRole("link").first());
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: words.tree })).toBeVisible();

  const field = page.getByRole("group").filter({ hasText: /^\s*1\. / });
  await tabTo(page, field.locator("summary"));
  await page.keyboard.press("Enter");
  await expect(field.getByRole("table")).toBeVisible();
  await tabTo(page, field.getByRole("link", { name: /^1\.1\.1\. / }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: words.whyScore })).toBeVisible();

  await tabTo(page, page.getByRole("button", { name: words.other }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: WORDS.en.whyScore })).toBeVisible();

  await tabTo(page, page.getByRole("banner").locator("summary"));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: WORDS.en.signOut }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/sign-in");
});

test.describe(() => {
  test.use({ person: "standingBody" });

  test("the first stop of every page leads to its content", { tag: "@any-script" }, async ({ page }) => {
    for (const path of ["/", "/ranking/department", "/agencies/SNV", "/agencies/SNV/items/1.1.3"]) {
      await page.goto(path);
      const skip = page.getByRole("link", { name: words.skip });
      await page.keyboard.press("Tab");
      await expect(skip).toBeFocused();
      await expect(skip).toBeInViewport();
      await page.keyboard.press("Enter");
      await expect(page.getByRole("main")).toBeFocused();
    }
  });

  test("the menu closes by Escape, which gives the focus back", async ({ page }) => {
    await page.goto("/");
    const menu = page.getByRole("banner").locator("summary");
    const signOut = page.getByRole("button", { name: words.signOut });
    await menu.focus();
    await page.keyboard.press("Enter");
    await expect(signOut).toBeVisible();
    await tabTo(page, signOut);
    await page.keyboard.press("Escape");
    await expect(signOut).toBeHidden();
    await expect(menu).toBeFocused();
  });

  test("one button opens all fields and closes them again", async ({ page }) => {
    await page.goto("/agencies/SNV");
    const all = page.getByRole("button", { name: words.openAll });
    const trees = page.getByRole("columnheader", { name: words.stream.appraisal1 });
    await expect(trees).toHaveCount(0);
    await tabTo(page, all);
    await page.keyboard.press("Enter");
    await expect(trees).toHaveCount(10);
    await expect(all).toHaveAttribute("aria-pressed", "true");
    await page.keyboard.press("Enter");
    await expect(trees).toHaveCount(0);
  });

  test("without scripts no button is there that does nothing", { tag: "@without-script" }, async ({ page }) => {
    await page.goto("/agencies/SNV");
    await expect(page.getByRole("button", { name: words.openAll })).toBeHidden();
  });

  test("a wide table is scrolled by keyboard", { tag: "@phone-only" }, async ({ page }) => {
    await page.goto("/ranking/district");
    const region = page.getByRole("region", { name: words.ranking.district });
    await region.focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => region.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
  });
});
