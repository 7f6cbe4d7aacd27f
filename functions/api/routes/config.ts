import * as z from 'zod';
import { type ConfigurationName, configurations, type DocumentOf } from '../../../shared/config/configuration.ts';
import { current, load, publish } from '../../../shared/config/store.ts';
import { everybody } from '../../../shared/org/store.ts';
import { commit, reconsider } from '../../../shared/platform/commit.ts';
import { invalid, notFound } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { candidate } from '../../../shared/scoring/model/store.ts';
import { mustBeMadeFrom } from '../made-from.ts';
import { opened } from '../opened.ts';
import { type Route, route } from '../route.ts';

/** What a document must be that its schema cannot say. */
type Check<N extends ConfigurationName> = (document: DocumentOf<N>, table: Table) => Promise<void>;

/** A model that the scoring rules name must be there. */
const namesAModel: Check<'scoring'> = async ({ model }, table) => {
  if (typeof model === 'number' && !(await candidate(table, model)))
    throw invalid('model', `there is no model of version ${model}`);
};

/** Teams that rules name while nobody is in them: taken, since HR may name them next, but said, since a name may be misspelt. */
async function warningsOf(document: object, table: Table): Promise<string[]> {
  const { teams = {} } = document as { teams?: object };
  const named = Array.isArray(teams) ? [] : Object.keys(teams);
  if (named.length === 0) return [];
  const known = new Set((await everybody(table)).map(({ teamId }) => teamId));
  return named.filter((team) => !known.has(team)).map((team) => `teams.${team}: nobody is in this team`);
}

/** The document in force, and its next version. */
function routesOf<N extends ConfigurationName>(name: N, check: Check<N> = async () => undefined): Route[] {
  const { schema, kept } = configurations[name];
  const versioned = (document: z.ZodType) => z.object({ version: z.number(), [name]: document });
  const read = route({
    method: 'GET',
    path: `/config/${name}`,
    summary: `The ${name} rules in force, or those of an earlier version`,
    roles: ['admin', 'supervisor'],
    query: z.object({ version: z.coerce.number().int().min(1).optional() }),
    // An earlier version may hold what is no longer taken.
    answers: { 200: versioned(kept) },
    handle: async ({ query, table }) => {
      const newest = (await current(table))[name];
      const version = query.version ?? newest;
      if (version > newest) throw notFound(`version ${version} of the ${name} rules`);
      return { status: 200, body: { version, [name]: await load(table, name, version) } };
    },
  });
  const write = route({
    method: 'PUT',
    path: `/config/${name}`,
    summary: `Publishes the next version of the ${name} rules (or what GET answered, changed); the old ones are kept. With If-Match, only while that version is in force`,
    roles: ['admin'],
    body: schema,
    opened: (posted) => opened(name, posted),
    answers: { 200: versioned(schema).extend({ warnings: z.array(z.string()).optional() }) },
    handle: ({ body, headers, person, table, now }) =>
      reconsider(async () => {
        await check(body as DocumentOf<N>, table);
        const seen = (await current(table))[name];
        mustBeMadeFrom(seen, headers);
        const warnings = await warningsOf(body, table);
        await commit(table, publish(name, seen, body as DocumentOf<N>, person.repId ?? person.role, now()));
        return {
          status: 200,
          body: { version: seen + 1, [name]: body, ...(warnings.length > 0 ? { warnings } : {}) },
        };
      }),
  });
  return [read, write];
}

/** Reading and publishing each document of rules. */
export const configRoutes: Route[] = [
  ...routesOf('scoring', namesAModel),
  ...routesOf('routing'),
  ...routesOf('sla'),
  ...routesOf('hr'),
  ...routesOf('conversions'),
  ...routesOf('duplicates'),
  ...routesOf('notices'),
  ...routesOf('sources'),
  ...routesOf('rubbish'),
  ...routesOf('journey'),
  ...routesOf('performance'),
  ...routesOf('surveys'),
  ...routesOf('understanding'),
];
