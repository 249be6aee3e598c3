/// Each page in each language, wide and narrow: it fits, and it is accessible to whoever doesn't see it as we do.

import AxeBuilder from "@axe-core/playwright";
import { expectFit } from "../support/fit";
import { PAGES } from "../support/pages";
import { expect, settled, test } from "../support/test";
import { LANGS, SAMPLE, SIMULATED } from "../support/words";

/** WCAG 2.2 AA with what comes before it, and axe's own good practice. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** WCAG 1.4.4 and 1.4.10: a desktop at 200 % is half as wide, a window of 1280 px at 400 % as narrow as 320 px. */
const ZOOMED = [683, 320];

for (const lang of LANGS) {
  for (const { name, path, person, status, first } of PAGES) {
    test.describe(() => {
      test.use({ lang, person, refusals: status ? [status] : [] });

      test(`${name} in ${lang}`, { tag: "@phone" }, async ({ page, isMobile }, info) => {
        await page.goto(path);
        await first?.(page);
        await settled(page);

        await expect(page.locator("html")).toHaveAttribute("lang", lang);
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        if (status === undefined) {
          await expect(page.getByText(SIMULATED, { exact: true })).toBeVisible();
          await expect(page.getByText(SAMPLE, { exact: true })).toBeVisible();
        }
        if (lang === "vi") await page.screenshot({ path: `artefacts/pages/${info.project.name}/${name}.png`, fullPage: true });

        // There are no frames, so axe needs no page of its own to gather their results.
        const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(RULES).analyze();
        const told = violations.map(({ id, help, nodes }) => `${id}: ${help}:\n  ${nodes.map((node) => node.html).join("\n  ")}`);
        expect.soft(told, "axe").toEqual([]);

        await expectFit(page, "as it is");
        for (const width of isMobile ? [] : ZOOMED) {
          await page.setViewportSize({ width, height: 740 });
          await expectFit(page, `at ${width} px`);
        }
      });
    });
  }
}
