import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import purgecss from "@fullhuman/postcss-purgecss";
import { defineConfig, type Plugin } from "vite";

const OUT = "dist";

/** Writes a .br and a .gz beside each text, so that the server never compresses an asset itself. */
function precompress(): Plugin {
  return {
    name: "precompress",
    async closeBundle() {
      for (const file of await readdir(OUT, { recursive: true })) {
        if (!/\.(css|js|svg)$/.test(file)) continue;
        const plain = await readFile(join(OUT, file));
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
        await writeFile(join(OUT, `${file}.br`), await promisify(brotliCompress)(plain, quality));
        await writeFile(join(OUT, `${file}.gz`), await promisify(gzip)(plain, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  base: "/assets/",
  publicDir: false,
  build: {
    outDir: OUT,
    assetsDir: "",
    // Nothing goes into data: addresses: fonts must come from 'self'.
    assetsInlineLimit: 0,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    // ECharts is one piece; it comes only with the pages that draw.
    chunkSizeWarningLimit: 600,
    // htmx has an eval, which its configuration turns off and the content security policy forbids.
    rolldownOptions: { input: ["assets/main.ts", "assets/answering/form.ts", "assets/icon.svg"], checks: { eval: false } },
  },
  css: {
    postcss: {
      plugins: [
        purgecss({
          // The templates say which classes are used; handlers name a few of them.
          content: ["src/**/*.html", "src/**/*.rs", "assets/**/*.ts"],
          variables: true,
          safelist: {
            // Composed in templates: band-1, standing-late, bar-done, stage-here.
            standard: [/^htmx-/, /^band/, /^standing/, /^bar/, /^stage/],
            // Read by the charts.
            variables: [/^--band-/, "--ink", "--line", "--line-soft", "--muted"],
          },
        }),
      ],
    },
  },
  plugins: [precompress()],
});
