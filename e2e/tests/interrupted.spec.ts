import { expect, test } from "../support/test";
import { says } from "../support/texts";

const ITEM = "/agencies/STC/assessment/1.1.3";
const WRITTEN = "Năm nhiệm vụ chuyển sang năm sau theo kế hoạch điều chỉnh";

test.use({ person: "officer", phase: "open", alone: true });

test.describe("a session that is ended while one writes", () => {
  test.use({ refusals: [401, 422] });

  test("is told, and what is written stays and is saved once one is signed in again", async ({ page, context, windowOf, words }) => {
    await page.goto(ITEM);
    const remark = page.locator("#remark");
    await remark.fill("Bắt đầu");
    await expect(page.locator("#saved")).toContainText(/\d\d:\d\d/);

    const elsewhere = await windowOf("officer");
    await elsewhere.goto("/account");
    await elsewhere.getByRole("button", { name: says("accounts-end-others") }).click();
    await expect(elsewhere.getByRole("status").first()).toBeVisible();

    await remark.fill(WRITTEN);
    await expect(page.locator("#unsent")).toContainText(says("error-session-ended"));
    await expect(page.locator("#saved")).toHaveText(says("assessment-waiting"));
    await expect(remark).toHaveValue(WRITTEN);

    const [again] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", { name: says("error-sign-in-apart") }).click()]);
    await again.getByRole("radio", { name: "Trần Thị Mẫu" }).check();
    await again.getByRole("button", { name: words.continue }).click();
    await expect(again).not.toHaveURL(/sign-in/);

    // Whether it is taken now or has to be opened anew: nothing that was written is lost.
    await page.bringToFront();
    await page.goto(ITEM);
    await expect(remark).toHaveValue(WRITTEN);
    await expect(page.locator("#saved")).toContainText(/\d\d:\d\d/);
    await elsewhere.goto(ITEM);
    await expect(elsewhere.locator("#remark")).toHaveValue(WRITTEN);
  });
});

test.describe("a window that closes while one writes", () => {
  test.use({ refusals: [403, 409, 422] });

  test("is told, and what is written stays to be copied", async ({ page, windowOf }) => {
    await page.goto(ITEM);
    const remark = page.locator("#remark");
    await remark.fill("Bắt đầu");
    await expect(page.locator("#saved")).toContainText(/\d\d:\d\d/);

    const standingBody = await windowOf("standingBody");
    await standingBody.goto("/campaign/steps/close_self_assessment");
    const acknowledged = standingBody.locator("#acknowledged");
    if (await acknowledged.count()) await acknowledged.check();
    await standingBody.locator("#remark").fill("Theo kế hoạch");
    await standingBody.locator("#form form button.btn-primary").click();
    await expect(standingBody.getByRole("banner")).toContainText(says("phase-appraisal1"));

    await remark.fill(WRITTEN);
    await expect(page.locator("#unsaved")).toContainText(says("assessment-not-saved"));
    await expect(page.locator("#unsaved")).toContainText(says("assessment-kept-to-copy"));
    await expect(remark).toHaveValue(WRITTEN);
    await expect(remark, "and can be copied").toBeEnabled();

    const later = await windowOf("officer");
    await later.goto(ITEM);
    await expect(later.locator("#remark"), "what was saved in time counts").toHaveValue("Bắt đầu");
    await expect(later.locator("#remark")).toBeDisabled();
  });
});

test("what is written before the script has come is saved once it is there", async ({ page }) => {
  let arrive = (): void => undefined;
  const held = new Promise<void>((done) => (arrive = done));
  await page.route(/\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(ITEM, { waitUntil: "commit" });
  await page.locator("#remark").fill(WRITTEN);
  await expect(page.locator("#saved")).toBeEmpty();
  arrive();
  await expect(page.locator("#saved")).toContainText(/\d\d:\d\d/);
});
