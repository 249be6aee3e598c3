import type { Page } from "@playwright/test";
import { shown } from "../support/figures";
import { BLOCKS, explain, leader, score, standing, STREAMS, type Standing } from "../support/program";
import { body, fact, ranking, section, table } from "../support/reading";
import { read } from "../support/sheets";
import { expect, test } from "../support/test";
import { type Lang, SIMULATED, WORDS } from "../support/words";

const EVERYWHERE = { tag: ["@phone", "@any-script"] };

/** What the ranking page has to show of a standing. */
const told = (row: Standing, lang: Lang) => ({
  rank: row.rank,
  name: `${row.name} ${row.code}`,
  appraisal: shown(row.appraisal_points, lang),
  survey: shown(row.survey_points, lang),
  bonus: shown(row.bonus, lang),
  penalty: shown(row.penalty, lang),
  index: shown(row.index ?? "", lang),
  band: row.band,
});

/** The item page says what `parindex explain` says: the rule, the figures used, the steps. */
async function expectExplained(page: Page, lines: string[], lang: Lang): Promise<void> {
  const words = WORDS[lang];
  const why = section(page, words.whyScore);
  const steps = await why.getByRole("listitem").allTextContents();
  const inputs = (await table(page, words.value).count()) > 0 ? await body(table(page, words.value)) : [];
  // Of an item that doesn't apply nobody owes a figure, so the page doesn't list those that are missing.
  const applies = !(await fact(page, words.score).innerText()).includes(words.notApplicable);
  const [rule, ...rest] = lines.filter((line) => applies || !line.endsWith(": –"));
  await expect(why.getByText(words.rule)).toBeVisible();
  expect((await why.getByText(words.rule).locator("..").innerText()).trim()).toBe(`${words.rule} ${rule}`);
  expect(steps).toEqual(rest.slice(inputs.length));
  inputs.forEach(([label = "", value = ""], at) => {
    // The label's cell also has the input's name, which formulas use.
    const line = rest[at] ?? "";
    const given = value === words.missing ? ": –" : `: ${value} (`;
    expect(line).toContain(given);
    expect(label).toContain(line.slice(0, line.indexOf(given)));
  });
}

