import type { Facts } from './facts.ts';

/** What is counted of whom, at which time, and the thing that it is counted by. */
export interface Counting {
  repId: string;
  /** On whose day it is counted (ISO 8601). */
  at: string;
  facts: Facts;
  /** What the counted thing is, and its own id: the same is counted once. */
  of: { what: string; id: string; leadId?: string; url?: string };
}

/** What takes back what was counted: on the same day, under a name of its own. */
export const undone = ({ facts, of, ...on }: Counting): Counting => ({
  ...on,
  facts: Object.fromEntries(Object.entries(facts).map(([name, by]) => [name, -by])),
  of: { ...of, what: `${of.what}-undone` },
});
