import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A personal code, as it is printed: five groups of four, without letters that look alike. */
const CODE = /\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}\b/g;

/** The text of a PDF. */
export function textOf(pdf: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), "parindex-pdf-"));
  try {
    const file = join(folder, "slips.pdf");
    writeFileSync(file, pdf);
    return execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The codes on printed slips, which stand nowhere else. */
export function codes(pdf: Buffer): string[] {
  return textOf(pdf).match(CODE) ?? [];
}
