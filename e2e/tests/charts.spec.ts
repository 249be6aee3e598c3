import type { Locator } from "@playwright/test";
import { BLOCKS } from "../support/program";
import { ranking } from "../support/reading";
import { expect, test } from "../support/test";

/** How many colours a canvas has, and the share of it that is drawn on. */
async function drawn(canvas: Locator): Promise<{ colours: number; share: number }> {
  return canvas.evaluate((element) => {
    const source = element as HTMLCanvasElement;
    // A copy, as Chromium complains when the page's own canvas is read.
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [source.width, source.height];
    const context = copy.getContext("2d", { willReadFrequently: true });
    context?.drawImage(source, 0, 0);
    const pixels = context?.getImageData(0, 0, copy.width, copy.height).data ?? new Uint8ClampedArray();
    const colours = new Set<number>();
    let painted = 0;
    for (let at = 0; at < pixels.length; at += 4) {
      if (pixels[at + 3] === 0) continue;
      painted += 1;
      colours.add(((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0));
    }
    return { colours: colours.size, share: painted / (pixels.length / 4) };
  });
}

test.use({ person: "standingBody" });

for (const block of BLOCKS) {
  test(`the chart of ${block} is drawn, and the table below has its figures`, { tag: "@phone" }, async ({ page, words }) => {
    await page.goto(`/ranking/${block}`);
    const chart = page.getByRole("img", { name: words.chart });
    await expect(chart).toBeVisible();
    await expect(chart.locator("canvas")).toBeVisible();
    await expect.poll(() => drawn(chart.locator("canvas")).then(({ share }) => share)).toBeGreaterThan(0.1);
    expect((await drawn(chart.locator("canvas"))).colours).toBeGreaterThan(5);
    const { width = 0 } = (await chart.boundingBox()) ?? {};
    expect(width).toBeGreaterThan(300);
    expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
    expect(await ranking(page, words)).not.toHaveLength(0);
  });

  test(`without scripts the figures of ${block} are there and no empty chart is`, { tag: "@without-script" }, async ({ page, words }) => {
    await page.goto(`/ranking/${block}`);
    await expect(page.getByRole("img", { name: words.chart })).toBeHidden();
    const rows = await ranking(page, words);
    expect(rows).toHaveLength({ department: 22, district: 30 }[block]);
    for (const row of rows) expect(row.index).toMatch(/^\d+,\d\d$/);
  });
}

test("the colours of the chart are those of the classes", async ({ page, words }) => {
  await page.goto("/ranking/district");
  const canvas = page.getByRole("img", { name: words.chart }).locator("canvas");
  await expect.poll(() => drawn(canvas).then(({ share }) => share)).toBeGreaterThan(0.1);
  const squares = await page.getByRole("figure").getByRole("listitem").evaluateAll((items) =>
    items.map((item) => getComputedStyle(item.firstElementChild ?? item).color),
  );
  expect(new Set(squares).size, "one colour a class").toBe(words.bands.length);
});

test.describe("an agency's page", () => {
  test("draws each field beside the mean of the block", { tag: ["@any-script"] }, async ({ page, words }) => {
    await page.goto("/agencies/SNV");
    const bars = page.getByRole("table").filter({ has: page.getByRole("columnheader", { name: words.field }) }).locator("svg");
    await expect(bars).toHaveCount(8);
    for (const bar of await bars.all()) {
      const [track, value] = await bar.locator("rect").evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().width));
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThanOrEqual(track ?? 0);
      await expect(bar.locator("line")).toHaveCount(1);
    }
  });
});
