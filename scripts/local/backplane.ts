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
  /** Answers as the address does, to what is in this process. Header names in any case. */
  readonly ask: (path: string, headers: Record<string, string>, body: Buffer) => Promise<Reply>;
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
  const answer = async (path: string, headers: Record<string, string>, body: Buffer): Promise<Reply> => {
    const [, service = '', ...rest] = path.split('/');
    const handler = services[service];
    return handler ? handler(headers, body, `/${rest.join('/')}`) : json(404, { message: `no ${service} here` });
  };
  const failed = (error: unknown): Reply => json(500, { __type: 'InternalFailure', message: String(error) });
  const server: Server = createServer((request, response) => {
    bodyOf(request)
      .then((body = Buffer.alloc(0)) => answer(request.url ?? '/', headersOf(request), body))
      .catch(failed)
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
    ask: (path, headers, body) =>
      answer(
        path,
        Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
        body,
      ).catch(failed),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
