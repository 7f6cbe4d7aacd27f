import * as z from 'zod';
import { behaviorBatch } from '../../shared/behavior/behavior.ts';
import { webFormWith } from '../../shared/lead/web-form.ts';
import { employee, rosterPush } from '../../shared/org/roster.ts';
import { appraisal } from './groups/appraisal.ts';
import { map } from './groups/map.ts';
import { people } from './groups/people.ts';
import { reports } from './groups/reports.ts';
import { settings } from './groups/settings.ts';
import type { Route } from './route.ts';

/** The form as it is described: numbers are normalised where it is taken. */
const describedForm = webFormWith((text) => text);

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })),
});

type Json = Record<string, unknown>;

/** A zod schema as OpenAPI 3.1 has it (JSON Schema 2020-12): as it is sent, or as it is answered. */
const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json;
};

const content = (schema: z.ZodType, io: 'input' | 'output', type = 'application/json') => ({
  content: { [type]: { schema: schemaOf(schema, io) } },
});

/** The fields of an address or a query string as parameters. */
function parameters(schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, of]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: of,
  }));
}

function describe(of: Route): Json {
  const answers = Object.entries(of.answers).map(([status, schema]) => [
    status,
    { description: 'done', ...content(schema, 'output') },
  ]);
  return {
    summary: of.summary,
    ...(of.roles === 'public' ? {} : { security: [{ bearer: [...of.roles] }] }),
    parameters: [...parameters(of.params, 'path'), ...parameters(of.query, 'query')],
    ...(of.body
      ? {
          requestBody: {
            required: true,
            ...content(of.body, 'input', of.form ? 'application/x-www-form-urlencoded' : 'application/json'),
          },
        }
      : {}),
    responses: {
      ...Object.fromEntries(answers),
      default: { description: 'refused', ...content(problem, 'output', 'application/problem+json') },
    },
  };
}

/** What a machine may call beside the routes: its summary, body and good answer. */
const machine = (summary: string, body: z.ZodType, status: number, answer: z.ZodType, path: Json[] = []): Json => ({
  summary,
  security: [{ key: [] }],
  parameters: path,
  requestBody: { required: true, ...content(body, 'input') },
  responses: {
    [status]: { description: 'taken', ...content(answer, 'output') },
    default: { description: 'refused', ...content(problem, 'output', 'application/problem+json') },
  },
});

const receipt = z.object({
  leadId: z.string(),
  status: z.enum(['received', 'duplicate']),
  duplicateOf: z.string().optional(),
});

const applied = z.object({
  applied: z.literal(true),
  changed: z.array(z.object({ repId: z.string(), from: z.string().nullable(), to: z.string() })),
  rejected: z.array(z.object({ line: z.number(), path: z.string(), message: z.string() })),
  handedOver: z.number(),
});

/** A push as it is documented: rows are checked one by one, so that a bad one spoils no other. */
const rosterDocument = rosterPush.extend({ employees: z.array(employee) });

const path = (name: string): Json => ({ name, in: 'path', required: true, schema: { type: 'string' } });

const counted = z.object({ leadId: z.string(), counted: z.number(), repeated: z.number(), tooOld: z.number() });

const machines: Record<string, Json> = {
  '/leads/{source}': {
    post: machine('Takes a lead (here: from a web form)', describedForm, 202, receipt, [path('source')]),
  },
  '/leads/{leadId}/behavior': {
    post: machine('Counts what the customer did; people may as well', behaviorBatch, 200, counted, [path('leadId')]),
  },
  '/hr/employees': { post: machine('Takes a roster, whole or changes only', rosterDocument, 200, applied) },
};

/** The description of every call, from the schemas that check them. */
export function describeAll(): Json {
  const paths: Record<string, Json> = structuredClone(machines);
  const routes: readonly Route[] = [...people, ...settings, ...map, ...reports, ...appraisal];
  for (const each of routes) {
    paths[each.path] = { ...paths[each.path], [each.method.toLowerCase()]: describe(each) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Leadkeeper', version: '1', description: 'Lead management: no lead lost, none late.' },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        key: { type: 'apiKey', in: 'header', name: 'x-api-key' },
      },
    },
    paths,
  };
}
