import { isUtf8 } from 'node:buffer';
import { losslessJson } from '../../shared/intake/json.ts';
import type { FormAnswer } from '../../shared/intake/mapping.ts';
import { charsetOf, NoText, textOf } from '../../shared/intake/text.ts';
import { Problem } from '../../shared/platform/problem.ts';
import type { Sent } from './sources/source.ts';

const notReadable = (message: string): Problem =>
  new Problem(400, `the body cannot be read: ${message}`, [{ path: 'body', message }]);

export const typeOf = ({ headers }: Sent): string => (headers['content-type'] ?? '').toLowerCase();

/** The body as text. @throws Problem 400 */
export function bodyText(sent: Sent): string {
  try {
    return textOf(sent.body, charsetOf(typeOf(sent)));
  } catch (error) {
    if (error instanceof NoText) throw notReadable(error.message);
    throw error;
  }
}

/** JSON text without loss. @throws Problem 400 */
export function jsonOf(text: string): unknown {
  try {
    return losslessJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw notReadable('not JSON');
    if (error instanceof RangeError) throw notReadable('nested too deep');
    throw error;
  }
}

/** The body as JSON, whatever type it says to be: not every platform says the right one. @throws Problem 400 */
export const bodyJson = (sent: Sent): unknown => jsonOf(bodyText(sent));

/** The bytes of a form's name or value: `+` is a blank, `%XX` a byte. */
function unescaped(text: Buffer): Buffer {
  const bytes = Buffer.alloc(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const hex = text[at] === 0x25 ? text.subarray(at + 1, at + 3).toString('latin1') : '';
    if (/^[\da-f]{2}$/i.test(hex)) {
      bytes[length] = Number.parseInt(hex, 16);
      at += 2;
    } else bytes[length] = text[at] === 0x2b ? 0x20 : (text[at] ?? 0);
    length += 1;
  }
  return bytes.subarray(0, length);
}

function* split(bytes: Buffer, separator: number): Generator<Buffer> {
  let from = 0;
  while (from <= bytes.length) {
    const at = bytes.indexOf(separator, from);
    const to = at === -1 ? bytes.length : at;
    yield bytes.subarray(from, to);
    from = to + 1;
  }
}

/** The fields of `application/x-www-form-urlencoded`, in the encoding of the page that it comes from. @throws Problem 400 */
function urlencoded(sent: Sent): FormAnswer[] {
  const pairs = [...split(sent.body, 0x26)].flatMap((pair) => {
    if (pair.length === 0) return [];
    const at = pair.indexOf(0x3d);
    const [name, value] = at === -1 ? [pair, Buffer.alloc(0)] : [pair.subarray(0, at), pair.subarray(at + 1)];
    return [{ name: unescaped(name), value: unescaped(value) }];
  });
  const said = pairs.find(({ name }) => name.toString('latin1') === '_charset_')?.value.toString('latin1');
  const charset = said || charsetOf(typeOf(sent));
  // One encoding for the whole page: a single short word may look like another.
  const bytes = pairs.flatMap(({ name, value }) => [name, value]);
  const encoding = charset ?? (bytes.every((each) => isUtf8(each)) ? undefined : 'gb18030');
  try {
    return pairs
      .map(({ name, value }) => ({ name: textOf(name, encoding), value: textOf(value, encoding) }))
      .filter(({ name }) => name !== '_charset_');
  } catch (error) {
    if (error instanceof NoText) throw notReadable(error.message);
    throw error;
  }
}

/** The fields of `multipart/form-data`; of files, only the names. @throws Problem 400 */
async function multipart(sent: Sent): Promise<FormAnswer[]> {
  const type = sent.headers['content-type'] ?? '';
  // Node's own parser knows UTF-8 only; with a file in it, a body need be no text at all.
  const text = isUtf8(sent.body) || sent.body.includes(0) ? sent.body : Buffer.from(bodyText(sent));
  try {
    const fields = await new Response(text, { headers: { 'content-type': type } }).formData();
    return [...fields].flatMap(([name, value]) =>
      name === '_charset_' ? [] : [{ name, value: typeof value === 'string' ? value : value.name }],
    );
  } catch {
    throw notReadable('not multipart/form-data');
  }
}

/** Whether a body says to be an HTML form's. */
export const isForm = (sent: Sent): boolean =>
  /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/.test(typeOf(sent));

/** The fields of a posted HTML form. @throws Problem 400 */
export const formAnswers = async (sent: Sent): Promise<FormAnswer[]> =>
  typeOf(sent).startsWith('multipart/') ? multipart(sent) : urlencoded(sent);
