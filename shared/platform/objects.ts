import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { patient } from './client.ts';
import { environment, required } from './environment.ts';

/** Large things that lie in the bucket, by key. */

let connected: { client: S3Client; bucket: string } | undefined;

/** The bucket named by this function's environment; connected once per process. Each call: 1 s to connect, 10 s to answer, 4 tries. */
function objects() {
  if (!connected) {
    const { BUCKET_NAME } = environment({ BUCKET_NAME: required });
    const client = new S3Client(patient({ answer: 10_000, tries: 4 }));
    connected = { client, bucket: BUCKET_NAME };
  }
  return connected;
}

/** The bytes of an object, or undefined. */
export async function readObject(key: string): Promise<Uint8Array | undefined> {
  const { client, bucket } = objects();
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}

/** Writes an object, over what was there. */
export async function writeObject(key: string, bytes: Uint8Array): Promise<void> {
  const { client, bucket } = objects();
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }));
}

/** An object that was found: its key, and when it was written. */
export interface Found {
  key: string;
  at: Date;
}

/** The objects whose keys begin so (and come after a key), in the order of their keys. */
export async function listObjects(prefix: string, after?: string): Promise<Found[]> {
  const { client, bucket } = objects();
  const found: Found[] = [];
  let token: string | undefined;
  do {
    const page: ListObjectsV2CommandOutput = await client.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        ...(after === undefined ? {} : { StartAfter: after }),
        ...(token === undefined ? {} : { ContinuationToken: token }),
      }),
    );
    for (const { Key, LastModified } of page.Contents ?? []) {
      if (Key !== undefined) found.push({ key: Key, at: LastModified ?? new Date(0) });
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return found;
}

/** Takes an object away; nothing happens where there is none. */
export async function removeObject(key: string): Promise<void> {
  const { client, bucket } = objects();
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

/** Moves an object. Can be repeated: what is no longer there was moved. */
export async function moveObject(from: string, to: string): Promise<void> {
  const { client, bucket } = objects();
  try {
    await client.send(
      new CopyObjectCommand({ Bucket: bucket, CopySource: `${bucket}/${encodeURIComponent(from)}`, Key: to }),
    );
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return;
    throw error;
  }
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: from }));
}

/** Large contents lie in several objects of this size in bytes: read side by side, and small enough for every store. */
export const PART = 8 * 1024 * 1024;

const partKeys = (key: string, bytes: number): string[] =>
  Array.from({ length: Math.max(1, Math.ceil(bytes / PART)) }, (_, part) => `${key}/${part}`);

/** Writes large contents, in parts. */
export async function writeParts(key: string, bytes: Uint8Array): Promise<void> {
  const keys = partKeys(key, bytes.length);
  await Promise.all(keys.map((part, n) => writeObject(part, bytes.subarray(n * PART, (n + 1) * PART))));
}

/** Large contents of so many bytes, or undefined when a part is missing or they are of another size. */
export async function readParts(key: string, bytes: number): Promise<Uint8Array | undefined> {
  const parts = await Promise.all(partKeys(key, bytes).map(readObject));
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    if (!part || at + part.length > bytes) return undefined;
    whole.set(part, at);
    at += part.length;
  }
  return at === bytes ? whole : undefined;
}

/** Addresses to which the parts of contents of so many bytes may be sent (PUT), in order, for the next quarter of an hour. */
export async function uploadUrls(key: string, bytes: number): Promise<string[]> {
  const { client, bucket } = objects();
  return Promise.all(
    partKeys(key, bytes).map((part) =>
      getSignedUrl(client, new PutObjectCommand({ Bucket: bucket, Key: part }), { expiresIn: 900 }),
    ),
  );
}

/** The first bytes of an object and its size, or undefined. */
export async function readBeginning(
  key: string,
  bytes: number,
): Promise<{ bytes: Uint8Array; size: number } | undefined> {
  const { client, bucket } = objects();
  try {
    const {
      Body,
      ContentRange,
      ContentLength = 0,
    } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: `bytes=0-${bytes - 1}` }));
    const size = Number(ContentRange?.split('/')[1] ?? ContentLength);
    return Body && { bytes: await Body.transformToByteArray(), size };
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}

/** An address to which contents of this type and size may be sent (PUT) for the next quarter of an hour. */
export function addressToPut(key: string, { type, bytes }: { type: string; bytes: number }): Promise<string> {
  const { client, bucket } = objects();
  const command = new PutObjectCommand({ Bucket: bucket, Key: key, ContentType: type, ContentLength: bytes });
  return getSignedUrl(client, command, {
    expiresIn: 900,
    signableHeaders: new Set(['host', 'content-type', 'content-length']),
  });
}

/** An address at which an object is to be had for five minutes, as a file of this name. */
export function addressToGet(key: string, name: string): Promise<string> {
  const { client, bucket } = objects();
  const ResponseContentDisposition = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
  return getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: key, ResponseContentDisposition }), {
    expiresIn: 300,
  });
}
