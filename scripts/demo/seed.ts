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
  await client.call('POST', '/hr/employees', { mode: 'full', employees }, { 'x-api-key': hr ?? '' });
  for (const [repId, set] of Object.entries(settings)) await client.call('PUT', `/reps/${repId}`, set, admin);
  await client.call('PUT', '/territories', JSON.parse(await readFile(territories, 'utf8')), admin);
  return true;
}
