import * as z from 'zod';
import { environment, required } from '../../shared/platform/environment.ts';
import { log } from '../../shared/platform/log.ts';

const TIMEOUT = 4000;

/** What the page needs of the issuer's discovery (OpenID Connect Discovery 1.0). */
const discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  id_token_signing_alg_values_supported: z.array(z.string()).optional(),
  scopes_supported: z.array(z.string()).optional(),
});

/** Where people sign in, and as which client; nothing of it is secret. */
export interface SignIn {
  clientId: string;
  server: z.infer<typeof discovery>;
}

let found: Promise<SignIn> | undefined;

/** The issuer's addresses, asked once. @throws when the issuer does not answer */
export function signInSettings(): Promise<SignIn> {
  const { OIDC_ISSUER, OIDC_AUDIENCE } = environment({ OIDC_ISSUER: required, OIDC_AUDIENCE: required });
  found ??= (async () => {
    const answer = await fetch(`${OIDC_ISSUER}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (!answer.ok) throw new Error(`issuer's discovery answered ${answer.status}`);
    return { clientId: OIDC_AUDIENCE, server: discovery.parse(await answer.json()) };
  })();
  found.catch(() => {
    found = undefined;
  });
  return found;
}

/** What the page may load and call: its own, and the issuer's tokens. Nothing inline, nothing framed. */
export async function contentPolicy(): Promise<string> {
  const tokens = await signInSettings().then(
    ({ server }) => new URL(server.token_endpoint).origin,
    (error: Error) => {
      // The page comes all the same, and says that nobody can sign in.
      log.error('the issuer cannot be asked', error);
      return '';
    },
  );
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${tokens}`.trim(),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
