import type { Territory } from './territory.ts';

/** The reps who do not serve some territory any more that they served before, or that is there no longer. */
export function repsWhoLost(
  before: readonly Pick<Territory, 'territoryId' | 'repIds'>[],
  after: readonly Pick<Territory, 'territoryId' | 'repIds'>[],
): string[] {
  const now = new Map(after.map(({ territoryId, repIds }) => [territoryId, new Set(repIds)]));
  const lost = before.flatMap(({ territoryId, repIds }) => repIds.filter((repId) => !now.get(territoryId)?.has(repId)));
  return [...new Set(lost)].sort();
}
