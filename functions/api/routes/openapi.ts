import * as z from 'zod';
import { description } from '../description.ts';
import { route } from '../route.ts';

/** The description of all calls, as a call. */
export const openapi = route({
  method: 'GET',
  path: '/openapi.json',
  summary: 'This description',
  roles: 'public',
  answers: { 200: z.record(z.string(), z.unknown()) },
  handle: async () => ({ status: 200, raw: { type: 'application/json', body: description() } }),
});