test("from signing in to the reason of a score, in Vietnamese and then in English", EVERYWHERE, async ({ page }) => {
  const words = WORDS.vi;

  await test.step("sign in as the standing body", async () => {
    await page.goto("/");
    await expect(page).toHaveURL("/sign-in");
    await expect(page.getByRole("heading", { level: 1, name: words.signIn })).toBeVisible();
    await page.getByRole("radio", { name: "Nguyễn Văn Mẫu" }).check();
    await page.getByRole("button", { name: words.continue }).click();
    await expect(page).toHaveURL("/");
  });

  await test.step("home tells the phase, the sixteen tasks and what is late", async () => {
    await expect(page.getByRole("heading", { level: 1 })).toContainText(words.campaign);
    await expect(page.getByRole("banner").getByRole("paragraph").filter({ hasText: words.phase })).toBeVisible();
    await expect(page.getByRole("region", { name: words.notices })).toContainText(SIMULATED);

    const tasks = read("tasks");
    expect(tasks).toHaveLength(16);
    const planned = (await body(table(page, words.product))).filter((cells) => cells.length > 1);
    expect(planned.map(([code]) => code)).toEqual(tasks.map((task) => task.code));
    planned.forEach(([, title], at) => expect(title).toContain(tasks[at]?.title));

    const [day, month, year] = (await fact(page, "Hôm nay").innerText()).split("/");
    const today = `${year}-${month}-${day}`;
    const late = tasks.filter((task) => task.status !== "done" && (task.due ?? "") < today).map((task) => task.title);
    const links = section(page, words.late).getByRole("link");
    expect((await links.allTextContents()).toSorted()).toEqual(late.toSorted());

    await expect(fact(page, "Nhiệm vụ")).toHaveText(`${tasks.filter((task) => task.status === "done").length} trên 16 đã xong`);
  });

  await test.step("the ranking of both blocks after each stream is what `parindex score` says", async () => {
    await page.getByRole("navigation", { name: words.pages }).getByRole("link", { name: words.ranking.department }).click();
    await expect(page.getByRole("heading", { level: 1, name: words.ranking.department })).toBeVisible();
    for (const block of BLOCKS) {
      await page.getByRole("main").getByRole("link", { name: words.block[block], exact: true }).click();
      for (const stream of STREAMS) {
        await page.getByRole("main").getByRole("link", { name: words.stream[stream], exact: true }).click();
        await expect(page).toHaveURL(`/ranking/${block}?stream=${stream}`);
        await expect(page.getByRole("region", { name: words.notices })).toContainText(SIMULATED);
        const rows = await ranking(page, words);
        expect(rows).toHaveLength({ department: 22, district: 30 }[block]);
        expect(rows).toMatchObject(score(block, stream, "vi").map((row) => told(row, "vi")));
      }
    }
  });

  const first = leader("department", "final", "vi");

  await test.step("the agency has the index of the ranking, and its fields", async () => {
    await page.goto("/ranking/department");
    await page.getByRole("link", { name: first.name, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: first.name })).toBeVisible();
    await expect(fact(page, words.column.index)).toContainText(shown(first.index ?? "", "vi"));
    await expect(fact(page, words.column.rank)).toContainText("1 trên 22");
    expect(await section(page, words.whyIndex).getByRole("listitem").allTextContents()).toEqual(explain(first.code, "final", "vi").get(""));
    const fields = await body(table(page, words.field));
    expect(fields.map(([field]) => field?.slice(0, 2))).toEqual(["1.", "2.", "3.", "4.", "5.", "6.", "7.", "8."]);
  });

  await test.step("the tree has the three streams side by side", async () => {
    const field = page.getByRole("group").filter({ hasText: /^\s*1\. / });
    await expect(field.getByRole("table")).toBeHidden();
    await field.getByText(/^1\. /).first().click();
    await expect(field.getByRole("table")).toBeVisible();
    const heads = await field.getByRole("columnheader").allInnerTexts();
    expect(heads.slice(2, 5)).toEqual(STREAMS.map((stream) => words.stream[stream]));
  });

  await test.step("an item tells why it has its score", async () => {
    await page.getByRole("link", { name: /^1\.1\.3\. / }).click();
    await expect(page.getByRole("heading", { level: 1, name: /^1\.1\.3\. / })).toBeVisible();
    await expectExplained(page, explain(first.code, "final", "vi").get("1.1.3") ?? [], "vi");
  });

  await test.step("the other language keeps the page and turns all of it", async () => {
    const here = page.url();
    await page.getByRole("button", { name: "English" }).click();
    await expect(page).toHaveURL(here);
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expect(page.getByRole("heading", { name: WORDS.en.whyScore })).toBeVisible();
    await expectExplained(page, explain(first.code, "final", "en").get("1.1.3") ?? [], "en");

    await page.getByRole("navigation", { name: WORDS.en.pages }).getByRole("link", { name: WORDS.en.ranking.district }).click();
    expect(await ranking(page, WORDS.en)).toMatchObject(score("district", "final", "en").map((row) => told(row, "en")));
  });

  await test.step("sign out", async () => {
    await page.getByRole("banner").getByText("Standing body").first().click();
    await page.getByRole("button", { name: WORDS.en.signOut }).click();
    await expect(page).toHaveURL("/sign-in");
    await page.goto("/ranking/department");
    await expect(page).toHaveURL(/\/sign-in\?next=/);
  });
});

for (const lang of ["vi", "en"] as const) {
  test.describe(() => {
    test.use({ lang, person: "standingBody" });

    test(`items of every kind are explained as by the command line, in ${lang}`, async ({ page }) => {
      const lines = explain("BDT", "appraisal1", lang);
      const codes = [...lines.keys()].filter(Boolean);
      // Every eighth, so that each kind of rule comes along; 6.1.1 has figures over a thousand.
      const some = codes.filter((code, at) => at % 8 === 0 || code === "6.1.1");
      expect(some.length).toBeGreaterThan(9);
      for (const code of some) {
        await test.step(code, async () => {
          await page.goto(`/agencies/BDT/items/${code}?stream=appraisal1`);
          await expectExplained(page, lines.get(code) ?? [], lang);
        });
      }
    });

    test(`figures are written as readers of ${lang} do`, async ({ page }) => {
      const done = read("claims").find((row) => row.agency === "BDT" && row.item === "6.1.1" && row.input === "total");
      const value = Number(done?.value);
      expect(value).toBeGreaterThan(1000);
      await page.goto("/agencies/BDT/items/6.1.1?stream=self");
      const thousands = String(Math.floor(value / 1000));
      const rest = String(value % 1000).padStart(3, "0");
      await expect(table(page, WORDS[lang].value)).toContainText(lang === "vi" ? `${thousands}.${rest}` : `${thousands},${rest}`);
      const index = standing("department", "BDT", "self", lang).index ?? "";
      await page.goto("/agencies/BDT?stream=self");
      await expect(fact(page, WORDS[lang].column.index)).toContainText(shown(index, lang));
    });
  });
}
