/** Where people sign in (`/console/settings.json`). */
interface Settings {
  clientId: string;
  server: {
    issuer: string;
    authorization_endpoint: string;
    token_endpoint: string;
    jwks_uri: string;
    scopes_supported?: string[];
  };
}

/** What must be remembered between leaving for the sign-in page and coming back. */
interface Begun {
  verifier: string;
  state: string;
  nonce: string;
  returnTo: string;
}

const TOKEN = 'leadkeeper.token';
const REFRESH = 'leadkeeper.refresh';
const BEGUN = 'leadkeeper.sign-in';
const HOME = '/console';

/** Kept as long as the tab: somebody else on this device has to sign in. */
const kept = sessionStorage;

/** Whether somebody is signed in. */
export const isSignedIn = (): boolean => kept.getItem(TOKEN) !== null;

/** Forgets who was signed in. */
export function signOut(): void {
  kept.removeItem(TOKEN);
  kept.removeItem(REFRESH);
}

async function settings(): Promise<Settings> {
  const answer = await fetch(`${HOME}/settings.json`);
  if (!answer.ok) throw new Error(`settings: ${answer.status}`);
  return answer.json();
}

/** The page that the sign-in page comes back to: the one registered with the issuer. */
const redirect = (): string => `${location.origin}${HOME}`;

/** Some issuers give what refreshes a token only when they are asked for it, and others refuse whoever asks. */
const scopesOf = ({ scopes_supported = [] }: Settings['server']): string =>
  ['openid', 'profile', ...(scopes_supported.includes('offline_access') ? ['offline_access'] : [])].join(' ');

/** Leaves for the sign-in page: authorization code with PKCE (RFC 7636). */
export async function signIn(): Promise<void> {
  const [{ clientId, server }, oauth] = await Promise.all([settings(), import('oauth4webapi')]);
  const begun: Begun = {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    returnTo: location.pathname + location.search,
  };
  kept.setItem(BEGUN, JSON.stringify(begun));
  const address = new URL(server.authorization_endpoint);
  const asked = {
    client_id: clientId,
    redirect_uri: redirect(),
    response_type: 'code',
    scope: scopesOf(server),
    code_challenge: await oauth.calculatePKCECodeChallenge(begun.verifier),
    code_challenge_method: 'S256',
    state: begun.state,
    nonce: begun.nonce,
  };
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
  location.assign(address);
}

/**
 * Back from the sign-in page: exchanges the code, and gives the address that was asked for first.
 * @returns undefined when this is no way back from there
 * @throws when the answer is not the one to our question
 */
export async function cameBack(): Promise<string | undefined> {
  const here = new URL(location.href);
  const remembered = kept.getItem(BEGUN);
  if (remembered === null || !(here.searchParams.has('code') || here.searchParams.has('error'))) return undefined;
  kept.removeItem(BEGUN);
  const begun = JSON.parse(remembered) as Begun;
  const [{ clientId, server }, oauth] = await Promise.all([settings(), import('oauth4webapi')]);
  const client = { client_id: clientId };
  const params = oauth.validateAuthResponse(server, client, here, begun.state);
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    params,
    redirect(),
    begun.verifier,
    insecureHere(oauth, server),
  );
  const result = await oauth.processAuthorizationCodeResponse(server, client, answer, {
    expectedNonce: begun.nonce,
    requireIdToken: true,
  });
  keep(result);
  return begun.returnTo;
}

type OAuth = typeof import('oauth4webapi');

/** Only this machine's own issuer speaks plain HTTP; the browser's policy allows no other. */
const insecureHere = (oauth: OAuth, { issuer }: Settings['server']) => ({
  [oauth.allowInsecureRequests]: issuer.startsWith('http://127.0.0.1:'),
});

/** Keeps the ID token, not the access token: it names the rep and the team, and this client as its audience. */
function keep({ id_token, refresh_token }: { id_token?: string; refresh_token?: string }): void {
  kept.setItem(TOKEN, id_token ?? '');
  if (refresh_token !== undefined) kept.setItem(REFRESH, refresh_token);
}

/** A token that ends so soon (milliseconds) is renewed before it is used. */
const SOON = 60_000;

/** When a token ends (milliseconds since 1970). Read for ourselves only: who is asked checks its signature. */
function endOf(token: string): number {
  const [, said = ''] = token.split('.');
  const { exp } = JSON.parse(atob(said.replaceAll('-', '+').replaceAll('_', '/'))) as { exp?: number };
  return (exp ?? 0) * 1000;
}

let renewing: Promise<boolean> | undefined;

/**
 * Renews the token (RFC 6749, 6), so that nobody has to sign in again in the middle of something. Many who ask at once wait for the same.
 * @returns false when the issuer refuses: one has to sign in
 * @throws TypeError when the issuer is not reached
 */
export function renew(): Promise<boolean> {
  renewing ??= renewed().finally(() => {
    renewing = undefined;
  });
  return renewing;
}

async function renewed(): Promise<boolean> {
  const refresh = kept.getItem(REFRESH);
  if (refresh === null) return false;
  const [{ clientId, server }, oauth] = await Promise.all([settings(), import('oauth4webapi')]);
  const client = { client_id: clientId };
  const options = insecureHere(oauth, server);
  const answer = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refresh, options);
  try {
    keep(await oauth.processRefreshTokenResponse(server, client, answer));
  } catch (error) {
    if (answer.status >= 500) throw new TypeError('the issuer does not answer', { cause: error });
    return false;
  }
  return isSignedIn();
}

/** The bearer token of whoever is signed in, renewed if it is about to end; null when nobody is. @throws TypeError */
export async function bearer(now: Date): Promise<string | null> {
  const token = kept.getItem(TOKEN);
  if (token !== null && kept.getItem(REFRESH) !== null && endOf(token) - now.getTime() < SOON) await renew();
  return kept.getItem(TOKEN);
}
