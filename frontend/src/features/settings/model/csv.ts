/** Rows of fields, as RFC 4180 has them: quotes hold commas, line breaks and doubled quotes. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  // One field and what ends it: a comma, a line break or the end of the text.
  const field = /("(?:[^"]|"")*"?|[^,\r\n]*)(,|\r\n|\n|\r|$)/gy;
  for (let match = field.exec(text); match; match = field.exec(text)) {
    const [, value = "", end = ""] = match;
    row.push(unquoted(value));
    if (end === ",") continue;
    if (row.some((cell) => cell.trim() !== "")) rows.push(row);
    row = [];
    if (end === "") break;
  }
  return rows;
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  return value.replace(/^"|"$/g, "").replaceAll('""', '"');
}
