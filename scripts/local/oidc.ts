import { createHash, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import { json, type Reply } from './backplane.ts';
import type { Clock } from './clock.ts';
import { keptJson } from './kept.ts';
import type { Person, TokenFor } from './person.ts';
import { signInPage } from './sign-in-page.ts';

/** A call to the issuer. */
export interface IssuerCall {
  method: string;
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
}

/** An OpenID Connect issuer for development: its discovery, its keys, tokens for the asking, and a page to sign in without a password. */
export interface Issuer {
  readonly token: (person: TokenFor) => Promise<string>;
  readonly serve: (call: IssuerCall) => Promise<Reply | undefined>;
}

/** Where the issuer is, whom its tokens are meant for, and who may be picked. */
export interface IssuerOptions {
  url: () => string;
  audience: string;
  clock: Clock;
  people: () => Promise<Person[]>;
}

const ALGORITHM = 'ES256';
const KEY_ID = 'local';
const HOUR = 3600;
const MONTH = 30 * 24 * HOUR;
const YEAR = 365 * 24 * HOUR;

/** Whose refresh token it is. */
const refreshes = z.object({
  role: z.enum(['admin', 'supervisor', 'rep']),
  repId: z.string().optional(),
  teamId: z.string().optional(),
});

/** What was asked for when somebody signed in; kept until their code is exchanged. */
interface Grant {
  person: TokenFor;
  challenge: string;
  nonce: string | undefined;
  redirect: string;
}

/** Opens the issuer; its key is made once and kept in the data folder. */
export async function openIssuer(dataDir: string, { url, audience, clock, people }: IssuerOptions): Promise<Issuer> {
  const kept = keptJson<JWK | undefined>(dataDir, 'oidc-key.json', () => undefined);
  let jwk = kept.value;
  if (!jwk) {
    const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    jwk = await exportJWK(privateKey);
    kept.save(jwk);
  }
  const key = await importJWK(jwk, ALGORITHM);
  const { d, ...open } = jwk;
  const grants = new Map<string, Grant>();

  const sign = async (
    { role, repId, teamId }: TokenFor,
    { lasts, nonce, aud = audience }: { lasts: number; nonce?: string | undefined; aud?: string },
  ): Promise<string> => {
    const now = Math.floor(clock.now().getTime() / 1000);
    const said = { role, ...(repId ? { repId } : {}), ...(teamId ? { teamId } : {}), ...(nonce ? { nonce } : {}) };
    return new SignJWT(said)
      .setProtectedHeader({ alg: ALGORITHM, kid: KEY_ID })
      .setIssuer(url())
      .setAudience(aud)
      .setSubject(repId ?? role)
      .setIssuedAt(now)
      .setExpirationTime(now + lasts)
      .sign(key);
  };
  /** Refresh tokens are for nobody but the issuer; signed, so that they hold when it is started again. */
  const ownAudience = () => `${url()}/token`;

  const tokens = async (person: TokenFor, nonce?: string): Promise<Reply> =>
    json(200, {
      access_token: await sign(person, { lasts: HOUR }),
      id_token: await sign(person, { lasts: HOUR, nonce }),
      refresh_token: await sign(person, { lasts: MONTH, aud: ownAudience() }),
      token_type: 'Bearer',
      expires_in: HOUR,
    });

  /** The page on which somebody is picked. */
  const authorize = async ({ query }: IssuerCall): Promise<Reply> => {
    const redirect = query.get('redirect_uri') ?? '';
    if (!isOurs(redirect, url()) || query.get('code_challenge_method') !== 'S256')
      return json(400, {
        error: 'invalid_request',
        error_description: 'a redirect_uri of this machine, and PKCE (S256)',
      });
    return page(signInPage(await people(), query));
  };

  /** Somebody was picked: back to the page that asked, with a code. */
  const picked = ({ query, form }: IssuerCall): Reply => {
    const redirect = query.get('redirect_uri') ?? '';
    const role = form.get('role');
    if (!isOurs(redirect, url()) || (role !== 'admin' && role !== 'supervisor' && role !== 'rep'))
      return json(400, { error: 'invalid_request' });
    const code = randomUUID();
    const person = { role, repId: form.get('repId') || undefined, teamId: form.get('teamId') || undefined } as const;
    const challenge = query.get('code_challenge') ?? '';
    grants.set(code, { person, challenge, nonce: query.get('nonce') ?? undefined, redirect });
    const back = new URL(redirect);
    back.searchParams.set('code', code);
    const state = query.get('state');
    if (state !== null) back.searchParams.set('state', state);
    return { status: 303, headers: { location: back.href, 'cache-control': 'no-store' }, body: Buffer.alloc(0) };
  };

  /** A code is exchanged, once, by whoever began to sign in. */
  const exchange = async (form: URLSearchParams): Promise<Reply> => {
    const code = form.get('code') ?? '';
    const grant = grants.get(code);
    grants.delete(code);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    return grant && grant.challenge === challenge && grant.redirect === form.get('redirect_uri')
      ? tokens(grant.person, grant.nonce)
      : json(400, { error: 'invalid_grant' });
  };

  /** A token is renewed. */
  const refresh = async (form: URLSearchParams): Promise<Reply> => {
    const options = { issuer: url(), audience: ownAudience(), currentDate: clock.now() };
    const found = await jwtVerify(form.get('refresh_token') ?? '', open, options).catch(() => undefined);
    const person = refreshes.safeParse(found?.payload);
    return person.success ? tokens(person.data) : json(400, { error: 'invalid_grant' });
  };

  const token = async ({ form }: IssuerCall): Promise<Reply> => {
    const answered = await (form.get('grant_type') === 'refresh_token' ? refresh(form) : exchange(form));
    // The page may have been opened by another name of this machine.
    const shared = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };
    return { ...answered, headers: { ...answered.headers, ...shared } };
  };

  const calls: Record<string, (call: IssuerCall) => Reply | Promise<Reply>> = {
    'GET /.well-known/openid-configuration': () =>
      json(200, {
        issuer: url(),
        authorization_endpoint: `${url()}/authorize`,
        token_endpoint: `${url()}/token`,
        jwks_uri: `${url()}/jwks`,
        response_types_supported: ['code'],
        grant_types_supported: ['authorization_code', 'refresh_token'],
        subject_types_supported: ['public'],
        code_challenge_methods_supported: ['S256'],
        id_token_signing_alg_values_supported: [ALGORITHM],
      }),
    'GET /jwks': () => json(200, { keys: [{ ...open, kid: KEY_ID, alg: ALGORITHM, use: 'sig' }] }),
    'GET /authorize': authorize,
    'POST /authorize': picked,
    'POST /token': token,
  };
  return {
    token: (person) => sign(person, { lasts: YEAR }),
    serve: async (call) => calls[`${call.method} ${call.path}`]?.(call),
  };
}

const page = (html: string): Reply => ({
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  },
  body: Buffer.from(html),
});

/** Whether an address is on this machine, at our port: codes go nowhere else. */
function isOurs(address: string, issuer: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname, port, protocol } = new URL(address);
  return ['127.0.0.1', 'localhost'].includes(hostname) && port === new URL(issuer).port && protocol === 'http:';
}
