import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { readJson } from './json.ts';
import { log } from './log.ts';
import { Problem } from './problem.ts';
import { isUnavailable } from './table.ts';

/** A call over HTTP. Header names are lower-case; `body` holds the bytes as they came. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The query as it stands in the address, still escaped. */
  readonly rawQuery?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Where the call comes from (IP address). Personal: never stored or logged as it is. */
  readonly address?: string | undefined;
}

/** What a call is answered. `body` is sent as JSON, `raw` as it stands: text as UTF-8, bytes with the type alone. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly raw?: { readonly type: string; readonly body: string | Buffer };
  readonly headers?: Readonly<Record<string, string>>;
}

type Response = APIGatewayProxyStructuredResultV2;

const safe = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

function respond(answer: Answer, type: string): Response {
  const json = answer.body === undefined ? '' : JSON.stringify(answer.body);
  const headers = { ...safe, ...answer.headers };
  const { raw } = answer;
  if (raw && typeof raw.body !== 'string') {
    const body = raw.body.toString('base64');
    return {
      statusCode: answer.status,
      headers: { 'content-type': raw.type, ...headers },
      body,
      isBase64Encoded: true,
    };
  }
  return {
    statusCode: answer.status,
    headers: { 'content-type': raw ? `${raw.type}; charset=utf-8` : type, ...headers },
    body: raw?.body.toString() ?? json,
  };
}

/** How a protocol speaks: the content type of its answers, what it makes of a refusal, and which refusal an error of its own is. */
export interface Dialect {
  readonly type: string;
  readonly refusal: (problem: Problem) => Answer;
  readonly refused: (error: unknown) => unknown;
}

/** JSON, and problem+json for refusals. */
const ours: Dialect = {
  type: 'application/json; charset=utf-8',
  refusal: (problem) => ({
    status: problem.status,
    body: problem,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', ...problem.headers },
  }),
  refused: (error) => error,
};

/** A refusal as API Gateway wants it. */
export const refuse = (problem: Problem, { type, refusal }: Dialect = ours): Response =>
  respond(refusal(problem), type);

/** Whether the same call may well succeed in a moment: the table is down or busy, or others held the items. */
const mayPass = (error: Error | null): boolean => isUnavailable(error) || error?.name === 'Conflict';

/** Renders what a handler throws: a {@link Problem} as it stands, a table that is down or busy as 503, all else as a bare 500. */
const refusals = (dialect: Dialect): MiddlewareObj<APIGatewayProxyEventV2, Response> => ({
  onError: (request) => {
    const { event } = request;
    const error = dialect.refused(request.error) as Error | null;
    if (error instanceof Problem) {
      request.response = refuse(error, dialect);
      return;
    }
    log.error('call failed', error, { route: event.routeKey, requestId: event.requestContext.requestId });
    request.response = mayPass(error)
      ? refuse(new Problem(503, 'busy, nothing was stored: please try again', [], { 'retry-after': '1' }), dialect)
      : refuse(new Problem(500, 'something went wrong on our side'), dialect);
  },
});

const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

/** API Gateway's event as a {@link Call}. */
export function toCall(event: APIGatewayProxyEventV2): Call {
  const params = Object.entries(event.pathParameters ?? {});
  return {
    method: event.requestContext.http.method,
    path: event.rawPath,
    params: Object.fromEntries(params.map(([name, value]) => [name, decoded(value ?? '')])),
    query: Object.fromEntries(Object.entries(event.queryStringParameters ?? {}).map(([k, v]) => [k, v ?? ''])),
    rawQuery: event.rawQueryString,
    headers: Object.fromEntries(Object.entries(event.headers).map(([k, v]) => [k.toLowerCase(), v ?? ''])),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    address: event.requestContext.http.sourceIp,
  };
}

/** The JSON in a call's body. @throws Problem 415 when it is said to be something else, 400 when it is none */
export function jsonBody(call: Call): unknown {
  const type = call.headers['content-type'] ?? 'application/json';
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) {
    throw new Problem(415, 'send application/json', [{ path: 'content-type', message: 'not application/json' }]);
  }
  try {
    return readJson(call.body.toString('utf8'));
  } catch {
    throw new Problem(400, 'the body is not JSON', [{ path: 'body', message: 'not JSON' }]);
  }
}

/** A Lambda woken by HTTP: takes a {@link Call}, gives an {@link Answer}, and whatever it throws becomes a refusal: problem+json. */
export function httpStep(
  handle: (call: Call) => Promise<Answer>,
  dialect: Partial<Dialect> = {},
): (event: APIGatewayProxyEventV2, context: Context) => Promise<Response> {
  const spoken = { ...ours, ...dialect };
  return middy(
    async (event: APIGatewayProxyEventV2): Promise<Response> => respond(await handle(toCall(event)), spoken.type),
  ).use(refusals(spoken));
}
