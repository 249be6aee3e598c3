import { shown } from "../support/figures";
import { score, standing } from "../support/program";
import { fact } from "../support/reading";
import { expect, test } from "../support/test";
import { LANGS } from "../support/words";

/** A figure with decimals, as points and indices are shown; dates have none. */
const SCORE = /\d[.,]\d\d(?!\d)/;

for (const lang of LANGS) {
  test.describe(`in ${lang}`, () => {
    test.use({ lang, refusals: [403, 404] });

    test.describe("an agency's officer", () => {
      test.use({ person: "officer" });

      test("reads the own agency, and not the others", async ({ page, words }) => {
        await page.goto("/");
        const own = standing("department", "STC", "final", lang);
        await expect(page.getByRole("region", { name: own.name })).toContainText(shown(own.index ?? "", lang));
        const pages = page.getByRole("navigation", { name: words.pages });
        await expect(pages.getByRole("link")).toHaveText([words.home, words.ownAgency, words.assessment, words.evidence]);

        await pages.getByRole("link", { name: words.ownAgency }).click();
        await expect(page.getByRole("heading", { level: 1, name: own.name })).toBeVisible();
        await expect(fact(page, words.column.index)).toContainText(shown(own.index ?? "", lang));
        // What the block's other agencies came to is nobody else's business before publication.
        await expect(page.getByText(words.mean)).toHaveCount(0);

        for (const path of ["/agencies/SNV", "/agencies/SNV?stream=self", "/agencies/SNV/items/1.1.3"]) {
          const answer = await page.goto(path);
          expect(answer?.status(), path).toBe(404);
          await expect(page.getByRole("heading", { level: 1, name: words.notFound })).toBeVisible();
          await expect(page.getByRole("main")).not.toContainText(SCORE);
        }
      });

      test("is told why the ranking is closed, and finds the way back", async ({ page, words }) => {
        for (const path of ["/ranking/department", "/ranking/district?stream=self"]) {
          const answer = await page.goto(path);
          expect(answer?.status(), path).toBe(403);
        }
        await expect(page.getByRole("heading", { level: 1, name: words.forbidden })).toBeVisible();
        await expect(page.getByText(words.forbiddenWhy)).toBeVisible();
        await page.getByRole("link", { name: words.toHome }).click();
        await expect(page).toHaveURL("/");
      });
    });

    test.describe("the operator", () => {
      test.use({ person: "operator" });

      test("sees no score anywhere", async ({ page, words }) => {
        await page.goto("/");
        await expect(page.getByRole("navigation", { name: words.pages }).getByRole("link")).toHaveText([words.home, words.people, words.outbox]);
        await expect(page.locator("body")).not.toContainText(SCORE);
        const [first] = score("department", "final", lang);
        for (const path of ["/ranking/department", "/ranking/district", `/agencies/${first?.code}`, `/agencies/${first?.code}/items/1.1.3`]) {
          const answer = await page.goto(path);
          expect(answer?.status(), path).toBe(404);
          await expect(page.locator("body")).not.toContainText(SCORE);
          await expect(page.locator("body")).not.toContainText(first?.name ?? "");
        }
      });
    });

    test("whoever isn't signed in is asked to, and then comes to the page asked for", async ({ page, words }) => {
      for (const path of ["/", "/ranking/department", "/agencies/SNV"]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1, name: words.signIn })).toBeVisible();
      }
      const asked = "/agencies/STC/items/1.1.3?stream=self";
      await page.goto(asked);
      await page.getByRole("radio", { name: "Trần Thị Mẫu" }).check();
      await page.getByRole("button", { name: words.continue }).click();
      await expect(page).toHaveURL(asked);
      await expect(page.getByRole("heading", { level: 1, name: /^1\.1\.3\. / })).toBeVisible();
    });
  });
}

test("signing in leads to no other server", async ({ page, words }) => {
  await page.goto("/sign-in?next=%2F%2Fexample.org%2F");
  await page.getByRole("radio", { name: "Trần Thị Mẫu" }).check();
  await page.getByRole("button", { name: words.continue }).click();
  await expect(page).toHaveURL("/");
});
