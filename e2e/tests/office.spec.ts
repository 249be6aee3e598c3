import { type Browser, type Page, expect as check } from "@playwright/test";
import { City, TAKING_PART } from "../support/city";
import { expect, test } from "../support/test";
import { says } from "../support/texts";

/** The people of the journey, each in a browser of their own. */
const PEOPLE = {
  standingBody: "noivu",
  officer: "stc.officer",
  head: "stc.head",
  headOfDistrict: "dongda.head",
  /** Appraises every field; works at neither agency. */
  appraiser: "tochuc4",
  /** Works at STC. */
  conflicted: "tochuc3",
  members: ["hoidong1", "hoidong2", "hoidong3", "hoidong4", "hoidong5"],
} as const;

/** Somebody's own browser window, signed in. */
async function window(browser: Browser, city: City, person: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: city.address, locale: "vi-VN" });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.locator(`input[name="person"][value="${person}"]`).check();
  await page.getByRole("button", { name: says("accounts-continue") }).click();
  await expect(page).toHaveURL("/");
  return page;
}

/** Takes the campaign's next step, reading first what it does. */
async function step(page: Page, event: string): Promise<void> {
  await page.goto("/campaign");
  await page.locator(`a[href="/campaign/steps/${event}"]`).click();
  await expect(page.getByRole("heading", { name: says("campaign-consequences") })).toBeVisible();
  const acknowledged = page.locator("#acknowledged");
  if (await acknowledged.count()) await acknowledged.check();
  await page.locator("#remark").fill("Theo kế hoạch");
  await page.locator("#form form button.btn-primary").click();
  await expect(page).toHaveURL(/\/campaign\b/);
  await expect(page.getByRole("status").first()).toBeVisible();
}

/** The items that an appraiser still owes for an agency, as links of the agency's page. */
async function owed(page: Page, agency: string): Promise<string[]> {
  await page.goto(`/agencies/${agency}/appraisal`);
  const hrefs = await page.locator(`main a[href^="/agencies/${agency}/appraisal/"]`).evaluateAll((links) =>
    links.map((link) => link.getAttribute("href") ?? ""),
  );
  return [...new Set(hrefs.map((href) => href.split("?")[0] ?? ""))].filter((href) => !href.endsWith("/appraisal"));
}

