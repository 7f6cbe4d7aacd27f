import { describe, expect, it } from 'vitest';
import { describeAll } from '../../../functions/api/openapi.ts';

interface Call {
  parameters: { name: string; in: string }[];
  security?: Record<string, unknown>[];
  requestBody?: { required: boolean; content: Record<string, { schema: unknown }> };
  responses: Record<string, { content?: Record<string, { schema: unknown }>; headers?: Record<string, unknown> }>;
}
const { paths } = describeAll() as { paths: Record<string, Record<string, Call>> };
const typesOf = (method: string, path: string, status = 200) =>
  Object.keys(paths[path]?.[method]?.responses[status]?.content ?? {});

describe('the description of all calls', () => {
  it('says as what files and pages come', () => {
    expect(typesOf('get', '/exports/deals')).toEqual(['text/csv', 'application/vnd.apache.parquet']);
    expect(typesOf('get', '/exports/conversions').sort()).toEqual(['application/json', 'text/csv']);
    expect(typesOf('get', '/cycles/{period}/payroll')).toEqual(['text/csv']);
    expect(typesOf('get', '/rankings')).toEqual(['application/json', 'text/csv']);
    for (const path of ['/portal/{token}', '/surveys/{token}'])
      expect(typesOf('get', path)).toEqual(['application/json', 'text/html']);
    expect(typesOf('post', '/surveys/{token}')).toEqual(['text/html']);
    expect(paths['/portal/{token}']?.post?.responses[303]).not.toHaveProperty('content');
  });

  it('says how rosters are sent, and that one may be held', () => {
    const push = paths['/hr/employees']?.post;
    expect(push?.parameters.map(({ name }) => name)).toEqual(['mode', 'asOf']);
    expect(Object.keys(push?.requestBody?.content ?? {})).toEqual(['application/json', 'text/csv']);
    expect(JSON.stringify(push?.responses[202])).toContain('wouldFreeze');
  });

  it('says what a deal of the time before is made of, though its rows are checked one by one', () => {
    expect(JSON.stringify(paths['/history']?.post?.requestBody)).toContain('firstContactAt');
  });

  it('says which call may be made without a body, though one is understood', () => {
    expect(paths['/intake/quarantine/retake']?.post?.requestBody).toMatchObject({ required: false });
    expect(paths['/reps/{repId}']?.put?.requestBody).toMatchObject({ required: true });
  });

  it('says which calls are done once under an Idempotency-Key', () => {
    for (const path of ['/leads/web', '/leads/{leadId}/interactions'])
      expect(paths[path]?.post?.parameters).toContainEqual(
        expect.objectContaining({ name: 'idempotency-key', in: 'header', required: false }),
      );
    expect(paths['/leads/{leadId}/interactions']?.get?.parameters).toHaveLength(1);
  });

  it('names each address once: which parameter stands in a place makes no other address', () => {
    const places = Object.keys(paths).map((path) => path.replaceAll(/\{\w+\}/g, '{}'));
    expect(places.filter((place, at) => places.indexOf(place) < at)).toEqual([]);
    expect(paths).toMatchObject({ '/leads/google-ads': { post: {} }, '/leads/import': { post: {} } });
  });

  it('says that people and sources may count what a customer did', () => {
    expect(paths['/leads/{leadId}/behavior']?.post?.security).toEqual([{ key: [] }, { bearer: [] }]);
  });

  it('says of rules that are read what earlier versions may hold, and of those that are published what is taken', () => {
    const rules = (schema: unknown) => schema as { properties: { teams: { additionalProperties: object } } };
    const taken = paths['/config/routing']?.put?.requestBody?.content['application/json']?.schema;
    const read = paths['/config/routing']?.get?.responses[200]?.content?.['application/json']?.schema;
    const { routing } = (read as { properties: { routing: unknown } }).properties;
    expect(rules(taken).properties.teams.additionalProperties).toMatchObject({
      properties: { shifts: { minItems: 1 } },
    });
    expect(rules(routing).properties.teams.additionalProperties).not.toHaveProperty('properties.shifts.minItems');
  });
});
