/** Where people sign in (`/console/settings.json`). */
interface Settings {
  clientId: string;
  server: { issuer: string; authorization_endpoint: string; token_endpoint: string; jwks_uri: string };
}

/** What must be remembered between leaving for the sign-in page and coming back. */
interface Begun {
  verifier: string;
  state: string;
  nonce: string;
  returnTo: string;
}

const TOKEN = 'leadkeeper.token';
const BEGUN = 'leadkeeper.sign-in';
const HOME = '/console';

/** Kept as long as the tab: somebody else on this device has to sign in. */
const kept = sessionStorage;

/** The bearer token of whoever is signed in. */
export const token = (): string | null => kept.getItem(TOKEN);

/** Forgets who was signed in. */
export const signOut = (): void => kept.removeItem(TOKEN);

async function settings(): Promise<Settings> {
  const answer = await fetch(`${HOME}/settings.json`);
  if (!answer.ok) throw new Error(`settings: ${answer.status}`);
  return answer.json();
}

/** The page that the sign-in page comes back to: the one registered with the issuer. */
const redirect = (): string => `${location.origin}${HOME}`;

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
    scope: 'openid profile',
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
  // Only this machine's own issuer speaks plain HTTP; the browser's policy allows no other.
  const options = { [oauth.allowInsecureRequests]: server.issuer.startsWith('http://127.0.0.1:') };
  const params = oauth.validateAuthResponse(server, client, here, begun.state);
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    params,
    redirect(),
    begun.verifier,
    options,
  );
  const result = await oauth.processAuthorizationCodeResponse(server, client, answer, {
    expectedNonce: begun.nonce,
    requireIdToken: true,
  });
  // The ID token, not the access token: it names the rep and the team, and this client as its audience.
  kept.setItem(TOKEN, result.id_token ?? '');
  return begun.returnTo;
}