test.describe("a campaign, from its opening to the council's decision", () => {
  test.setTimeout(600_000);
  let city: City;

  test.beforeAll(async () => {
    city = await City.found();
  });
  test.afterAll(async () => city?.stop());

  test("officer, head, appraiser, standing body and council, each in a browser of their own", async ({ browser }) => {
    const [standingBody, officer, head, headOfDistrict, appraiser] = await Promise.all(
      [PEOPLE.standingBody, PEOPLE.officer, PEOPLE.head, PEOPLE.headOfDistrict, PEOPLE.appraiser].map((person) => window(browser, city, person)),
    ) as [Page, Page, Page, Page, Page];
    const ITEM = "1.1.3";

    await test.step("before the opening nobody writes", async () => {
      await officer.goto(`/agencies/STC/assessment/${ITEM}`);
      await expect(officer.locator("#remark")).toBeDisabled();
    });

    await test.step("the standing body opens the self-assessment", async () => step(standingBody, "open"));

    await test.step("the officer fills an item in: it saves by itself and tells the score", async () => {
      await officer.goto(`/agencies/STC/assessment/${ITEM}`);
      await officer.locator('[name="in.total"]').fill("50");
      await officer.locator('[name="in.done"]').fill("45");
      await officer.locator("#remark").fill("Năm nhiệm vụ chuyển sang năm sau");
      await officer.locator("#remark").blur();
      await expect(officer.locator("#saved")).toContainText(/\d\d:\d\d/);
      await officer.reload();
      await expect(officer.locator('[name="in.done"]')).toHaveValue("45");
      await expect(officer.locator("#live-score")).toContainText(/\d/);
    });

    await test.step("a second officer at the same item is told, and loses nothing", async () => {
      const other = await window(browser, city, PEOPLE.head);
      await other.goto(`/agencies/STC/assessment/${ITEM}`);
      await officer.locator('[name="in.done"]').fill("44");
      await officer.locator('[name="in.done"]').blur();
      await expect(officer.locator("#revision")).not.toHaveValue(await other.locator("#revision").inputValue());
      await other.locator('[name="in.done"]').fill("43");
      await other.locator('[name="in.done"]').blur();
      await expect(other.locator("#unsaved")).toContainText("Trần Thị Mẫu");
      await expect(other.locator("#unsaved")).toContainText("44");
      await expect(other.locator('[name="in.done"]')).toHaveValue("43");
      await other.context().close();
    });

    await test.step("both heads check the answers and submit; what is open they acknowledge", async () => {
      for (const [page, agency] of [[head, "STC"], [headOfDistrict, "D006"]] as const) {
        await page.goto(`/agencies/${agency}/assessment/check`);
        for (const box of await page.locator('input[name="ack"]').all()) await box.check();
        await page.getByRole("button", { name: says("assessment-submit"), exact: true }).click();
        await expect(page).toHaveURL(`/agencies/${agency}/assessment/receipt`);
        await expect(page.getByRole("main")).toContainText(/[0-9a-f]{64}/);
      }
      await officer.goto(`/agencies/STC/assessment/${ITEM}`);
      await expect(officer.locator("#remark")).toBeDisabled();
    });

    await test.step("self-assessment ends; nobody appraises where they work", async () => {
      await step(standingBody, "close_self_assessment");
      const conflicted = await window(browser, city, PEOPLE.conflicted);
      const answer = await conflicted.goto("/agencies/STC/appraisal/6.1.1");
      check(answer?.ok()).toBe(true);
      await expect(conflicted.getByRole("button", { name: says("appraisal-save") })).toHaveCount(0);
      await conflicted.context().close();
    });

    await test.step("the appraiser corrects one item and decides on all the others", async () => {
      await appraiser.goto(`/agencies/STC/appraisal/${ITEM}`);
      await appraiser.locator('[name="decision"][value="correct"]').check();
      await appraiser.locator('[name="in.done"]').fill("40");
      await appraiser.locator("#reason").selectOption("wrong_figure");
      await appraiser.locator("#remark").fill("Bốn nhiệm vụ chậm hạn theo báo cáo");
      await appraiser.getByRole("button", { name: says("appraisal-save") }).click();
      await expect(appraiser.locator(".error-summary")).toHaveCount(0);
      for (const agency of TAKING_PART) await acceptAll(appraiser, agency);
    });

    await test.step("the agency sees nothing of the draft before it is sent", async () => {
      await officer.goto(`/agencies/STC/items/${ITEM}`);
      await expect(officer.getByRole("main")).not.toContainText("Bốn nhiệm vụ chậm hạn");
    });

    await test.step("the standing body approves and sends round 1 as a whole", async () => {
      await approveAll(standingBody);
      await step(standingBody, "send_round1");
      await officer.goto(`/agencies/STC/items/${ITEM}`);
      await expect(officer.getByRole("main")).toContainText("Bốn nhiệm vụ chậm hạn");
    });

    await test.step("the agency explains, and its head sends it", async () => {
      await officer.goto(`/agencies/STC/explanations/${ITEM}`);
      await officer.locator("#text").fill("Hai nhiệm vụ hoàn thành đúng hạn, có văn bản kèm theo");
      await officer.locator("#text").blur();
      await expect(officer.locator("#saved")).toContainText(/\d\d:\d\d/);
      for (const [page, agency] of [[head, "STC"], [headOfDistrict, "D006"]] as const) {
        await page.goto(`/agencies/${agency}/explanations`);
        await page.getByRole("button", { name: says("assessment-send-explanations") }).click();
        await expect(page.locator(".error-summary")).toHaveCount(0);
      }
    });

    await test.step("round 2 has the explanation first, and corrects the item again", async () => {
      await step(standingBody, "close_explanation");
      await appraiser.goto("/agencies/STC/appraisal");
      await expect(appraiser.getByRole("main")).toContainText(ITEM);
      await appraiser.goto(`/agencies/STC/appraisal/${ITEM}`);
      await expect(appraiser.getByRole("main")).toContainText("Hai nhiệm vụ hoàn thành đúng hạn");
      await appraiser.locator('[name="decision"][value="correct"]').check();
      await appraiser.locator('[name="in.done"]').fill("42");
      await appraiser.locator("#reason").selectOption("explanation_accepted");
      await appraiser.locator("#remark").fill("Chấp nhận hai nhiệm vụ");
      await appraiser.getByRole("button", { name: says("appraisal-save") }).click();
      await approveAll(standingBody);
      await step(standingBody, "send_round2");
    });

    await test.step("the council meets, votes and decides", async () => {
      await decide(browser, city, standingBody);
    });

    await test.step("the ledger of the item tells it all", async () => {
      await officer.goto(`/agencies/STC/items/${ITEM}`);
      for (const said of ["Năm nhiệm vụ chuyển sang năm sau", "Bốn nhiệm vụ chậm hạn", "Hai nhiệm vụ hoàn thành đúng hạn", "Chấp nhận hai nhiệm vụ"]) {
        await expect(officer.getByRole("main")).toContainText(said);
      }
    });

    await test.step("the index is that of `parindex score` on the export, and the log is whole", async () => {
      for (const standing of city.score("final").filter((row) => row.index)) {
        await standingBody.goto(`/ranking/${standing.block}?stream=final`);
        const row = standingBody.getByRole("row").filter({ hasText: standing.code });
        const shown = Number(standing.index).toFixed(2).replace(".", ",");
        await expect(row).toContainText(shown);
      }
      check(city.score("final").filter((row) => row.index).map((row) => row.code).toSorted()).toEqual(["D006", "STC"]);
      check(city.verify()).toMatch(/\d/);
    });

    await test.step("a release is made, reviewed by a member of the council, published, and read by everybody", async () => {
      await standingBody.goto("/campaign");
      await standingBody.locator('main a[href="/publication"]').click();
      await standingBody.getByRole("button", { name: says("publication-make") }).click();
      await expect(standingBody).toHaveURL("/publication/1");
      await expect(standingBody.getByRole("main")).toContainText(says("publication-own-work"));
      const member = await window(browser, city, PEOPLE.members[0]);
      await member.goto("/publication/1");
      await member.getByRole("button", { name: says("publication-review-right") }).click();
      await expect(member.getByRole("main")).toContainText(says("publication-state-reviewed"));
      await member.context().close();
      await standingBody.goto("/publication/1");
      await standingBody.locator("#sure").check();
      await standingBody.getByRole("button", { name: says("publication-publish") }).click();
      await expect(standingBody.getByRole("main")).toContainText(says("publication-state-published"));

      const visitor = await browser.newContext({ baseURL: city.address, locale: "vi-VN", javaScriptEnabled: false });
      const portal = await visitor.newPage();
      await portal.goto("/public");
      await expect(portal).toHaveURL("/public/vi/hanoi-2023/1");
      for (const standing of city.score("final").filter((row) => row.index)) {
        const row = portal.getByRole("row").filter({ has: portal.locator(`a[href$="/agencies/${standing.code}"]`) });
        await expect(row).toContainText(Number(standing.index).toFixed(2).replace(".", ","));
      }
      const zip = await visitor.request.get("/public/vi/hanoi-2023/1/release.zip");
      check(city.verifyRelease(await zip.body())).toContain("✓");
      check(await visitor.cookies()).toEqual([]);
      await visitor.close();
    });
  });
});

