import { join } from "node:path";
import { expect, settled, test } from "../support/test";

/** The pictures of the documentation are made anew by `UPDATE_SCREENSHOTS=1`; else the same steps only show that they can be. */
const WANTED = process.env["UPDATE_SCREENSHOTS"] === "1";
const FOLDER = join(import.meta.dirname, WANTED ? "../../docs/screenshots" : "../artefacts/screenshots");

const PICTURES = [
  { name: "home", path: "/", tag: "@desktop" },
  { name: "ranking", path: "/ranking/department", tag: "@desktop" },
  { name: "agency", path: "/agencies/SNV", tag: "@desktop" },
  { name: "item", path: "/agencies/SNV/items/1.1.3", tag: "@desktop" },
  { name: "phone", path: "/ranking/district", tag: "@phone-only" },
];

test.use({ person: "standingBody" });

for (const { name, path, tag } of PICTURES) {
  test(`a picture of ${name}`, { tag }, async ({ page, words }) => {
    await page.goto(path);
    await settled(page);
    if (path.startsWith("/ranking")) await expect(page.getByRole("img", { name: words.chart }).locator("canvas")).toBeVisible();
    await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: "disabled" });
  });
}
