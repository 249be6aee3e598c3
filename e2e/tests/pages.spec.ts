/// Each page in each language, wide and narrow: it fits, and it is accessible to whoever doesn't see it as we do.

import { expectAccessible } from "../support/accessible";
import { expectFit } from "../support/fit";
import { PAGES, type Shown } from "../support/pages";
import { expect, settled, test } from "../support/test";
import { LANGS, SAMPLE, SIMULATED } from "../support/words";

/** WCAG 1.4.4 and 1.4.10: a desktop at 200 % is half as wide, a window of 1280 px at 400 % as narrow as 320 px. */
const ZOOMED = [683, 320];

/** What one reader sees of one demonstration. */
const READ = new Map<string, Shown[]>();
for (const shown of PAGES) {
  const reader = `${shown.person ?? "whoever comes"}, ${shown.phase ?? "council"}`;
  READ.set(reader, [...(READ.get(reader) ?? []), shown]);
}

for (const lang of LANGS) {
  for (const [reader, pages] of READ) {
    test.describe(() => {
      const [{ person = null, phase = "council" } = {}] = pages;
      test.use({ lang, person, phase, refusals: pages.flatMap(({ status }) => status ?? []) });
      test.describe.configure({ timeout: 30_000 + pages.length * 10_000 });

      // One browser page for all that somebody reads: making a new one takes longer than what is done with it. On the phone in
      // Vietnamese only: the desktop shows English at the same widths.
      test(`pages of ${reader} in ${lang}`, { tag: lang === "vi" ? "@phone" : [] }, async ({ page, isMobile }, info) => {
        const size = page.viewportSize();
        for (const { name, path, status, first } of pages) {
          await test.step(name, async () => {
            if (size) await page.setViewportSize(size);
            const answer = await page.goto(path.replace("{lang}", lang));
            await first?.(page);
            await settled(page);

            // A form that is refused has a status of its own.
            if (!first) expect.soft(answer?.status(), name).toBe(status ?? 200);
            await expect.soft(page.locator("html"), name).toHaveAttribute("lang", lang);
            await expect.soft(page.getByRole("heading", { level: 1 }), name).toHaveCount(1);
            if (status === undefined) {
              await expect.soft(page.getByText(SIMULATED, { exact: true }), name).toBeVisible();
              await expect.soft(page.getByText(SAMPLE, { exact: true }), name).toBeVisible();
            }
            if (lang === "vi") await page.screenshot({ path: `artefacts/pages/${info.project.name}/${name}.png`, fullPage: true });

            await expectAccessible(page, name);
            await expectFit(page, `${name} as it is`);
            for (const width of isMobile ? [] : ZOOMED) {
              await page.setViewportSize({ width, height: 740 });
              await expectFit(page, `${name} at ${width} px`);
            }
          });
        }
      });
    });
  }
}
