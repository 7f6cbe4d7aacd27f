import httpRouter from '@middy/http-router';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { now } from '../../shared/platform/clock.ts';
import { type Answer, type Call, httpStep, refuse } from '../../shared/platform/http-step.ts';
import { type Person, personOf } from '../../shared/platform/identity.ts';
import { Problem } from '../../shared/platform/problem.ts';
import { sha256 } from '../../shared/platform/random.ts';
import { table } from '../../shared/platform/table.ts';
import { signedIn } from './access.ts';
import { tagOf } from './made-from.ts';
import type { Route } from './route.ts';

const nobody: Person = { role: 'rep' };

/** One route as a Lambda of its own: who calls, may they, then what the route does. */
const alone = (route: Route) =>
  httpStep(async (call) => {
    const person = route.roles === 'public' ? nobody : await personOf(call.headers.authorization);
    const known = route.roles === 'public' ? nobody : await signedIn(table(), person);
    return unlessKnown(call, await route.run(call, known, table(), now));
  });

/** Says that nothing changed to whoever names what they have (RFC 9110, If-None-Match): pages ask often, and little is sent. */
function unlessKnown({ method, headers }: Call, answer: Answer): Answer {
  if (method !== 'GET' || answer.status !== 200 || answer.raw) return answer;
  const body = JSON.stringify(answer.body);
  const etag = tagOf(answer.body, sha256(body).slice(0, 32));
  const tagged = { ...answer.headers, etag };
  if (headers['if-none-match'] === etag) return { status: 304, headers: tagged };
  return { status: 200, raw: { type: 'application/json', body }, headers: tagged };
}

/** A function of routes: each by its address and method. */
export const serve = (routes: readonly Route[]) =>
  httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>({
    routes: routes.map((route) => ({ method: route.method, path: route.path, handler: alone(route) })),
    notFoundResponse: () => refuse(new Problem(404, 'there is nothing at this address, or not by this method')),
  });
