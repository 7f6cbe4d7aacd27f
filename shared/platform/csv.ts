/** What a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** What a field says; nothing where nothing is known. */
type Value = string | number | null | undefined;

/** A field of CSV (RFC 4180), quoted where it must be; what a spreadsheet would take for a formula is text. */
function field(value: Value): string {
  const said = String(value ?? '');
  const text = typeof value === 'string' && FORMULA.test(said) ? `'${said}` : said;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A line of CSV with its end. */
export const csvRow = (values: readonly Value[]): string => `${values.map(field).join(',')}\r\n`;
