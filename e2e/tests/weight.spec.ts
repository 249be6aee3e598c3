import type { Page, TestInfo } from "@playwright/test";
import { expect, type Person, type Phase, test } from "../support/test";

/** Most bytes over the network for a first visit, by page: fonts, scripts and styles included, compressed as the server sends them. */
const PAGES: { name: string; path: string; most: number; person?: Person; phase?: Phase }[] = [
  { name: "ranking", path: "/ranking/department", most: 400_000 },
  { name: "agency", path: "/agencies/SNV", most: 200_000 },
  { name: "home", path: "/", most: 200_000 },
  { name: "item", path: "/agencies/SNV/items/1.1.3", most: 200_000 },
  { name: "self-assessment", path: "/agencies/STC/assessment", most: 400_000, person: "officer", phase: "open" },
  { name: "self-assessment of an item", path: "/agencies/STC/assessment/1.1.3", most: 400_000, person: "officer", phase: "open" },
  { name: "appraisal across agencies", path: "/appraisal/department/1.1.3", most: 400_000, person: "appraiser", phase: "appraisal1" },
];

/** Bytes over the network for a first visit. */
async function weigh(page: Page, path: string, name: string, info: TestInfo): Promise<number> {
  const network = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  await network.send("Network.setCacheDisabled", { cacheDisabled: true });
  const urls = new Map<string, string>();
  const sizes: [size: number, url: string][] = [];
  network.on("Network.responseReceived", ({ requestId, response }) => urls.set(requestId, response.url));
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => sizes.push([encodedDataLength, urls.get(requestId) ?? requestId]));
  await page.goto(path, { waitUntil: "networkidle" });

  const weight = sizes.reduce((sum, [size]) => sum + size, 0);
  const parts = sizes.toSorted(([a], [b]) => b - a).map(([size, url]) => `${(size / 1000).toFixed(1)} kB ${new URL(url).pathname}`);
  console.log(`      ${name}: ${(weight / 1000).toFixed(1)} kB in ${sizes.length} requests (${parts.join(", ")})`);
  info.annotations.push({ type: "weight", description: `${weight} bytes: ${parts.join(", ")}` });
  expect(sizes.length).toBeGreaterThan(2);
  return weight;
}

for (const { name, path, most, person = "standingBody", phase = "council" } of PAGES) {
  test.describe(() => {
    test.use({ person, phase });

    test(`a first visit to ${name} takes less than ${most / 1000} kB`, async ({ page }, info) => {
      expect(await weigh(page, path, name, info)).toBeLessThan(most);
    });
  });
}

/** A form of one agency, and one of all departments, as respondents' phones load them on a slow line. */
test.describe(() => {
  test.use({ person: "keyer", phase: "open" });

  for (const form of ["S5-2023", "S1-2023"]) {
    test(`a respondent's form ${form}, with its script and style, takes less than 60 kB`, async ({ page, browser, address }, info) => {
      await page.goto("/survey/doors");
      const door = await page.getByRole("row").filter({ hasText: form }).getByRole("link").first().getAttribute("href");
      const context = await browser.newContext({ baseURL: address, locale: "vi-VN" });
      const phone = await context.newPage();
      expect(await weigh(phone, door ?? "", `form ${form}`, info)).toBeLessThan(60_000);
      await expect(phone.locator("form[data-form]")).toBeVisible();
      await context.close();
    });
  }
});