/** Accepts what an agency claims, item by item: the forms of its pages, sent without being drawn, as there are some seventy. */
async function acceptAll(page: Page, agency: string): Promise<void> {
  for (const href of await owed(page, agency)) {
    const html = await (await page.request.get(href)).text();
    const of = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
    if (!/name="decision" value="accept"/.test(html) || /name="decision" value="[a-z]+"[^>]* checked/.test(html)) continue;
    const form = { csrf: of("csrf"), revision: of("revision"), from: of("from"), decision: "accept" };
    const answer = await page.request.post(href, { form, headers: { "sec-fetch-site": "same-origin" }, maxRedirects: 0 });
    check(answer.status(), `${href}: ${await answer.text()}`).toBe(303);
  }
}

async function approveAll(page: Page): Promise<void> {
  await page.goto("/campaign/approvals");
  await page.getByRole("button", { name: says("campaign-approve") }).click();
  await expect(page).toHaveURL(/\/campaign\/agencies/);
}

/** Convenes, has every member vote on every question, and decides. */
async function decide(browser: Browser, city: City, standingBody: Page): Promise<void> {
  await standingBody.goto("/council");
  await standingBody.locator("#on").fill(new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" }));
  await standingBody.locator("#place").fill("Phòng họp số 1");
  await standingBody.locator("#chair").selectOption("hoidong1");
  await standingBody.getByRole("button", { name: says("council-convene") }).click();
  await expect(standingBody.locator(".error-summary")).toHaveCount(0);
  for (const name of PEOPLE.members) {
    const member = await window(browser, city, name);
    await member.goto("/council");
    const questions = await member.locator('main a[href^="/council/questions/"]').evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute("href") ?? ""))]);
    check(questions.length).toBeGreaterThan(0);
    for (const question of questions) {
      await member.goto(question);
      const approve = member.locator('button[name="choice"][value="approve"]');
      if (await approve.count()) {
        await approve.click();
        await expect(member.locator(".error-summary")).toHaveCount(0);
      }
    }
    await member.context().close();
  }
  await standingBody.goto("/council");
  const questions = await standingBody.locator('main a[href^="/council/questions/"]').evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute("href") ?? ""))]);
  for (const question of questions) {
    await standingBody.goto(question);
    const close = standingBody.getByRole("button", { name: says("council-close") });
    if (await close.count()) await close.click();
  }
  await standingBody.goto("/council/decide");
  await standingBody.locator("#sure").check();
  await standingBody.getByRole("button", { name: says("council-decide") }).click();
  await expect(standingBody.locator(".error-summary")).toHaveCount(0);
  await expect(standingBody.getByRole("banner")).toContainText(says("phase-decided"));
}
