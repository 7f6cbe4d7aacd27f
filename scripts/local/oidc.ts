import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { json, type Reply } from './backplane.ts';
import type { Clock } from './clock.ts';
import { keptJson } from './kept.ts';

/** Whom a development token is for. */
export interface TokenFor {
  role: 'admin' | 'supervisor' | 'rep';
  repId?: string | undefined;
  teamId?: string | undefined;
}

/** An OpenID Connect issuer for development: its discovery, its keys, and tokens for the asking. */
export interface Issuer {
  readonly token: (person: TokenFor) => Promise<string>;
  readonly serve: (path: string) => Reply | undefined;
}

const ALGORITHM = 'ES256';
const KEY_ID = 'local';

/** Opens the issuer; its key is made once and kept in the data folder. */
export async function openIssuer(
  dataDir: string,
  issuer: () => string,
  audience: string,
  clock: Clock,
): Promise<Issuer> {
  const kept = keptJson<JWK | undefined>(dataDir, 'oidc-key.json', () => undefined);
  let jwk = kept.value;
  if (!jwk) {
    const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    jwk = await exportJWK(privateKey);
    kept.save(jwk);
  }
  const key = await importJWK(jwk, ALGORITHM);
  const { d, ...open } = jwk;
  return {
    token: async ({ role, repId, teamId }) => {
      const now = Math.floor(clock.now().getTime() / 1000);
      return new SignJWT({ role, ...(repId ? { repId } : {}), ...(teamId ? { teamId } : {}) })
        .setProtectedHeader({ alg: ALGORITHM, kid: KEY_ID })
        .setIssuer(issuer())
        .setAudience(audience)
        .setSubject(repId ?? role)
        .setIssuedAt(now)
        .setExpirationTime(now + 365 * 24 * 3600)
        .sign(key);
    },
    serve: (path) => {
      if (path === '/.well-known/openid-configuration') {
        return json(200, {
          issuer: issuer(),
          jwks_uri: `${issuer()}/jwks`,
          id_token_signing_alg_values_supported: [ALGORITHM],
        });
      }
      if (path === '/jwks') return json(200, { keys: [{ ...open, kid: KEY_ID, alg: ALGORITHM, use: 'sig' }] });
      return undefined;
    },
  };
}
