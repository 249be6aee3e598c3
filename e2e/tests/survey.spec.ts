/// The survey from its plan to its points in the index, and the points reckoned anew from the answers.

import { readFileSync } from "node:fs";
import { type Browser, type BrowserContextOptions, type Download, type Page, expect as check } from "@playwright/test";
import { expectAccessible } from "../support/accessible";
import { City } from "../support/city";
import { shown } from "../support/figures";
import { expectFit } from "../support/fit";
import { read } from "../support/sheets";
import { codes } from "../support/slips";
import { type Counts, type Said, count, points, questions, saying } from "../support/survey";
import { expect, PEOPLE, type Person, test } from "../support/test";
import { says } from "../support/texts";

/** The agency whose points are reckoned; the delegates rate another one with it. */
const RATED = "STC";
const OTHER = "SNV";
/** Delegates of the City, each of whom rates every department. */
const DELEGATES = "S1-2023";
/** Heads of divisions, each of whom rates their own department. */
const STAFF = "S2-2023";
/** Results of these come from another survey. */
const BROUGHT = ["S4-2023", "S5-2023"];
/** Fewest forms of a group that count. */
const MINIMUM = 4;

const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

/** The heads of divisions, and what they say. One gives the same answer to everything, which the rule refuses. */
const HEADS = {
  link: saying(STAFF, (at) => at % 3),
  withoutScript: saying(STAFF, (at) => (at + 1) % 4),
  offline: saying(STAFF, (at) => (at % 2) + 1),
  twice: saying(STAFF, (at) => (at * 2) % 5),
  straight: saying(STAFF, () => 0),
};
const DELEGATE = { [RATED]: saying(DELEGATES, (at) => (at % 3) + 1), [OTHER]: saying(DELEGATES, (at) => at % 2) };
/** Sheets of paper, by serial, and what they say of the one agency. */
const SHEETS = [saying(DELEGATES, (at) => at % 4), saying(DELEGATES, (at) => (at + 2) % 3), saying(DELEGATES, (at) => at % 2)];

/** What counts of all this, for the reckoning. */
function counted(): Counts {
  const counts: Counts = new Map();
  const add = (form: string, said: Said) => Object.entries(said).forEach(([question, choice]) => count(counts, form, question, choice));
  for (const [who, said] of Object.entries(HEADS)) if (who !== "straight") add(STAFF, said);
  for (const said of [DELEGATE[RATED] ?? {}, ...SHEETS]) add(DELEGATES, said);
  for (const { form = "", question = "", choice = "", count: many } of brought()) count(counts, form, question, choice, Number(many));
  return counts;
}

/** What the other survey counted of the agency: the shipped campaign's figures. */
const brought = () => read("tallies").filter((row) => row["agency"] === RATED && BROUGHT.some((form) => form === row["form"]));

/** What an agency is called. */
const agency = (code: string) => read("agencies").find((row) => row["code"] === code)?.["name"] ?? code;

/** A figure as a title writes it, to six digits behind the comma. */
const exactly = (title: string | null) => Number((title ?? "").replace(/[^0-9,.]/g, "").replace(",", "."));

async function signIn(browser: Browser, city: City, person: Person): Promise<Page> {
  const context = await browser.newContext({ baseURL: city.address, locale: "vi-VN" });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.locator(`input[name="person"][value="${PEOPLE[person]}"]`).check();
  await page.getByRole("button", { name: says("accounts-continue") }).click();
  await expect(page).toHaveURL("/");
  return page;
}

/** A respondent's browser, which nobody is signed in to. Whatever a page tells in the console is a failure, besides a
 *  line that is cut and a form that is refused. */
async function respondent(browser: Browser, city: City, told: string[], options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: city.address, locale: "vi-VN", ...PHONE, ...options });
  context.on("console", (message) => {
    if (message.type() === "error" && !/net::ERR_INTERNET_DISCONNECTED|status of 422/.test(message.text())) told.push(message.text());
  });
  context.on("weberror", (error) => void told.push(error.error().message));
  return context.newPage();
}

