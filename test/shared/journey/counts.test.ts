import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsBetween } from '../../../shared/appraisal/facts/store.ts';
import { logged } from '../../../shared/journey/contacts/store.ts';
import { asTheyWere } from '../../../shared/journey/corrections/marked.ts';
import { corrected } from '../../../shared/journey/corrections/store.ts';
import { type HealthRow, healthOf } from '../../../shared/journey/health/health.ts';
import { deedsBetween, healthBetween } from '../../../shared/journey/health/store.ts';
import { type Interaction, isContact } from '../../../shared/journey/interaction.ts';
import { moveTo } from '../../../shared/journey/move.ts';
import { moving } from '../../../shared/journey/moves/store.ts';
import { stages } from '../../../shared/journey/stages.ts';
import { defaultJourneyRules } from '../../../shared/journey/standard.ts';
import { interactionsOf } from '../../../shared/journey/store.ts';
import { become, isOpen } from '../../../shared/lead/lead.ts';
import { read, timeline } from '../../../shared/lead/store.ts';
import { readRep, takeOn } from '../../../shared/org/store.ts';
import { type Change, Conflict, commit } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { minutesBetween } from '../../../shared/response/response.ts';
import { countAsGiven, rowOf, rowsBetween } from '../../../shared/response/store.ts';
import { defaultSlaRules } from '../../../shared/sla/rules.ts';
import { anyRep, leadsExist, monday, repsExist, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const targets = { stage: () => null, cycle: null };
const HOUR = 3600 * 1000;

const act = fc.record({
  lead: fc.nat(2),
  hours: fc.integer({ min: 1, max: 400 }),
  what: fc.oneof(
    // Logged late, or out of order: `before` hours ago.
    fc.record({ kind: fc.constant('contact' as const), reached: fc.boolean(), before: fc.nat(300) }),
    fc.record({
      kind: fc.constant('correct' as const),
      which: fc.nat(5),
      reached: fc.boolean(),
      never: fc.boolean(),
      before: fc.nat(300),
    }),
    fc.record({ kind: fc.constant('move' as const), to: fc.constantFrom(...stages, 'lost' as const) }),
  ),
  /** The transaction is sent once more after it was made, as after an answer that was lost. */
  twice: fc.boolean(),
});

/** A lead that a rep of the team has. */
async function assigned(team: string): Promise<string> {
  const repId = `rep-of-${team}`;
  const owner = { repId, name: repId, teamId: team };
  const scored = scoredLead(newId(monday));
  const lead = become({ ...scored, given: rowOf(scored, owner) }, { status: 'assigned', owner });
  await leadsExist(table(), lead);
  await commit(table(), countAsGiven(lead, owner));
  const rep = await readRep(table(), repId);
  if (!rep) throw new Error('the rep is not there');
  await commit(table(), [takeOn(rep, rep.tally, monday)]);
  return lead.leadId;
}

type Act =
  | { kind: 'contact'; reached: boolean; before: number }
  | { kind: 'correct'; which: number; reached: boolean; never: boolean; before: number }
  | { kind: 'move'; to: (typeof stages)[number] | 'lost' };

/** Makes the changes, and sends them again if asked: what was made is refused. */
async function make(changes: readonly Change[], twice: boolean): Promise<void> {
  await commit(table(), changes);
  if (twice) await expect(commit(table(), changes)).rejects.toBeInstanceOf(Conflict);
}

async function perform(leadId: string, { what, twice }: { what: Act; twice: boolean }, at: Date) {
  const lead = await read(table(), leadId);
  if (!lead) throw new Error('the lead is gone');
  const then = 'before' in what ? Math.max(monday.getTime(), at.getTime() - what.before * HOUR) : at.getTime();
  const said = { channel: 'phone' as const, minutes: 1, summary: 'x', outcome: 'x', at: new Date(then).toISOString() };
  if (what.kind === 'contact') {
    if (!isOpen(lead)) return;
    const made = await logged(table(), lead, { ...said, reached: what.reached }, defaultSlaRules, at);
    return make(made.changes, twice);
  }
  if (what.kind === 'correct') {
    const records = await interactionsOf(table(), leadId);
    const wrong = asTheyWere(records).at(what.which);
    if (!wrong) return;
    const right = what.never ? { retracted: true as const } : { ...said, reached: what.reached };
    const reason = 'it was otherwise';
    const of = { lead, records, messages: [] };
    return make((await corrected(table(), of, wrong, { ...right, reason }, defaultSlaRules, at)).changes, twice);
  }
  if (!isOpen(lead)) return;
  const move = moveTo(
    lead.stage.name,
    { to: what.to, lostReason: 'price', reason: 'known' },
    { role: 'admin', missing: [] },
  );
  if ('refused' in move) return;
  const rules = { journey: defaultJourneyRules, sla: defaultSlaRules };
  return make((await moving(table(), lead, move, rules, at)).changes, twice);
}

const then = (what: Act) => ({ lead: 0, hours: 1, what, twice: false });
/** A deal that was closed before anybody knew that the customer had been reached. */
const closedBeforeKnown = [
  then({ kind: 'contact', reached: false, before: 0 }),
  then({ kind: 'move', to: 'payment-confirmed' }),
  then({ kind: 'correct', which: 0, reached: true, never: false, before: 0 }),
];

describe('the running counts of the process', () => {
  it('are what counting the records anew gives, after corrections and repeats; the times in stages add up to the cycle', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 25 }), async (acts) => {
        round += 1;
        const team = `team-${round}`;
        await repsExist(table(), anyRep(`rep-of-${team}`, { teamId: team }));
        const leads = [await assigned(team), await assigned(team), await assigned(team)];
        let now = monday.getTime();
        for (const { lead, hours, ...rest } of acts) {
          now += hours * HOUR;
          await perform(leads[lead] ?? '', rest, new Date(now));
        }
        const rows = (await healthBetween(table(), '2026-01-01', '2029-01-01')).filter(({ teamId }) => teamId === team);
        await compare(rows, leads, team);
        await compareFirst(leads, team);
      }),
      { numRuns: 25, examples: [[closedBeforeKnown]] },
    );
  });
});

