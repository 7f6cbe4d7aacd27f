import { isFrozen, type RepStatus } from '../rep.ts';
import type { Page } from './page.ts';
import { type Person, type System, statuses, systems, type Today } from './word.ts';

/** Who is in which system with which status, and whether they agree. */
export interface Drift {
  repId: string;
  name: string;
  /** What counts. */
  status: RepStatus;
  /** What each system says, and since when (ISO 8601); `overruled`: an admin took the person back against it. */
  systems: Partial<Record<System, { status: RepStatus; since: string; overruled?: true }>>;
  /** Systems that know others of the staff, but not this person, who has not left. */
  missing: System[];
  /** Since when the systems disagree; not there while they agree. */
  since?: string;
}

/** Everybody, by id, with what the systems say of them. They disagree when one shuts out whom another does not, or knows nobody. */
export function drifts(pages: Iterable<Page>, now: Today): Drift[] {
  const people = [...pages].flatMap((page) => [...page.people]);
  const used = systems.filter((system) => people.some(([, { words }]) => words[system] !== undefined));
  return people
    .map(([repId, person]) => driftOf(repId, person, used, now))
    .sort((a, b) => (a.repId < b.repId ? -1 : 1));
}

function driftOf(repId: string, { status, words }: Person, used: readonly System[], now: Today): Drift {
  const said = statuses(words, now);
  const shut = said.filter(([, each]) => isFrozen({ status: each }));
  const missing = isFrozen({ status }) ? [] : used.filter((system) => words[system] === undefined);
  const overruled = Object.values(words).some((word) => word.overruled);
  const apart = (shut.length > 0 && shut.length < said.length) || overruled;
  const turns = Object.values(words)
    .map(({ since }) => since)
    .sort();
  const since = apart ? turns.at(-1) : missing.length > 0 ? turns[0] : undefined;
  const shown = systems.flatMap((system) => {
    const word = words[system];
    if (!word) return [];
    const says = said.find(([each]) => each === system)?.[1] ?? word.status ?? status;
    return [[system, { status: says, since: word.since, ...(word.overruled ? { overruled: true } : {}) }]];
  });
  const name = systems.map((system) => words[system]?.name).find((each) => each !== undefined) ?? repId;
  return {
    repId,
    name,
    status,
    systems: Object.fromEntries(shown) as Drift['systems'],
    missing,
    ...(since === undefined ? {} : { since }),
  };
}
