import type { Page } from "@playwright/test";
import { expect, ready, test } from "../support/test";
import { says } from "../support/texts";

test.use({ person: "appraiser", phase: "appraisal1", alone: true });

/** The agency in whose row the focus is. */
const here = (page: Page) => page.evaluate(() => document.activeElement?.closest("[data-row]")?.id);
const waiting = (page: Page) => page.locator("[data-rows] [data-owed]").evaluateAll((rows) => rows.map((row) => row.id));

test("one item is appraised across agencies by keys alone", async ({ page }) => {
  await page.goto("/appraisal/department/1.1.3");
  await ready(page);
  const [waits = "", ...others] = await waiting(page);
  expect(others, "of this demonstration's departments one is open").toEqual([]);
  const rows = await page.locator("[data-rows] [data-row]").evaluateAll((all) => all.map((row) => row.id));
  const row = page.locator(`#${waits}`);

  await page.keyboard.press("j");
  expect(await here(page), "j begins at the first that waits").toBe(waits);
  await page.keyboard.press("k");
  expect(await here(page)).toBe(rows[rows.indexOf(waits) - 1]);
  await page.keyboard.press("j");
  expect(await here(page)).toBe(waits);

  await page.keyboard.press("e");
  const editor = row.locator("[data-editing]");
  await expect(editor).toBeVisible();
  await expect(editor.getByRole("radio").and(page.locator(":focus"))).toHaveCount(1);
  await editor.locator("#remark").pressSequentially("jank");
  await expect(editor.locator("#remark"), "letters that are typed are no shortcuts").toHaveValue("jank");
  expect(await here(page)).toBe(waits);
  await page.reload();
  await ready(page);
  expect(await waiting(page), "nothing was decided by that").toEqual([waits]);

  await page.keyboard.press("a");
  await expect(row).not.toHaveAttribute("data-owed");
  await expect(row.locator(".state")).toContainText(/\S/);
  await expect.poll(() => here(page), "the focus isn't lost").toBe(waits);

  await page.keyboard.press("n");
  await expect(page, "nothing waits here any more: n goes on to the next item").toHaveURL(/\/appraisal\/department\/(?!1\.1\.3)/);
  expect(await waiting(page)).not.toEqual([]);
});

test("the list of shortcuts opens by ?, and a switch turns them off", async ({ page }) => {
  await page.goto("/appraisal/department/1.1.3");
  await ready(page);
  await page.keyboard.press("?");
  const off = page.getByRole("checkbox", { name: says("appraisal-keys-on") });
  await expect(off).toBeVisible();
  await off.uncheck();
  await off.blur();
  await page.keyboard.press("j");
  expect(await here(page)).toBeUndefined();
  await page.reload();
  await ready(page);
  await page.keyboard.press("j");
  expect(await here(page), "also the next time").toBeUndefined();
});

test("on the page of one item keys choose the decision", async ({ page }) => {
  await page.goto("/agencies/STC/appraisal/1.1.3");
  await ready(page);
  await page.keyboard.press("a");
  await expect(page.locator('[name="decision"][value="accept"]')).toBeChecked();
  await page.keyboard.press("e");
  await expect(page.locator('[name="decision"][value="correct"]')).toBeChecked();
  await expect(page.locator(".of-correct input, .of-correct select").first(), "and go to the figures").toBeFocused();
});
