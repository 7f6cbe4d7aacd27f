import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { sameKey } from './secrets.ts';

/**
 * The envelope in which WeCom and DingTalk send their callbacks (formats as both publish them): AES-256-CBC with the first 16
 * bytes of the key for a start, padded to 32 bytes; within it 16 random bytes, the length (4 bytes, big-endian), the message,
 * and whom it is for.
 */

/** How callbacks are sealed: the token of signatures, the key (43 characters of Base64), and whom messages are for. */
export interface Seal {
  token: string;
  aesKey: string;
  owner: string;
}

/** A callback that is not what it says, or not for us. `path` is the part at fault. */
export class NotGenuine extends Error {
  override readonly name = 'NotGenuine';
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

const BLOCK = 32;
const HEAD = 16;

const keyOf = ({ aesKey }: Seal): Buffer => Buffer.from(`${aesKey}=`, 'base64');

/** The signature of a sealed message: SHA-1, in hex, of the four parts in the order of the alphabet. */
export const signatureOf = (token: string, timestamp: string, nonce: string, sealed: string): string =>
  createHash('sha1').update([token, timestamp, nonce, sealed].sort().join('')).digest('hex');

/** Seals a message. `head` is 16 random bytes. */
export function seal(message: string, with_: Seal, head: Uint8Array): string {
  const text = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const plain = Buffer.concat([head, length, text, Buffer.from(with_.owner)]);
  const pad = BLOCK - (plain.length % BLOCK);
  const key = keyOf(with_);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, HEAD)).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString(
    'base64',
  );
}

/** What a sealed message says. @throws NotGenuine when it was not sealed with this key, or is for somebody else */
export function open(sealed: string, with_: Seal): string {
  const key = keyOf(with_);
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length === 0 || bytes.length % HEAD !== 0) throw new NotGenuine('encrypt', 'is not sealed');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, HEAD)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const pad = padded.at(-1) ?? 0;
  const plain = padded.subarray(0, padded.length - pad);
  const length = plain.length >= HEAD + 4 ? plain.readUInt32BE(HEAD) : Number.POSITIVE_INFINITY;
  const end = HEAD + 4 + length;
  if (pad < 1 || pad > BLOCK || end > plain.length) throw new NotGenuine('encrypt', 'was not sealed with our key');
  if (plain.subarray(end).toString('utf8') !== with_.owner)
    throw new NotGenuine('encrypt', 'is meant for somebody else');
  return plain.subarray(HEAD + 4, end).toString('utf8');
}

/** Vendors send again within seconds; what is older than this was recorded by somebody. Milliseconds. */
const FRESH = 3600 * 1000;

/** A sealed message as it came: its parts, and the name of the parameter that carries the signature. */
export interface Sealed {
  signature: string;
  /** Seconds or milliseconds since 1970. */
  timestamp: string;
  nonce: string;
  sealed: string;
}

/** Opens a message of which the signature is right and the time is now. @throws NotGenuine */
export function openSigned({ signature, timestamp, nonce, sealed }: Sealed, with_: Seal, now: Date): string {
  const right = signatureOf(with_.token, timestamp, nonce, sealed);
  if (!sameKey(signature.toLowerCase(), right)) throw new NotGenuine('signature', 'is not ours');
  const said = Number(timestamp) * (timestamp.length > 11 ? 1 : 1000);
  if (!(Math.abs(now.getTime() - said) <= FRESH)) throw new NotGenuine('timestamp', 'is not of this hour');
  return open(sealed, with_);
}
