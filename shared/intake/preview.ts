const LONGEST = 500;

/** So much of a value is shown that one sees what kind of value it is. */
const hidden = (value: string): string => (value === '' ? '' : `${[...value][0]}…`);

/** What a body looks like without anybody's data: names of fields, and the first character of each value. */
export function previewOf(body: Buffer): string {
  const text = body.subarray(0, 8 * LONGEST).toString('utf8');
  if (/^\s*[{[]/.test(text)) return maskedJson(text).slice(0, LONGEST);
  const isForm = /^[^\s=&]+=[^\r\n]*$/.test(text);
  // Neither JSON nor a form: nothing in it is known to be a name.
  return isForm
    ? text.replaceAll(/=([^&]*)/g, (_, value: string) => `=${hidden(value)}`).slice(0, LONGEST)
    : hidden(text);
}

const maskedJson = (text: string): string =>
  text
    .replaceAll(/(:\s*)"((?:[^"\\]|\\.)*)"?/g, (_, colon: string, value: string) => `${colon}"${hidden(value)}"`)
    .replaceAll(
      /([[,]\s*)"((?:[^"\\]|\\.)*)"(?!\s*:)/g,
      (_, before: string, value: string) => `${before}"${hidden(value)}"`,
    )
    .replaceAll(/(?<=[:[,]\s*)-?\d{3,}(\.\d+)?/g, hidden);
