import { readFile } from 'node:fs/promises';
import { bearer, type Client, keysOf } from './client.ts';
import { employees, settings } from './company.ts';

const territories = new URL('./territories.geojson', import.meta.url);

/** Loads the demo company through the same calls that anybody would use, unless there are reps already. */
export async function seed(client: Client): Promise<boolean> {
  const admin = await bearer(client, { role: 'admin' });
  const { items } = (await client.call('GET', '/reps?limit=1', undefined, admin)) as { items: unknown[] };
  if (items.length > 0) return false;
  const { hr } = await keysOf(client);
  // Known long ago: whatever is tried out next, with whatever time, is news.
  const roster = { mode: 'full', asOf: '2020-01-01T00:00:00.000Z', employees };
  await client.call('POST', '/hr/employees', roster, { 'x-api-key': hr ?? '' });
  for (const [repId, set] of Object.entries(settings)) await client.call('PUT', `/reps/${repId}`, set, admin);
  await client.call('PUT', '/territories', JSON.parse(await readFile(territories, 'utf8')), admin);
  return true;
}
