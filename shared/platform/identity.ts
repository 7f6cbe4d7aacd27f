import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';
import { now } from './clock.ts';
import { environment, required } from './environment.ts';
import { Problem } from './problem.ts';

/** Whoever calls, as their token says. A supervisor's team is theirs to see; a rep sees their own leads. */
export interface Person {
  readonly role: 'admin' | 'supervisor' | 'rep';
  readonly repId?: string;
  readonly teamId?: string;
}

const TIMEOUT = 4000;
const discovery = z.object({ jwks_uri: z.url() });
const rolesInOrder = ['admin', 'supervisor', 'rep'] as const;

/** Plain claims, or Cognito's spelling of them (groups, `custom:` attributes). */
const claims = z
  .object({
    role: z.enum(rolesInOrder).optional(),
    'cognito:groups': z.array(z.string()).optional(),
    repId: z.string().optional(),
    teamId: z.string().optional(),
    'custom:repId': z.string().optional(),
    'custom:teamId': z.string().optional(),
    client_id: z.string().optional(),
  })
  .transform((said) => ({
    role: said.role ?? rolesInOrder.find((role) => said['cognito:groups']?.includes(role)),
    repId: said.repId ?? said['custom:repId'],
    teamId: said.teamId ?? said['custom:teamId'],
    client: said.client_id,
  }));

const refused = (detail: string): Problem => new Problem(401, detail, [], { 'www-authenticate': 'Bearer' });

let keys: Promise<JWTVerifyGetKey> | undefined;

/** The issuer's keys, found by OpenID Connect discovery; fetched once, and again when a token names a new key. */
function keysOf(issuer: string): Promise<JWTVerifyGetKey> {
  keys ??= (async () => {
    const found = await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(TIMEOUT) });
    if (!found.ok) throw new Error(`issuer's discovery answered ${found.status}`);
    const { jwks_uri } = discovery.parse(await found.json());
    return createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: TIMEOUT });
  })();
  keys.catch(() => {
    keys = undefined;
  });
  return keys;
}

/**
 * Who calls, by the bearer token of an `Authorization` header.
 * @throws Problem 401 when there is none, or it is expired, forged, or meant for somebody else; 403 when it names no role
 */
export async function personOf(authorization: string | undefined): Promise<Person> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
  if (!token) throw refused('a bearer token is needed');
  const { OIDC_ISSUER, OIDC_AUDIENCE } = environment({ OIDC_ISSUER: required, OIDC_AUDIENCE: required });
  const keySet = await keysOf(OIDC_ISSUER);
  let said: z.infer<typeof claims>;
  try {
    const { payload } = await jwtVerify(token, keySet, { issuer: OIDC_ISSUER, currentDate: now() });
    said = claims.parse(payload);
    const audiences = [payload.aud ?? said.client].flat();
    if (!audiences.includes(OIDC_AUDIENCE)) throw refused('the token is for another audience');
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.ZodError) throw refused('the token is not valid');
    throw error;
  }
  if (!said.role) throw new Problem(403, 'the token names no role');
  return {
    role: said.role,
    ...(said.repId ? { repId: said.repId } : {}),
    ...(said.teamId ? { teamId: said.teamId } : {}),
  };
}
