import { pdf } from "../support/files";
import { expect, test } from "../support/test";
import { says } from "../support/texts";

const ITEM = "/agencies/STC/assessment/1.1.3";

test.use({ person: "officer", phase: "open", alone: true });

test("an agency answers, attaches a file and submits", { tag: "@without-script" }, async ({ page, windowOf }) => {
  await page.goto(ITEM);
  await page.locator('[name="in.total"]').fill("50");
  await page.locator('[name="in.done"]').fill("45");
  await page.locator("#remark").fill("Năm nhiệm vụ chuyển sang năm sau");
  await page.getByRole("button", { name: says("assessment-save-and-go-on") }).click();
  await expect(page, "saving goes on to another item").not.toHaveURL(ITEM);

  await page.goto(ITEM);
  await expect(page.locator('[name="in.done"]')).toHaveValue("45");
  await page.locator("form.attach input[type=file]").setInputFiles([pdf("Kế hoạch"), pdf("Báo cáo")]);
  await page.getByRole("button", { name: says("evidence-send") }).click();
  await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(2);
  await page.getByRole("link", { name: says("evidence-came-back") }).click();
  await expect(page.locator(".proof")).toHaveCount(2);

  await test.step("the head is told what to acknowledge, then submits", async () => {
    const head = await windowOf("head");
    await head.goto("/agencies/STC/assessment/check");
    const submit = head.getByRole("button", { name: says("assessment-submit"), exact: true });
    await submit.click();
    await expect(head.locator(".error-summary")).toContainText(says("assessment-not-submitted"));
    for (const box of await head.locator('input[name="ack"]').all()) await box.check();
    await submit.click();
    await expect(head).toHaveURL("/agencies/STC/assessment/receipt");
    await expect(head.getByRole("main")).toContainText(/[0-9a-f]{64}/);
  });

  await page.goto(ITEM);
  await expect(page.locator("#remark")).toBeDisabled();
});
