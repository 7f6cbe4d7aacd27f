import type { Rep } from '../../shared/org/rep.ts';
import { readReps } from '../../shared/org/store.ts';
import { iso } from '../../shared/platform/clock.ts';
import type { Table } from '../../shared/platform/table.ts';
import { exceptionsBetween, type SlaException } from '../../shared/sla/store.ts';
import { messagesFor } from './address.ts';
import { ADMINS, type Speech, type Telling } from './compose.ts';
import { deliver } from './deliver.ts';
import { supervisorsOf } from './supervisor.ts';
import { surroundings } from './surroundings.ts';

const DAY = 24 * 3600 * 1000;

/** In the order in which they are told. */
const REASONS = ['not-assigned', 'never-seen', 'seen-not-called', 'tried-not-reached'] as const;

/** Some of the exceptions of a day, counted by what the owner had done. */
function countsOf(exceptions: readonly SlaException[], { language }: Speech): string {
  const counts = REASONS.flatMap((why) => {
    const count = exceptions.filter((each) => (each.why ?? 'not-assigned') === why).length;
    return count > 0 ? [`${language.words[why]} ${count}`] : [];
  });
  return language.list(counts);
}

/** What a supervisor is told of their people's exceptions: by rep, the most first. Names no customer. */
function digest(to: Telling['to'], exceptions: readonly SlaException[], nameOf: (repId: string) => string): Telling {
  const byRep = Object.entries(Object.groupBy(exceptions, ({ repId }) => repId ?? ''))
    .map(([repId, theirs = []]) => ({ name: repId === '' ? undefined : nameOf(repId), theirs }))
    .sort((a, b) => b.theirs.length - a.theirs.length);
  const values = (speech: Speech) => ({
    count: String(exceptions.length),
    lines: speech.language.lines(
      byRep.map(({ name, theirs }) => speech.language.missedBy(name, theirs.length, countsOf(theirs, speech))),
    ),
  });
  return { to, kind: 'exception-digest', values };
}

/** To each supervisor, once a day: who of their people let what lie; to the admins of those without one that is there. */
export async function sendDigests(table: Table, now: () => Date): Promise<void> {
  const at = now();
  const missed = (await exceptionsBetween(table, new Date(at.getTime() - DAY), at)).filter(
    ({ withdrawnBy }) => withdrawnBy === undefined,
  );
  if (missed.length === 0) return;
  const owners = await readReps(table, [...new Set(missed.flatMap(({ repId }) => repId ?? []))]);
  const supervisors = await supervisorsOf(table, [...owners.values()]);
  const toWhom = ({ repId }: SlaException): Rep | typeof ADMINS => supervisors.get(repId ?? '') ?? ADMINS;
  const nameOf = (repId: string): string => owners.get(repId)?.name ?? repId;
  const tellings = [...Map.groupBy(missed, toWhom)].map(([to, theirs]) => digest(to, theirs, nameOf));
  const around = await surroundings(table, at);
  // Named after the day: a run that comes twice sends nothing twice.
  const eventId = `digest-${iso(at).slice(0, 10)}`;
  const messages = tellings.flatMap((telling) => messagesFor(telling, around));
  await deliver(table, eventId, messages, { now, lastTry: true });
}
