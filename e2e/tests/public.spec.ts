import { expect, test } from "../support/test";
import { says } from "../support/texts";

/** What somebody sees who has nothing but the address. */
test.use({ phase: "published", javaScriptEnabled: false });

const RELEASE = "/public/vi/hanoi-2023/1";

test("from the front page to an agency, its items and the files, without JavaScript @phone", async ({ page, context }) => {
  await page.goto("/public");
  await expect(page).toHaveURL(RELEASE);
  await expect(page.getByText(says("portal-rank-interval")).first()).toBeVisible();
  await page.getByRole("link", { name: "Sở Tài chính" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sở Tài chính");
  await expect(page.getByRole("main")).toContainText("Ban hành kế hoạch CCHC năm");
  await page.getByRole("link", { name: "English" }).click();
  await expect(page).toHaveURL(/\/public\/en\/hanoi-2023\/1\/agencies\/STC$/);
  await page.goto(`${RELEASE}/verify`);
  await page.getByRole("button", { name: says("portal-verify-again") }).click();
  await expect(page.getByRole("main")).toContainText(says("portal-verify-now"));
  expect(await context.cookies(), "nobody is followed").toEqual([]);
});

test("a page that a browser has is not sent again, and a file stays for good", async ({ request }) => {
  for (const [path, kept] of [[RELEASE, "max-age=60"], [`${RELEASE}/files/results/agencies.csv`, "immutable"]] as const) {
    const first = await request.get(path);
    expect(first.headers()["cache-control"]).toContain(kept);
    const again = await request.get(path, { headers: { "if-none-match": first.headers()["etag"] ?? "" } });
    expect(again.status(), path).toBe(304);
  }
});
