import { ranking } from "../support/reading";
import { expect, test } from "../support/test";
import { LANGS } from "../support/words";

for (const lang of LANGS) {
  test.describe(`in ${lang}`, () => {
    test.use({ lang, person: "standingBody", refusals: [404, 422] });

    test("an unknown address says so, with a way back", { tag: "@any-script" }, async ({ page, words }) => {
      const paths = ["/nothing", "/ranking/province", "/agencies/XYZ", "/agencies/SNV/items/99.9", "/agencies/%00", "/assets/none.js", "/sign-out"];
      for (const path of paths) {
        const answer = await page.goto(path);
        expect(answer?.status(), path).toBe(404);
        await expect(page.locator("html")).toHaveAttribute("lang", lang);
        await expect(page.getByRole("heading", { level: 1, name: words.notFound })).toBeVisible();
      }
      await page.getByRole("link", { name: words.toHome }).click();
      await expect(page).toHaveURL("/");
    });

    test("a query that nobody understands is answered as if it weren't there", async ({ page, words }) => {
      for (const query of ["stream=x&sort=y", "stream=&sort=&dir=", "sort=name&dir=sideways", "%ff=%ff&&=&stream", `stream=${"a".repeat(4000)}`]) {
        const answer = await page.goto(`/ranking/department?${query}`);
        expect(answer?.status(), query.slice(0, 40)).toBe(200);
        expect(await ranking(page, words)).toHaveLength(22);
      }
      for (const path of ["/agencies/SNV?stream=x", "/agencies/SNV/items/1.1.3?stream=%F0%9F%8E%89"]) {
        const answer = await page.goto(path);
        expect(answer?.status(), path).toBe(200);
      }
    });

    test("a form that isn't from our pages changes nothing and says so", async ({ page, context, words, baseURL }) => {
      const elsewhere: Record<string, string>[] = [{ origin: "https://example.org" }, { "sec-fetch-site": "cross-site" }];
      for (const from of elsewhere) {
        const headers = { ...from, "accept-language": lang };
        const answer = await context.request.post("/sign-out", { headers, form: { csrf: "x" } });
        expect(answer.status()).toBe(422);
        expect(await answer.text()).toContain(words.refused);
      }
      expect((await context.request.post("/sign-out", { form: { csrf: "guessed" } })).status()).toBe(422);
      await page.goto("/");
      await expect(page, "still signed in").toHaveURL(`${baseURL}/`);
    });
  });
}

for (const lang of LANGS) {
  test.describe(() => {
    test.use({ lang, refusals: [422] });

    test(`signing in as nobody leads to what is wrong, in ${lang}`, { tag: "@any-script" }, async ({ page, words }) => {
      await page.goto("/sign-in?next=%2Franking%2Fdistrict");
      await page.getByRole("button", { name: words.continue }).click();
      const summary = page.getByRole("alert");
      await expect(summary.getByRole("link", { name: words.chooseSomebody })).toBeVisible();
      await summary.getByRole("link", { name: words.chooseSomebody }).click();
      await expect(page.getByRole("radio").first()).toBeInViewport();
      await page.getByRole("radio", { name: "Nguyễn Văn Mẫu" }).check();
      await page.getByRole("button", { name: words.continue }).click();
      await expect(page, "the page asked for isn't forgotten").toHaveURL("/ranking/district");
    });
  });
}
