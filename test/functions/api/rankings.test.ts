import { beforeAll, describe, expect, it } from 'vitest';
import { getRankings } from '../../../functions/api/routes/rankings.ts';
import { count } from '../../../shared/appraisal/facts/store.ts';
import { periodOf } from '../../../shared/appraisal/period.ts';
import { makeRanking, readMade } from '../../../shared/appraisal/rankings/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { query } from '../../../shared/platform/table.ts';
import { useRealTable } from '../../real-table.ts';
import { call, hire } from './asked.ts';

const { table } = useRealTable();
const many = 1001;
const nameOf = (at: number): string => `r${String(at).padStart(4, '0')}`;
const did = (repId: string, id: string, won: number) =>
  commit(
    table(),
    count('deals', [
      { repId, at: '2026-11-10T03:00:00.000Z', facts: { won, closed: won }, of: { what: 'won', id, leadId: id } },
    ]),
  );
const ask = (minute: number, asked: object = {}) =>
  call(getRankings, `2026-11-23T02:${String(minute).padStart(2, '0')}:00.000Z`, {
    query: { period: '2026-11' },
    ...asked,
  });
const events = async () =>
  (await query(table(), { pk: 'RANKING#2026-11', begins: 'EVENT#' })).map(({ eventId }) => String(eventId));
const november = periodOf('2026-11');
if (!november) throw new Error('no period');
const make = (generation: string, minute: number) =>
  makeRanking(table(), november, generation, new Date(`2026-11-23T02:${minute}:00.000Z`));

describe('the ranking of a company too large for one call', () => {
  beforeAll(async () => {
    for (let at = 0; at < many; at += 50)
      await Promise.all(
        Array.from({ length: Math.min(50, many - at) }, (_, of) =>
          hire(table(), nameOf(at + of), { teamId: `team-${(at + of) % 40}` }),
        ),
      );
    await did(nameOf(7), 'one', 3);
  }, 120_000);

  it('is made when somebody asks, and asked for once however many ask', async () => {
    const [first] = await Promise.all([ask(0), ask(0), ask(1)]);
    expect(first).toMatchObject({
      status: 202,
      headers: { 'retry-after': '15' },
      body: { asOf: null, making: true, items: [], closed: false },
    });
    expect(await events()).toHaveLength(1);
  });

  it('is answered as it was made, and says as of when', async () => {
    await make('g1', 10);
    const { status, text } = await ask(12);
    const ranking = text === '' ? (await ask(12)).body : JSON.parse(text);
    expect(status).toBe(200);
    expect(ranking).toMatchObject({ asOf: '2026-11-23T02:10:00.000Z', making: false });
    expect(ranking.items).toHaveLength(many);
    expect(ranking.items[0]).toMatchObject({ rank: 1, repId: nameOf(7) });
    expect(new Set(ranking.items.map(({ repId }: { repId: string }) => repId)).size).toBe(many);
    expect(ranking.teams).toHaveLength(40);
    expect(await events()).toHaveLength(1);
  });

  it('is made anew once it is old; until then the one before is answered', async () => {
    await did(nameOf(9), 'two', 5);
    const { text } = await ask(30);
    expect(JSON.parse(text)).toMatchObject({ asOf: '2026-11-23T02:10:00.000Z', making: true });
    expect(await events()).toHaveLength(2);
    await make('g2', 31);
    await make('g2', 31);
    const { rows = [] } = (await readMade(table(), '2026-11')) ?? {};
    expect(rows).toHaveLength(many);
    expect(rows.filter(({ score }) => score !== null).map(({ repId }) => repId)).toEqual([nameOf(7), nameOf(9)]);
  });

  it('of one team is as it is now', async () => {
    const { status, body } = await ask(32, { query: { period: '2026-11', teamId: 'team-7' } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ asOf: '2026-11-23T02:32:00.000Z', items: expect.any(Array) });
    const { items } = body as unknown as { items: { repId: string }[] };
    expect(items).toHaveLength(25);
    expect(items.every(({ repId }) => Number(repId.slice(1)) % 40 === 7)).toBe(true);
  });
});
