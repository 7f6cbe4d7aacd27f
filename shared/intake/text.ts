/** Bytes that are no text in any encoding that is understood. `why` says it to whoever sent them. */
export class NoText extends Error {
  override readonly name = 'NoText';
}

const decode = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined; // not in this encoding, or no such encoding
  }
};

const isUtf16 = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

/**
 * What was posted as text: UTF-8; or the encoding that it is said to be in; or GB18030, as many Chinese pages and senders write.
 * @throws NoText for anything else, UTF-16 among it
 */
export function textOf(bytes: Uint8Array, charset?: string): string {
  if (isUtf16(bytes)) throw new NoText('this is UTF-16: send UTF-8');
  const said = charset && !/^utf-?8$/i.test(charset) ? decode(bytes, charset) : undefined;
  const text = said ?? decode(bytes, 'utf-8') ?? decode(bytes, 'gb18030');
  if (text === undefined) throw new NoText('neither UTF-8 nor GB18030');
  if (text.includes('\0')) throw new NoText('this is no text');
  return text;
}

/** The text of a file, which may also be UTF-16 with a byte order mark, as spreadsheets save it. @throws NoText */
export function fileText(bytes: Uint8Array): string {
  if (!isUtf16(bytes)) return textOf(bytes);
  const text = decode(bytes, bytes[0] === 0xff ? 'utf-16le' : 'utf-16be');
  if (text === undefined) throw new NoText('broken UTF-16');
  return text;
}

/** The encoding that a content type names. */
export const charsetOf = (contentType: string): string | undefined =>
  /;\s*charset\s*=\s*"?([\w.:-]+)"?/i.exec(contentType)?.[1];
