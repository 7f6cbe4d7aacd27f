import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** The files in the bucket, for people: dropping one, and looking at what became of it. */
export interface Files {
  readonly list: (prefix: string) => Promise<string[]>;
  readonly read: (key: string) => Promise<Uint8Array | undefined>;
  readonly write: (key: string, bytes: Uint8Array) => Promise<void>;
  /** How many were written here so far. */
  readonly written: () => number;
}

/** Opens the bucket at its endpoint. */
export function openFiles(endpoint: string, Bucket: string): Files {
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    forcePathStyle: true,
  });
  let written = 0;
  return {
    written: () => written,
    list: async (Prefix) => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix }));
      return Contents.flatMap(({ Key }) => Key ?? []);
    },
    read: async (Key) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
        throw error;
      }
    },
    write: async (Key, Body) => {
      written += 1;
      await client.send(new PutObjectCommand({ Bucket, Key, Body }));
    },
  };
}