const firstOf = (contacts: readonly Interaction[]): string | null =>
  contacts.find((each) => isContact(each))?.at ?? null;

/** The clocks and the response times beside the first contacts that the records hold. */
async function compareFirst(leads: readonly string[], team: string): Promise<void> {
  const expected = new Map<string, number>();
  let reps = 0;
  const closed = { won: 0, lost: 0, uncalled: 0 };
  for (const leadId of leads) {
    const lead = await read(table(), leadId);
    const first = firstOf(asTheyWere(await interactionsOf(table(), leadId)));
    expect(lead?.sla.firstContactAt).toBe(first);
    if (lead && isOpen(lead)) expect(lead.status).toBe(first === null ? 'assigned' : 'contacted');
    if (lead?.status === 'lost') closed.lost += 1;
    if (lead?.status === 'won') closed[first === null ? 'uncalled' : 'won'] += 1;
    if (first === null) continue;
    reps += 1;
    const minutes = minutesBetween(monday.toISOString(), first);
    for (const what of lead?.status === 'won' ? ['contacted', 'won'] : ['contacted'])
      expected.set(`${what}${minutes}`, (expected.get(`${what}${minutes}`) ?? 0) + 1);
  }
  const rows = (await rowsBetween(table(), '2026-11-01', '2026-12-01')).filter(({ teamId }) => teamId === team);
  const counted = rows.flatMap(({ contacted, won }) => [
    ...[...contacted].map(([minutes, many]) => [`contacted${minutes}`, many] as const),
    ...[...won].map(([minutes, many]) => [`won${minutes}`, many] as const),
  ]);
  const sums = new Map<string, number>();
  for (const [name, many] of counted) sums.set(name, (sums.get(name) ?? 0) + many);
  expect(new Map([...sums].filter(([, many]) => many !== 0))).toEqual(expected);
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + of(row), 0);
  const won = sum((row) => [...row.won.values()].reduce((all, many) => all + many, 0));
  expect({ won, lost: sum(({ lost }) => lost), uncalled: sum(({ uncalled }) => uncalled) }).toEqual(closed);
  expect(sum(({ given }) => given)).toBe(leads.length);
  const facts = await factsBetween(table(), `rep-of-${team}`, '2026-01-01', '2029-01-01');
  expect(facts.reduce((sum, day) => sum + (day.facts.answered ?? 0), 0)).toBe(reps);
}

/** The counts beside what the leads' own records say. */
async function compare(rows: HealthRow[], leads: readonly string[], team: string): Promise<void> {
  const health = healthOf(rows, targets);
  const contacts = (await Promise.all(leads.map((leadId) => interactionsOf(table(), leadId)))).flatMap(asTheyWere);
  expect(health.contacts.logged).toBe(contacts.length);
  expect(health.contacts.ineffective).toBe(contacts.filter((each) => !isContact(each)).length);
  const moves = (
    await Promise.all(
      leads.map(async (leadId) => {
        const events = (await timeline(table(), leadId)).filter(({ type }) => type === 'StageMoved');
        return events.map(({ at, detail }, n) => ({
          from: String(detail.from),
          to: String(detail.to),
          stayed: Date.parse(at) - (n === 0 ? monday.getTime() : Date.parse(events[n - 1]?.at ?? at)),
          at,
        }));
      }),
    )
  ).flat();
  for (const { stage, left, meanHours } of health.stages) {
    const own = moves.filter(({ from }) => from === stage);
    expect(left).toBe(own.length);
    const mean = own.reduce((sum, { stayed }) => sum + stayed, 0) / Math.max(1, own.length) / HOUR;
    if (meanHours !== null) expect(meanHours).toBeCloseTo(mean, 2);
  }
  const lost = moves.filter(({ to }) => to === 'lost').length;
  expect(health.lostReasons).toEqual(lost === 0 ? [] : [{ reason: 'price', deals: lost }]);
  // Time in stages sums to the cycle, exactly.
  const deeds = await deedsBetween(table(), team, '2026-01-01', '2029-01-01');
  for (const leadId of leads) {
    const own = deeds.flatMap((deed) => (deed.leadId === leadId && deed.kind === 'move' ? [deed] : []));
    const won = own.find(({ cycle }) => cycle !== undefined);
    if (won) expect(own.reduce((sum, { stayed }) => sum + stayed, 0)).toBe(won.cycle);
  }
  const behind = deeds.filter((deed) => deed.kind === 'contact' && !deed.retracted);
  expect(behind).toHaveLength(contacts.length);
  expect(deeds.filter(({ kind }) => kind === 'move')).toHaveLength(moves.length);
}
