import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer in bytes. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** A stand-in for one AWS service, told apart by the first part of its endpoint's path. */
export type ServiceHandler = (headers: Record<string, string>, body: Buffer, path: string) => Promise<Reply>;

/** The endpoints that handlers' SDK clients talk to. */
export interface Backplane {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** A JSON answer. */
export const json = (status: number, body: unknown, type = 'application/json'): Reply => ({
  status,
  headers: { 'content-type': type },
  body: Buffer.from(JSON.stringify(body)),
});

/** The body of a request, at most `most` bytes; undefined when it is larger. */
export async function bodyOf(request: IncomingMessage, most = Number.POSITIVE_INFINITY): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
  }
  return size <= most ? Buffer.concat(chunks) : undefined;
}

/** The request's headers, lower-case, repeated ones joined. */
export const headersOf = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );

/** Serves the stand-ins on a free port of this machine. */
export async function startBackplane(services: Record<string, ServiceHandler>): Promise<Backplane> {
  const server: Server = createServer((request, response) => {
    const [, service = '', ...rest] = (request.url ?? '/').split('/');
    const answer = async (): Promise<Reply> => {
      const body = (await bodyOf(request)) ?? Buffer.alloc(0);
      const handler = services[service];
      return handler
        ? handler(headersOf(request), body, `/${rest.join('/')}`)
        : json(404, { message: `no ${service} here` });
    };
    answer()
      .catch((error: unknown) => json(500, { __type: 'InternalFailure', message: String(error) }))
      .then(({ status, headers, body }) =>
        response.writeHead(status, { ...headers, 'content-length': body.length }).end(body),
      );
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
