/** A running Leadkeeper, called as any outside party would. */
export interface Client {
  readonly url: string;
  /** Calls and gives the JSON answer. @throws Error with the answer's text when it is no 2xx */
  readonly call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<unknown>;
}

const TIMEOUT = 60_000;

/** A client of the Leadkeeper at `url`, which waits so long for an answer (milliseconds). */
export function clientOf(url: string, timeout = TIMEOUT): Client {
  return {
    url,
    call: async (method, path, body, headers = {}) => {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeout),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    },
  };
}

/** Development keys by source (`GET /_local/keys`). */
export const keysOf = async (client: Client): Promise<Record<string, string>> =>
  (await client.call('GET', '/_local/keys')) as Record<string, string>;

/** An `authorization` header with a development token. */
export async function bearer(
  client: Client,
  person: { role: 'admin' | 'supervisor' | 'rep'; repId?: string; teamId?: string },
): Promise<{ authorization: string }> {
  const { token } = (await client.call('POST', '/_local/token', person)) as { token: string };
  return { authorization: `Bearer ${token}` };
}
