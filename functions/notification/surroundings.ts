import { current, load } from '../../shared/config/store.ts';
import { environment, required } from '../../shared/platform/environment.ts';
import type { Table } from '../../shared/platform/table.ts';
import { companyZone } from '../../shared/platform/zone.ts';
import type { Surroundings } from './address.ts';

/** The rules in force for who is told what by which channel, where and when. */
export async function surroundings(table: Table, at: Date): Promise<Surroundings> {
  const { CONSOLE_URL } = environment({ CONSOLE_URL: required });
  const rules = await load(table, 'notices', (await current(table, 'eventually')).notices);
  return { rules, zone: companyZone(), console: CONSOLE_URL, at };
}
