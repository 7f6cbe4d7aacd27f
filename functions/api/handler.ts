import httpRouter from '@middy/http-router';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { now } from '../../shared/platform/clock.ts';
import { httpStep, refuse } from '../../shared/platform/http-step.ts';
import { type Person, personOf } from '../../shared/platform/identity.ts';
import { Problem } from '../../shared/platform/problem.ts';
import { table } from '../../shared/platform/table.ts';
import { signedIn } from './access.ts';
import type { Route } from './route.ts';
import { routes } from './routes/index.ts';

const nobody: Person = { role: 'rep' };

/** One route as a Lambda of its own: who calls, may they, then what the route does. */
const serve = (route: Route) =>
  httpStep(async (call) => {
    const person = route.roles === 'public' ? nobody : await personOf(call.headers.authorization);
    const known = route.roles === 'public' ? nobody : await signedIn(table(), person);
    return route.run(call, known, table(), now);
  });

/** What people call, by its address and method. Woken by HTTP. */
export const handler = httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>({
  routes: routes.map((route) => ({ method: route.method, path: route.path, handler: serve(route) })),
  notFoundResponse: () => refuse(new Problem(404, 'there is nothing at this address, or not by this method')),
});
