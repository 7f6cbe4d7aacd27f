import * as z from 'zod';
import { behaviorBatch } from '../../shared/behavior/behavior.ts';
import { type SourceName, sourceNames } from '../../shared/intake/sources.ts';
import { pastDeal } from '../../shared/journey/history/deal.ts';
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
  const { $schema, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    // An answer may get more fields with time, and whoever reads it must not refuse them.
    override: ({ jsonSchema }) => {
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return json;
};

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** What is sent or answered, in each of its types: the schema tells of JSON and of a form's fields; all else is a file or a page. */
const content = (schema: z.ZodType, io: 'input' | 'output', types: readonly string[] = [JSON_TYPE]) => ({
  content: Object.fromEntries(
    types.map((type) => {
      const isTold = type === FORM_TYPE || /\bjson$/.test(type);
      return [type, { schema: isTold ? schemaOf(schema, io) : { type: 'string' } }];
    }),
  ),
});

const refused = {
  default: { description: 'refused', ...content(problem, 'output', ['application/problem+json']) },
};

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

/** The header under which the same is done once. */
const idempotencyKey: Json = {
  name: 'idempotency-key',
  in: 'header',
  required: false,
  description:
    'The same key with the same body gets the first answer again for a day, and nothing more is done; with another body it is refused (409)',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

function describe(of: Route): Json {
  const answers = Object.entries(of.answers).map(([status, schema]) => [
    status,
    Number(status) < 300
      ? { description: 'done', ...content(schema, 'output', of.types) }
      : { description: 'elsewhere', headers: { location: { schema: { type: 'string' } } } },
  ]);
  const body = documented[of.path] ?? of.body;
  return {
    summary: of.summary,
    ...(of.roles === 'public' ? {} : { security: [{ bearer: [...of.roles] }] }),
    parameters: [
      ...parameters(of.params, 'path'),
      ...parameters(of.query, 'query'),
      ...(of.once ? [idempotencyKey] : []),
    ],
    ...(body
      ? { requestBody: { required: !of.bare, ...content(body, 'input', of.form ? [FORM_TYPE] : [JSON_TYPE]) } }
      : {}),
    responses: { ...Object.fromEntries(answers), ...refused },
  };
}

/** What machines call beside the routes: body and good answers, and where they differ the types of the body, who may, the parameters. */
const machine = (
  summary: string,
  body: z.ZodType,
  answers: Record<number, z.ZodType>,
  {
    types = [JSON_TYPE],
    who = ['key'],
    parameters = [],
  }: { types?: string[]; who?: string[]; parameters?: Json[] } = {},
): Json => ({
  summary,
  security: who.map((scheme) => ({ [scheme]: [] })),
  parameters,
  requestBody: { required: true, ...content(body, 'input', types) },
  responses: {
    ...Object.fromEntries(
      Object.entries(answers).map(([status, answer]) => [
        status,
        { description: 'taken', ...content(answer, 'output') },
      ]),
    ),
    ...refused,
  },
});

/** What became of what was posted, for senders who read answers. */
const receipt = z.union([
  z.object({ leadId: z.string(), status: z.enum(['received', 'duplicate']), duplicateOf: z.string().optional() }),
  z.object({ status: z.literal('received'), importId: z.string(), rows: z.number(), progress: z.string() }),
  z.object({ status: z.literal('quarantined'), quarantineId: z.string() }),
  z.object({ status: z.literal('noted') }),
]);

const applied = z.object({
  applied: z.literal(true),
  changed: z.array(z.object({ repId: z.string(), from: z.string().nullable(), to: z.string() })),
  rejected: z.array(z.object({ line: z.number(), path: z.string(), message: z.string() })),
  handedOver: z.number(),
});

const held = z.object({
  applied: z.literal(false),
  review: z.object({ reviewId: z.string(), wouldFreeze: z.number(), share: z.number() }),
});

/** A push as it is documented: rows are checked one by one, so that a bad one spoils no other. */
const rosterDocument = rosterPush.extend({ employees: z.array(employee) });

const path = (name: string): Json => ({ name, in: 'path', required: true, schema: { type: 'string' } });

const counted = z.object({ leadId: z.string(), counted: z.number(), repeated: z.number(), tooOld: z.number() });

/** What the file of an import may be. */
const FILE_TYPES = ['text/csv', 'application/x-ndjson'];

/** Each source by itself: `/leads/{source}` beside `/leads/{leadId}` would be one address with two names, which OpenAPI forbids. */
const takesLeads = (source: SourceName): Json =>
  source === 'web'
    ? machine(
        'Takes a lead, as here or as an HTML form',
        describedForm,
        { 202: receipt },
        { types: [JSON_TYPE, FORM_TYPE], parameters: [idempotencyKey] },
      )
    : machine(
        `Takes what ${source} sends, as it sends it, and answers as it wants`,
        z.unknown(),
        { 200: z.unknown(), 202: receipt },
        { types: source === 'import' ? FILE_TYPES : [JSON_TYPE], parameters: [idempotencyKey] },
      );

const machines: Record<string, Json> = {
  ...Object.fromEntries(sourceNames.map((source) => [`/leads/${source}`, { post: takesLeads(source) }])),
  '/leads/{leadId}/behavior': {
    post: machine(
      'Counts what the customer did; people may as well',
      behaviorBatch,
      { 200: counted },
      { who: ['key', 'bearer'], parameters: [path('leadId')] },
    ),
  },
  '/hr/employees': {
    post: machine(
      'Takes a roster, whole or changes only; 202: it would freeze too many and is held for an admin',
      rosterDocument,
      { 200: applied, 202: held },
      {
        types: [JSON_TYPE, 'text/csv'],
        parameters: parameters(rosterPush.pick({ mode: true, asOf: true }).partial(), 'query'),
      },
    ),
  },
};

/** Bodies of which the rows are checked one by one, as they are documented. */
const documented: Record<string, z.ZodType> = { '/history': z.object({ deals: z.array(pastDeal).min(1) }) };

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
