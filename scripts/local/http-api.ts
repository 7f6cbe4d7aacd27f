import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { bodyOf, headersOf, json, type Reply } from './backplane.ts';
import type { Clock } from './clock.ts';
import { InvocationFailed, type LocalFunction } from './functions.ts';
import type { Meter } from './meter.ts';

const AT_MOST = 'at most 64 MiB';
const tooLarge: Reply = json(
  413,
  {
    type: 'about:blank',
    title: 'Payload Too Large',
    status: 413,
    detail: AT_MOST,
    errors: [{ path: 'body', message: AT_MOST }],
  },
  'application/problem+json',
);

/** A route of the HTTP API: `POST /leads/{source}`, `ANY /x/{proxy+}`, or `$default`. */
export interface ApiRoute<Target = LocalFunction> {
  key: string;
  target: Target;
}

/** A route that was chosen, with what its address named. */
export interface Chosen<Target = LocalFunction> {
  route: ApiRoute<Target>;
  params: Record<string, string>;
}

/** Larger than in the cloud (API Gateway 10 MB, Lambda 6 MB; beyond, there are uploads): here a large file may come at once. */
const LARGEST_PAYLOAD = 64 * 1024 * 1024;

interface Segment {
  kind: 'static' | 'param' | 'proxy';
  name: string;
}

const segmentsOf = (path: string): Segment[] =>
  path
    .split('/')
    .filter(Boolean)
    .map((part) => {
      const [, name, plus] = /^\{([^}+]+)(\+?)\}$/.exec(part) ?? [];
      if (name === undefined) return { kind: 'static', name: part };
      return { kind: plus ? 'proxy' : 'param', name };
    });

/** The parameters, if the path fits the segments. */
function paramsOf(segments: readonly Segment[], parts: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [at, { kind, name }] of segments.entries()) {
    if (kind === 'proxy') {
      params[name] = parts.slice(at).join('/');
      return parts.length > at ? params : undefined;
    }
    const part = parts[at];
    if (part === undefined || (kind === 'static' && part !== name)) return undefined;
    if (kind === 'param') params[name] = part;
  }
  return parts.length === segments.length ? params : undefined;
}

const rank = { static: 0, param: 1, proxy: 2 } as const;

/**
 * Chooses the route as an HTTP API does: the most specific path first (fixed parts before `{x}` before `{x+}`), a method of
 * its own before ANY, `$default` last.
 */
export function chooseRoute<Target>(
  routes: readonly ApiRoute<Target>[],
  method: string,
  path: string,
): Chosen<Target> | undefined {
  const parts = path.split('/').filter(Boolean);
  const fitting = routes.flatMap((route) => {
    const [verb = '', address] = route.key.split(' ');
    if (address === undefined || (verb !== method && verb !== 'ANY')) return [];
    const segments = segmentsOf(address);
    const params = paramsOf(segments, parts);
    const order = segments.map(({ kind }) => rank[kind]).join('') + (verb === 'ANY' ? '9' : '8');
    return params ? [{ route, params, order }] : [];
  });
  const [best] = fitting.sort((a, b) => (a.order < b.order ? -1 : 1));
  if (best) return best;
  const otherwise = routes.find(({ key }) => key === '$default');
  return otherwise && { route: otherwise, params: {} };
}

/** Types that an HTTP API hands over as text, if the body is UTF-8; all others as base64. */
const isText = (type: string): boolean =>
  /^(text\/|application\/(json|javascript|xml|[\w.-]+\+(json|xml)))/i.test(type);

/** What the API sends to a function: payload format 2.0. */
function toEvent(request: IncomingMessage, body: Buffer, { route, params }: Chosen, at: Date): Record<string, unknown> {
  const [rawPath = '/', rawQueryString = ''] = (request.url ?? '/').split('?', 2);
  const { cookie, ...headers } = headersOf(request);
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    query[name] = Object.hasOwn(query, name) ? `${query[name]},${value}` : value;
  }
  const asText = isText(headers['content-type'] ?? 'text/plain') && isUtf8(body);
  const decode = (text: string) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath,
    rawQueryString,
    ...(cookie ? { cookies: cookie.split(/; ?/) } : {}),
    headers,
    ...(rawQueryString ? { queryStringParameters: query } : {}),
    ...(Object.keys(params).length > 0
      ? { pathParameters: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decode(value)])) }
      : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers.host ?? '127.0.0.1',
      domainPrefix: 'local',
      http: {
        method: request.method ?? 'GET',
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: '$default',
      time: at.toISOString(),
      timeEpoch: at.getTime(),
    },
    ...(body.length > 0 ? { body: body.toString(asText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.length > 0 && !asText,
  };
}

interface LambdaAnswer {
  statusCode?: number;
  headers?: Record<string, string | number | boolean>;
  body?: string;
  isBase64Encoded?: boolean;
  cookies?: string[];
}

/** A function's answer as the API sends it on. */
function toReply(answer: unknown): Reply {
  if (typeof answer !== 'object' || answer === null || !('statusCode' in answer)) return json(200, answer ?? null);
  const { statusCode = 200, headers = {}, body = '', isBase64Encoded, cookies = [] } = answer as LambdaAnswer;
  return {
    status: statusCode,
    headers: {
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
      ...(cookies.length > 0 ? { 'set-cookie': cookies.join(', ') } : {}),
    },
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

/** Answers calls of the routes with their functions. */
export function httpApi(routes: readonly ApiRoute[], clock: Clock, meter: Meter) {
  return async (request: IncomingMessage): Promise<Reply> => {
    meter.count('httpRequests');
    const body = await bodyOf(request, LARGEST_PAYLOAD);
    if (!body) return tooLarge;
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const chosen = chooseRoute(routes, request.method ?? 'GET', path);
    if (!chosen) return json(404, { message: 'Not Found' });
    try {
      const reply = toReply(await chosen.route.target.invoke(toEvent(request, body, chosen, clock.now())));
      if (chosen.route.key.startsWith('POST /leads/') && reply.status >= 200 && reply.status < 300) meter.lead();
      return reply;
    } catch (error) {
      if (!(error instanceof InvocationFailed)) throw error;
      return json(500, { message: 'Internal Server Error' });
    }
  };
}
