import { writeFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { pdf } from "../support/files";
import { expect, test } from "../support/test";
import { says } from "../support/texts";

const ITEM = "/agencies/STC/assessment/1.1.3";
const PIECE = 4 * 1024 * 1024;

test.use({ person: "officer", phase: "open", alone: true });

/** Where each piece that was sent began. */
function pieces(page: Page): number[] {
  const begun: number[] = [];
  page.on("request", (request) => {
    if (request.method() === "PATCH") begun.push(Number(request.headers()["upload-offset"]));
  });
  return begun;
}

test("several files are dropped at once and stand below the item", async ({ page }) => {
  await page.goto(ITEM);
  await page.locator("#remark").fill("Đang viết");
  const files = ["Báo cáo quý I", "Báo cáo quý II", "Báo cáo quý III"].map((title) => pdf(title));
  const dropped = await page.evaluateHandle((files) => {
    const data = new DataTransfer();
    for (const { name, type, text } of files) data.items.add(new File([text], name, { type }));
    return data;
  }, files.map(({ name, mimeType, buffer }) => ({ name, type: mimeType, text: buffer.toString() })));
  await page.locator("form.attach").dispatchEvent("drop", { dataTransfer: dropped });

  await expect(page.locator(".proof")).toHaveCount(3);
  await expect(page.locator(".attach-files li")).toHaveText(files.map(({ name }) => new RegExp(`${name}.*${says("evidence-js-stored")}`)));
  await expect(page.locator("#remark"), "what is being written stays").toHaveValue("Đang viết");
  await page.goto("/agencies/STC/evidence");
  for (const { name } of files) await expect(page.getByRole("table")).toContainText(name);
});

test.describe("a file whose content isn't what its name says", () => {
  test.use({ refusals: [422] });

  test("is refused in words, the others are not", async ({ page }) => {
    await page.goto(ITEM);
    const program = { name: "Chương trình.pdf", mimeType: "application/pdf", buffer: Buffer.from("MZ\0\0") };
    await page.locator("form.attach input[type=file]").setInputFiles([program, pdf("Tốt")]);
    await expect(page.locator(".proof")).toHaveCount(1);
    await expect(page.locator(".attach-files .field-error")).toContainText(/\S/);
  });
});

test.describe("on a line that breaks", () => {
  test.use({ refusals: [0] });

  test("what arrived isn't sent again", async ({ page }) => {
    const begun = pieces(page);
    let broken = 0;
    await page.route("**/uploads/*", async (route) => {
      const second = route.request().method() === "PATCH" && route.request().headers()["upload-offset"] === String(PIECE);
      if (second && broken++ === 0) await route.abort("connectionreset");
      else await route.continue();
    });
    await page.goto(ITEM);
    await page.locator("form.attach input[type=file]").setInputFiles(pdf("Lớn", 2 * PIECE + 100));
    await expect(page.locator(".proof")).toHaveCount(1, { timeout: 30_000 });
    expect(begun).toEqual([0, PIECE, PIECE, 2 * PIECE]);
  });

  test("a file chosen again after the page was closed goes on where it was", async ({ page }, info) => {
    // Known by its name, size and date, which only a file of a folder keeps.
    const path = info.outputPath("Lớn.pdf");
    writeFileSync(path, pdf("Lớn", PIECE + 100).buffer);
    await page.route("**/uploads/*", async (route) => {
      if (route.request().headers()["upload-offset"] === String(PIECE)) await route.abort("connectionreset");
      else await route.continue();
    });
    await page.goto(ITEM);
    await page.locator("form.attach input[type=file]").setInputFiles(path);
    await expect(page.locator(".attach-files")).toContainText(says("evidence-js-interrupted"));
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.goto("/");
    const begun = pieces(page);
    await page.goto(ITEM);
    await expect(page.locator(".proof")).toHaveCount(0);
    await page.locator("form.attach input[type=file]").setInputFiles(path);
    await expect(page.locator(".proof")).toHaveCount(1);
    expect(begun).toEqual([PIECE]);
  });
});
