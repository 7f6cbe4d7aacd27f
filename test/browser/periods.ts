import type { System } from '../running-system.ts';

const now = async (system: System): Promise<Date> =>
  new Date((await system.call<{ now: string }>('GET', '/_local/clock')).body.now);

const quarterOf = (day: Date): string => `${day.getUTCFullYear()}-Q${Math.floor(day.getUTCMonth() / 3) + 1}`;

/** The quarter that it is by the system's clock. */
export const thisQuarter = async (system: System): Promise<string> => quarterOf(await now(system));

/** The quarter before. */
export async function lastQuarter(system: System): Promise<string> {
  const day = await now(system);
  return quarterOf(new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - 3, 1)));
}
