import { expiry } from './clock.ts';
import { absent, commitOne, put } from './commit.ts';
import { PART, readParts, uploadUrls } from './objects.ts';
import { get, type Table } from './table.ts';

/** Contents too large for a call, sent to the bucket in parts; kept for a day. */
export interface Upload {
  uploadId: string;
  /** Where each part goes (PUT, within a quarter of an hour): the bytes from `from` up to `to`, which is not among them. */
  parts: { url: string; from: number; to: number }[];
}

/** The most that can be uploaded, in bytes. */
export const LARGEST_UPLOAD = 64 * 1024 * 1024;

const DAY = 24 * 3600 * 1000;
const keyOf = (uploadId: string) => ({ pk: `UPLOAD#${uploadId}`, sk: 'UPLOAD' });
const objectOf = (uploadId: string): string => `uploads/${uploadId}`;

/** Begins an upload of so many bytes. */
export async function beginUpload(to: Table, uploadId: string, bytes: number, at: Date): Promise<Upload> {
  await commitOne(to, put('upload', { ...keyOf(uploadId), bytes, expiresAt: expiry(at, DAY) }, absent));
  const urls = await uploadUrls(objectOf(uploadId), bytes);
  const parts = urls.map((url, n) => ({ url, from: n * PART, to: Math.min(bytes, (n + 1) * PART) }));
  return { uploadId, parts };
}

/** What was uploaded, or undefined when there is no such upload or parts of it are missing. */
export async function readUpload(from: Table, uploadId: string): Promise<Uint8Array | undefined> {
  const item = await get(from, keyOf(uploadId));
  return item && readParts(objectOf(uploadId), item.bytes as number);
}
