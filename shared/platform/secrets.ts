import { createHmac, timingSafeEqual } from 'node:crypto';
import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { patient } from './client.ts';
import { environment, required } from './environment.ts';
import { sha256 } from './random.ts';

/** The deployment's one secret: a generated `master` and whatever vendors gave (keys by source, robot addresses). */
export type Secret = Readonly<Record<string, string>>;

/** The key that callers of `source` must show: the one set in the secret, or else one derived from its master. */
export function sourceKey(secret: Secret, source: string): string {
  const set = secret[source];
  if (set) return set;
  const derived = createHmac('sha256', secret.master ?? '')
    .update(`source:${source}`)
    .digest();
  // As Standard Webhooks write a secret.
  return source === 'standard' ? `whsec_${derived.toString('base64')}` : derived.toString('base64url');
}

/** Compares two keys in a time that says nothing of where they differ. */
export const sameKey = (shown: string, expected: string): boolean =>
  timingSafeEqual(Buffer.from(sha256(shown)), Buffer.from(sha256(expected)));

const FIVE_MINUTES = 300;
const shape = z.object({ master: z.string().min(16) }).catchall(z.string());
let provider: SecretsProvider | undefined;

/** Reads the secret named by SECRET_ARN (Powertools parameters), cached for five minutes. */
export async function readSecret(): Promise<Secret> {
  const { SECRET_ARN } = environment({ SECRET_ARN: required });
  provider ??= new SecretsProvider({
    awsSdkV3Client: new SecretsManagerClient(patient({ answer: 3000, tries: 3 })),
  });
  return shape.parse(await provider.get(SECRET_ARN, { transform: 'json', maxAge: FIVE_MINUTES }));
}
