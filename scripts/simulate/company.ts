import { readFile } from 'node:fs/promises';
import { employees } from '../demo/company.ts';
import { places } from './month.ts';
import { type Habit, isStaff, repsOf } from './reps.ts';
import type { Minute } from './time.ts';

const territories = new URL('../demo/territories.geojson', import.meta.url);
const NEWCOMER_SINCE = 20 * 24 * 3600 * 1000;

/** Whom HR has on its roster at a minute; a broken push says that all left but the supervisors. `base`: when the month begins. */
export function rosterOf(habits: readonly Habit[], base: number, at: Minute, broken = false): object[] {
  const like = new Map(employees.map((employee) => [employee.employeeId, employee]));
  const reps = habits.map((habit, nth) => ({
    ...like.get(habit.like),
    employeeId: habit.repId,
    phone: `+86138${String(10_000_000 + nth)}`,
    status: broken ? 'left' : isStaff(habit, at) ? 'active' : habit.away?.status,
    ...(habit.newcomer ? { hiredAt: new Date(base - NEWCOMER_SINCE).toISOString().slice(0, 10) } : {}),
  }));
  const supervisors = employees.filter(({ employeeId }) => !habits.some(({ like: of }) => of === employeeId));
  return [...supervisors, ...reps];
}

/** The company's map, with the districts and postcodes of its customers; two territories may overlap. */
export async function mapOf(habits: readonly Habit[], overlapping: boolean): Promise<object> {
  const map = JSON.parse(await readFile(territories, 'utf8')) as {
    features: {
      properties: { territoryId: string; repIds: string[]; postcodes?: string[]; divisions?: string[] };
      geometry: { type: string; coordinates: unknown[] };
    }[];
  };
  for (const { properties } of map.features) {
    const own = places.filter(({ territoryId }) => territoryId === properties.territoryId);
    properties.repIds = repsOf(habits, properties.territoryId);
    properties.postcodes = own.map(({ postcode }) => postcode);
    properties.divisions = own.map(({ city, district }) => (district === '姑苏区' ? `${city}${district}` : district));
  }
  const [one, other] = ['shanghai-puxi', 'shanghai-pudong'].map((id) =>
    map.features.find(({ properties }) => properties.territoryId === id),
  );
  if (overlapping && one && other)
    one.geometry = { type: 'MultiPolygon', coordinates: [one.geometry.coordinates, other.geometry.coordinates] };
  return map;
}