/** Where the questions on an agency stand on the page of a form that rates several, unfolded. */
async function place(page: Page, of: string): Promise<number> {
  const part = page.locator("details.agency").filter({ has: page.getByRole("heading", { name: agency(of), exact: true }) });
  if ((await part.getAttribute("open")) === null) await part.locator("summary").click();
  const id = (await part.locator("fieldset").first().getAttribute("id")) ?? "";
  return Number(/^q-(\d+)-/.exec(id)?.[1]);
}

async function fill(page: Page, said: Said, at = 0): Promise<void> {
  for (const [question, choice] of Object.entries(said)) await page.locator(`input[name="${at}.${question}"][value="${choice}"]`).check();
}

/** Sends what is filled in; the receipt that is shown. */
async function send(page: Page): Promise<string> {
  await page.getByRole("button", { name: says("answering-send") }).click();
  await expect(page.getByRole("heading", { name: says("answering-done") })).toBeVisible();
  const receipt = (await page.locator(".receipt").textContent()) ?? "";
  check(receipt).toMatch(/^\d{4} \d{4}$/);
  return receipt;
}

/** Nobody is kept from a page: axe finds nothing, all of it fits. */
async function expectGood(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `artefacts/survey/${name}.png`, fullPage: true });
  await expectAccessible(page, name);
  await expectFit(page, name);
}

async function bytes(download: Promise<Download>): Promise<Buffer> {
  return readFileSync(await (await download).path());
}

/** Keys a sheet that rates the one agency only. */
async function keySheet(page: Page, said: Said): Promise<void> {
  const asked = questions(DELEGATES);
  for (const section of await page.locator("[data-section]").all()) {
    const boxes = section.locator("input[data-kind]");
    await expect(boxes.first()).toBeFocused();
    if (!(await section.getByRole("heading", { name: agency(RATED) }).count())) {
      await page.keyboard.press("*");
      continue;
    }
    for (const box of await boxes.all()) {
      const of = ((await box.getAttribute("name")) ?? "").replace(/^\d+\./, "");
      const key = asked.find((question) => question.name === of)?.choices.findIndex((choice) => choice.name === said[of]);
      await page.keyboard.press(key === undefined || key < 0 ? "Enter" : String(key + 1));
    }
  }
  await page.keyboard.press("Enter");
}

