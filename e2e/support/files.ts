/** A file to attach, as Playwright takes it. */
export interface Attached {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A PDF of one page that says its title and, behind its end, is filled up to so many bytes. */
export function pdf(title: string, bytes = 0): Attached {
  const parts = ["%PDF-1.4", "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj", "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj"];
  parts.push("3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj", `% ${title}`, "trailer<</Root 1 0 R>>", "%%EOF", "");
  const text = Buffer.from(parts.join("\n"));
  const buffer = Buffer.concat([text, Buffer.alloc(Math.max(0, bytes - text.length), " ")]);
  return { name: `${title}.pdf`, mimeType: "application/pdf", buffer };
}
