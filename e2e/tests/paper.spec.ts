import type { Page } from "@playwright/test";
import { expect, ready, test } from "../support/test";
import { expectFit } from "../support/fit";

/** A person who types this slowly still has time to turn the sheet. */
const KEYS_A_SECOND = 5;
const SECONDS_A_SHEET = 30;
/** What the sheet says: the digit of each question that has one answer. */
const DIGIT = "1";

test.use({ person: "keyer", phase: "open", alone: true });

/** Presses a key and counts it. */
function fingers(page: Page) {
  let strokes = 0;
  return {
    press: async (key: string) => {
      strokes++;
      await page.keyboard.press(key);
    },
    strokes: () => strokes,
  };
}

/** Keys the sheet that lies before one: every question of the first two agencies, but `other` in the first. Answers questions and strokes. */
async function keySheet(page: Page, other = DIGIT): Promise<{ questions: number; strokes: number }> {
  const hand = fingers(page);
  const boxes = page.locator("[data-section]:nth-of-type(-n + 2) input[data-kind]");
  const kinds = await boxes.evaluateAll((all) => all.map((box) => (box as HTMLElement).dataset["kind"]));
  await expect(boxes.first(), "one begins to type at once").toBeFocused();
  for (const [at, kind] of kinds.entries()) {
    if (kind === "one") await hand.press(at === kinds.indexOf("one") ? other : DIGIT);
    else await hand.press("Enter");
  }
  await hand.press("Enter");
  return { questions: kinds.length, strokes: hand.strokes() };
}

async function makeBatch(page: Page): Promise<string> {
  await page.goto("/survey/paper");
  await page.locator("#sheets").fill("12");
  await page.locator("form[action='/survey/paper'] button").click();
  await expect(page).toHaveURL(/\/survey\/paper\/\d+$/);
  const batch = new URL(page.url()).pathname;
  await page.locator("#serials").fill("1-4");
  await page.locator("form[action$='/sheets'] button").click();
  await expect(page).toHaveURL(/done=recorded/);
  return batch;
}

test("a sheet is keyed by keyboard alone, by two, and a third decides", async ({ page, windowOf }) => {
  const batch = await makeBatch(page);
  await page.goto(`${batch}/key`);
  await ready(page);
  const { questions, strokes } = await keySheet(page);
  await expect(page).toHaveURL(/key\?done=1$/);
  expect(questions).toBeGreaterThanOrEqual(20);
  expect(strokes, "two keys a question at most, and Enter").toBeLessThanOrEqual(2 * questions + 1);
  expect(((strokes / questions) * 20) / KEYS_A_SECOND, "seconds for twenty questions").toBeLessThan(SECONDS_A_SHEET);

  // The next sheet lies before one; what went wrong is typed again.
  const boxes = page.locator("input[data-kind=one]");
  await page.keyboard.press("9");
  await expect(boxes.first(), "no such choice").toBeFocused();
  await page.keyboard.press("1");
  await page.keyboard.press("Backspace");
  await expect(boxes.first()).toBeFocused();
  await expect(boxes.first()).toHaveValue("");
  await keySheet(page);
  await expect(page).toHaveURL(/done=2$/);

  const second = await windowOf("secondKeyer");
  await second.goto(`${batch}/key`);
  await ready(second);
  await keySheet(second, "2");
  await expect(second).toHaveURL(/done=1$/);
  await keySheet(second);
  await expect(second).toHaveURL(/done=2$/);
  await second.goto(`${batch}/differences`);
  await ready(second);
  await expect(second.locator("form[data-keying]"), "who has keyed a sheet does not decide it").toHaveCount(0);

  const third = await windowOf("thirdKeyer");
  await third.goto(`${batch}/differences`);
  await ready(third);
  await expect(third.locator("input[data-kind]")).toHaveCount(1);
  await third.keyboard.press("1");
  await third.keyboard.press("Enter");
  await expect(third).toHaveURL(/differences\?done=1$/);

  await third.goto(batch);
  const sums = third.locator("table").first().locator("tbody td");
  await expect(sums).toHaveText(["12", "4", "0", "0", "8", "2", "0", "0", "2"]);
  const keyers = third.getByRole("region").filter({ hasText: "%" }).locator("tbody tr");
  await expect(keyers).toHaveCount(2);
  await expect(keyers.nth(0).locator("td").nth(2), "the first keyed what the third decided").toHaveText("0");
  await expect(keyers.nth(1).locator("td").nth(2)).toHaveText("1");
});

test("without scripts the same boxes are filled in and sent", { tag: "@without-script" }, async ({ page }) => {
  const batch = await makeBatch(page);
  await page.goto(`${batch}/key?serial=3`);
  const boxes = page.locator("[data-section]").first().locator("input[data-kind=one]");
  for (const box of await boxes.all()) await box.fill(DIGIT);
  await boxes.last().press("Enter");
  await expect(page).toHaveURL(/done=3$/);
  await page.goto(`${batch}/key?serial=3`);
  await expect(page.locator(".error-summary")).toContainText("đã nhập phiếu 3");
});

test("the pages of paper fit a phone", { tag: "@phone-only" }, async ({ page }) => {
  const batch = await makeBatch(page);
  for (const path of ["/survey/paper", batch, `${batch}/key`]) {
    await page.goto(path);
    await expectFit(page, path);
  }
});