test.describe("the survey, from its plan to its points", () => {
  test.setTimeout(600_000);
  let city: City;
  /** What respondents' pages told in the console. */
  const told: string[] = [];

  test.beforeAll(async () => {
    city = await City.found({ agencies: [RATED, OTHER], survey: "ahead" });
  });
  test.afterAll(async () => city?.stop());

  test("institute, respondents, keyers, monitor and standing body, each in a browser of their own", async ({ browser }) => {
    const institute = await signIn(browser, city, "keyer");
    const step = async (event: string) => {
      await institute.goto("/survey");
      await institute.locator(`form:has(input[name="event"][value="${event}"]) button`).click();
      await expect(institute).toHaveURL("/survey");
      await expect(institute.locator(`input[name="event"][value="${event}"]`)).toHaveCount(0);
    };
    let hash = "";

    await test.step("the institute plans: the rule, and a sample by hand", async () => {
      await institute.goto("/survey/plan/rules");
      await institute.locator("#minimum_responses").fill(String(MINIMUM));
      await institute.locator("#fast_seconds").fill("");
      await institute.locator("#straight_line").selectOption("reject");
      await institute.locator("form.survey-rules button").click();
      await expect(institute).toHaveURL(/\/survey\/plan#rules$/);
      await institute.goto(`/survey/plan/forms/${STAFF}`);
      await institute.locator(`[name="forms.${RATED}"]`).fill("5");
      await institute.locator(`[name="why.${RATED}"]`).fill("Mỗi phòng một người");
      await institute.getByRole("button", { name: says("survey-save"), exact: true }).click();
      await expect(institute.locator(".error-summary")).toHaveCount(0);
      await expect(institute.locator(`[name="forms.${RATED}"]`)).toHaveValue("5");
    });

    await test.step("before the plan is fixed nobody opens fieldwork; it is fixed with its hash", async () => {
      await institute.goto("/survey");
      await expect(institute.locator('input[name="event"][value="open"]')).toHaveCount(0);
      await institute.goto("/survey/plan/freeze");
      hash = (await institute.locator(".survey-hash code").textContent()) ?? "";
      check(hash).toMatch(/^[0-9a-f]{64}$/);
      await institute.locator("#sure").check();
      await institute.getByRole("button", { name: says("survey-event-freeze"), exact: true }).click();
      await expect(institute).toHaveURL("/survey");
      await institute.goto("/survey/plan");
      await expect(institute.locator(".survey-seal code").first()).toHaveText(hash);
      await step("open");
    });

    const [links, delegate] = await test.step("a list is invited, and slips are printed: the codes stand there alone", async () => {
      const people = Object.keys(HEADS).map((who, at) => `${STAFF},CB-${at},Người mẫu ${at} (${who}),${RATED}`);
      const list = ["form,person,name,agency", ...people, `${DELEGATES},DB-1,Đại biểu mẫu,`].join("\n");
      await institute.goto("/survey/invitations");
      await institute.locator("#list").setInputFiles({ name: "moi.csv", mimeType: "text/csv", buffer: Buffer.from(list) });
      await institute.locator("#small-list").check();
      await institute.getByRole("button", { name: says("survey-list-invite") }).click();
      await expect(institute).toHaveURL(/done=invited&n=6/);
      const printed = async (form: string) => {
        await institute.goto(`/survey/invitations?form=${form}`);
        await institute.locator("#small-print").check();
        const download = institute.waitForEvent("download");
        await institute.getByRole("button", { name: says("survey-print") }).click();
        return codes(await bytes(download));
      };
      return [await printed(STAFF), await printed(DELEGATES)];
    });
    check(links).toHaveLength(Object.keys(HEADS).length);
    check(delegate).toHaveLength(1);
    const link = (code = "") => `/phieu#${code}`;

    await test.step("a wrong code is told, and asks again", async () => {
      const phone = await respondent(browser, city, []);
      await phone.goto("/phieu");
      await expectGood(phone, "entrance");
      await phone.locator("#code").fill("AAAA-BBBB-CCCC-DDDD-EEEE");
      await phone.getByRole("button", { name: says("answering-continue") }).click();
      await expect(phone.getByRole("heading", { name: says("answering-unknown-title") })).toBeVisible();
      await expect(phone.locator("#code"), "what was typed can be mended").toHaveValue("AAAA-BBBB-CCCC-DDDD-EEEE");
      await expectGood(phone, "wrong-code");
      await phone.context().close();
    });

    await test.step("a head of division answers on a phone, by the link; the device keeps what is filled in", async () => {
      const phone = await respondent(browser, city, told);
      await phone.goto(link(links[0]));
      await expect(phone.locator("form[data-form]")).toBeVisible();
      await expectGood(phone, "form");
      await fill(phone, HEADS.link);
      await expect(phone.locator("p[data-kept]")).toHaveText(says("answering-script-kept"));
      await phone.reload();
      await expect(phone.locator("p[data-kept]")).toHaveText(says("answering-script-restored"));
      await send(phone);
      await expectGood(phone, "receipt");
      check(await phone.evaluate(() => localStorage.length), "nothing stays on the device").toBe(0);
      await phone.context().close();
    });

    await test.step("another one without scripts, who types the code and forgets a question", async () => {
      const phone = await respondent(browser, city, told, { javaScriptEnabled: false });
      await phone.goto("/phieu");
      await phone.locator("#code").fill((links[1] ?? "").replaceAll("-", "").toLowerCase());
      await phone.getByRole("button", { name: says("answering-continue") }).click();
      const [first = ""] = Object.keys(HEADS.withoutScript);
      await fill(phone, Object.fromEntries(Object.entries(HEADS.withoutScript).filter(([question]) => question !== first)));
      await phone.getByRole("button", { name: says("answering-send") }).click();
      const problem = phone.getByRole("alert");
      await expect(problem.getByRole("link")).toHaveCount(1);
      await phone.screenshot({ path: "artefacts/survey/form-forgotten.png", fullPage: true });
      await problem.getByRole("link").click();
      await fill(phone, { [first]: HEADS.withoutScript[first] ?? "" });
      await send(phone);
      await phone.screenshot({ path: "artefacts/survey/receipt-without-script.png", fullPage: true });
      await phone.context().close();
    });

    await test.step("a third is cut off while sending: it waits, and sends by itself", async () => {
      const phone = await respondent(browser, city, told);
      await phone.goto(link(links[2]));
      await fill(phone, HEADS.offline);
      await phone.context().setOffline(true);
      await phone.getByRole("button", { name: says("answering-send") }).click();
      await expect(phone.locator("p[data-kept]")).toHaveText(says("answering-script-waiting"));
      await phone.screenshot({ path: "artefacts/survey/form-waiting.png", fullPage: true });
      await phone.context().setOffline(false);
      await expect(phone.getByRole("heading", { name: says("answering-done") })).toBeVisible();
      await phone.context().close();
    });

    await test.step("a fourth answers twice: one answer, the first, and the same receipt", async () => {
      const phone = await respondent(browser, city, told);
      await phone.goto(link(links[3]));
      await fill(phone, HEADS.twice);
      const receipt = await send(phone);
      const again = await respondent(browser, city, told);
      await again.goto(link(links[3]));
      await fill(again, saying(STAFF, (at) => at % 4));
      check(await send(again)).toBe(receipt);
      for (const page of [phone, again]) await page.context().close();
    });

    await test.step("a fifth gives the first answer to everything", async () => {
      const phone = await respondent(browser, city, told);
      await phone.goto(link(links[4]));
      await fill(phone, HEADS.straight);
      await send(phone);
      await phone.context().close();
    });

    await test.step("a delegate rates two agencies by one link", async () => {
      const phone = await respondent(browser, city, told);
      await phone.goto(link(delegate[0]));
      await expectGood(phone, "form-of-several");
      for (const [code, said] of Object.entries(DELEGATE)) await fill(phone, said, await place(phone, code));
      await send(phone);
      await phone.context().close();
    });

    await test.step("paper: two key three sheets blindly, a third decides where they differ", async () => {
      await institute.goto("/survey/paper");
      await institute.locator("#target").selectOption(DELEGATES);
      await institute.locator("#sheets").fill("3");
      await institute.getByRole("button", { name: says("paper-make") }).click();
      await expect(institute).toHaveURL(/\/survey\/paper\/\d+$/);
      const batch = new URL(institute.url()).pathname;
      await institute.locator("#serials").fill("1-3");
      await institute.getByRole("button", { name: says("paper-record-do") }).click();
      await expect(institute).toHaveURL(/done=recorded/);
      // The second keyer slips once: the next choice but one in the first question of the second sheet.
      const [first = ""] = Object.keys(SHEETS[1] ?? {});
      const slip = { ...SHEETS[1], [first]: saying(DELEGATES, (at) => at + 4)[first] ?? "" };
      check(slip[first]).not.toBe(SHEETS[1]?.[first]);
      for (const [person, sheets] of [["secondKeyer", SHEETS], ["thirdKeyer", [SHEETS[0], slip, SHEETS[2]]]] as const) {
        const keyer = await signIn(browser, city, person);
        await keyer.goto(`${batch}/key`);
        for (const [at, said] of sheets.entries()) {
          await keySheet(keyer, said ?? {});
          await expect(keyer).toHaveURL(new RegExp(`key\\?done=${at + 1}$`));
        }
        await keyer.context().close();
      }
      await institute.goto(`${batch}/differences`);
      await expectGood(institute, "differences");
      const box = institute.locator("input[data-kind]");
      await expect(box).toHaveCount(1);
      const right = questions(DELEGATES).find((question) => question.name === first)?.choices.findIndex((choice) => choice.name === SHEETS[1]?.[first]);
      await institute.keyboard.press(String((right ?? 0) + 1));
      await institute.keyboard.press("Enter");
      await expect(institute).toHaveURL(/differences\?done=2$/);
      await institute.goto(batch);
      await expect(institute.locator("table").first().locator("tbody td")).toHaveText(["3", "3", "0", "0", "0", "0", "0", "0", "3"]);
    });

    await test.step("the monitor reads the progress, and changes nothing", async () => {
      const monitor = await signIn(browser, city, "monitor");
      await monitor.goto("/survey/progress");
      const staff = monitor.getByRole("row").filter({ hasText: STAFF }).first();
      await expect(staff.getByRole("cell").nth(2)).toHaveText("5");
      await monitor.goto("/survey");
      await expect(monitor.locator('main form[method="post"]')).toHaveCount(0);
      check((await monitor.goto("/survey/exports"))?.status()).toBe(403);
      await monitor.context().close();
    });

    await test.step("fieldwork ends: nobody answers any more, one response is refused by the rule", async () => {
      await step("close");
      const phone = await respondent(browser, city, []);
      await phone.goto(link(links[0]));
      await expect(phone.getByRole("heading", { name: says("answering-closed-title") })).toBeVisible();
      await phone.screenshot({ path: "artefacts/survey/closed.png", fullPage: true });
      await phone.context().close();
    });

    await test.step("the results of another survey are read in, looked at, and count", async () => {
      const columns = ["agency", "form", "question", "choice", "count"];
      const rows = brought().map((row) => columns.map((column) => row[column]).join(","));
      const file = ["agency,form,indicator,level,count", ...rows].join("\n");
      await institute.goto("/survey/sources");
      await institute.locator("#file").setInputFiles({ name: "sipas.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
      await institute.getByRole("button", { name: says("sources-read-in") }).click();
      await expect(institute).toHaveURL(/\/survey\/sources\/1$/);
      await institute.getByRole("button", { name: says("sources-take") }).click();
      await expect(institute.locator(".error-summary")).toHaveCount(0);
    });

    const reckoned = points("department", counted(), MINIMUM);

    await test.step("the points are those that the answers come to, item by item", async () => {
      await institute.goto("/survey/points?block=department");
      const heads = await institute.locator("table").first().locator("thead th abbr").allTextContents();
      const cells = institute.locator("table").first().locator("tbody tr").filter({ hasText: agency(RATED) }).locator("td");
      for (const [item, expected] of reckoned) {
        check(expected, item).toBeDefined();
        const exact = await cells.nth(heads.indexOf(item) + 2).getAttribute("title");
        check(exactly(exact), item).toBeCloseTo(expected ?? Number.NaN, 5);
      }
      check(heads.filter((item) => reckoned.has(item))).toHaveLength(reckoned.size);
    });

    await test.step("they are handed over, and the standing body finds them in the index", async () => {
      const standingBody = await signIn(browser, city, "standingBody");
      check((await standingBody.goto("/survey/points"))?.status(), "before").toBe(403);
      await institute.locator("#task").selectOption("13");
      await institute.getByRole("button", { name: says("survey-event-hand_over"), exact: true }).click();
      await expect(institute.locator(".error-summary")).toHaveCount(0);
      check((await standingBody.goto("/survey/points"))?.status(), "afterwards").toBe(200);

      const external = read("criteria").filter((row) => row["block"] === "department" && row["half"] === "survey" && row["rule"] === "external");
      const figures = external.map(({ code, max_points, parameter }) => {
        const figure = read("external").find((row) => row["agency"] === RATED && row["item"] === code);
        return (Number(max_points) * Number(figure?.["value"])) / Number(parameter);
      });
      const whole = [...reckoned.values(), ...figures].reduce<number>((sum, points) => sum + (points ?? Number.NaN), 0);
      const standing = city.score("self").find((row) => row.code === RATED);
      check(Number(standing?.survey_points)).toBeCloseTo(whole, 9);
      check(Number(standing?.index), "the index is whole with them").toBeGreaterThan(0);

      await standingBody.goto("/ranking/department?stream=self");
      const row = standingBody.getByRole("row").filter({ hasText: agency(RATED) });
      await expect(row).toContainText(shown(standing?.survey_points ?? "", "vi"));
      await expect(row).toContainText(shown(standing?.index ?? "", "vi"));
      await standingBody.goto("/plan/13");
      await expect(standingBody.getByRole("main"), "the task of the plan is done with it").toContainText(/SHA-256 [0-9a-f]{64}/);
      check(city.verify()).toMatch(/\d/);
    });

    check(told, "what respondents' pages told in the console").toEqual([]);
  });
});
