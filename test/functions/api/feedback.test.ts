import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  getFeedback,
  getInvitations,
  postFeedback,
  postRound,
  takeToken,
} from '../../../functions/api/routes/feedback.ts';
import { getRecords, getScorecard } from '../../../functions/api/routes/scorecards.ts';
import { count } from '../../../shared/appraisal/facts/store.ts';
import { addInteraction } from '../../../shared/journey/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import type { Item } from '../../../shared/platform/table.ts';
import { useRealTable } from '../../real-table.ts';
import { admin, call, hire, rep } from './asked.ts';

const { table } = useRealTable();
const monday = '2026-11-02T02:00:00.000Z';
const afterwards = '2026-11-20T02:00:00.000Z';
const colleagues = ['b', 'c', 'd', 'e', 'f'];

/** Somebody's contact with a lead. */
const worked = (repId: string, leadId: string) => {
  const interactionId = `${repId}-${leadId}`;
  const contact = {
    interactionId,
    at: monday,
    repId,
    channel: 'phone' as const,
    minutes: 5,
    summary: 'talked',
    outcome: 'good',
  };
  const of = { what: 'contact', id: interactionId, leadId };
  return commit(table(), [
    addInteraction(leadId, contact),
    ...count('contacts', [{ repId, at: monday, facts: { contacts: 1 }, of }]),
  ]);
};

beforeAll(async () => {
  for (const repId of ['a', 'x', 'y', 'stranger', ...colleagues]) await hire(table(), repId);
  for (const subject of ['a', 'x', 'y']) {
    await worked(subject, `lead-${subject}`);
    for (const each of colleagues) await worked(each, `lead-${subject}`);
  }
});

const open = (repId: string, but: object = {}) => call(postRound, monday, { body: { repId, ...but } });
const points = (each: number) => ({ reliable: each, informs: each, helps: each });
async function tokenFor(colleague: string, roundId: string): Promise<string> {
  const { status, body } = await call(takeToken, monday, { params: { roundId }, person: rep(colleague) });
  expect(status).toBe(201);
  return body.token as unknown as string;
}
const answer = (token: string, each: number, text?: string, at = monday) =>
  call(postFeedback, at, { body: { token, points: points(each), ...(text === undefined ? {} : { text }) } });
const seen = (repId: string, at = afterwards, person = rep(repId)) =>
  call(getFeedback, at, { params: { repId }, person });

describe('a round of feedback', () => {
  it('asks those who worked on the same leads, never the person, and never fewer than four', async () => {
    expect(await open('a', { colleagues: ['b', 'a', 'c', 'd'] })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'colleagues.1', message: 'nobody gives feedback on themselves' }] },
    });
    expect(await open('a', { colleagues: ['b', 'stranger', 'c', 'd'] })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'colleagues.1' }] },
    });
    expect(await open('a', { colleagues: ['b', 'c', 'd'] })).toMatchObject({
      status: 409,
      body: { errors: [{ path: 'colleagues' }] },
    });
    expect(await open('stranger')).toMatchObject({ status: 409 });
    expect(
      (
        await call(postRound, monday, {
          body: { repId: 'a' },
          person: { role: 'supervisor', repId: 's', teamId: 'west' },
        })
      ).status,
    ).toBe(404);
    expect((await call(postRound, monday, { body: { repId: 'a' }, person: rep('a') })).status).toBe(403);
    expect(await open('a', { colleagues })).toMatchObject({ status: 201, body: { invited: 5, until: '2026-11-16' } });
    expect((await open('a')).status).toBe(409);
    const { body } = await call(getInvitations, monday, { person: rep('b') });
    expect(body.items).toMatchObject([
      { repId: 'a', name: 'A', questions: [{ id: 'reliable' }, { id: 'informs' }, { id: 'helps' }] },
    ]);
    expect((await call(getInvitations, monday, { person: rep('stranger') })).body.items).toEqual([]);
  });

  it('takes one answer by each token, whole, in time, and says what is wrong with any other', async () => {
    const [{ roundId } = { roundId: '' }] = (await call(getInvitations, monday, { person: rep('b') })).body
      .items as unknown as { roundId: string }[];
    expect((await call(takeToken, monday, { params: { roundId }, person: rep('a') })).status).toBe(404);
    const token = await tokenFor('b', roundId);
    expect((await call(takeToken, monday, { params: { roundId }, person: rep('b') })).status).toBe(409);
    expect(await answer('made-up', 3)).toMatchObject({ status: 401, body: { errors: [{ path: 'token' }] } });
    for (const [body, path] of [
      [{ token, points: { ...points(3), charm: 3 } }, 'points.charm'],
      [{ token, points: { reliable: 3, informs: 3 } }, 'points.helps'],
      [{ token, points: points(6) }, 'points.reliable'],
    ] as const)
      expect(await call(postFeedback, monday, { body })).toMatchObject({
        status: 400,
        body: { errors: expect.arrayContaining([expect.objectContaining({ path })]) },
      });
    expect(await answer(token, 4, undefined, '2026-11-17T02:00:00.000Z')).toMatchObject({ status: 410 });
    expect((await answer(token, 4)).status).toBe(201);
    expect(await answer(token, 1)).toMatchObject({
      status: 409,
      body: { errors: [{ path: 'token', message: 'this token was used already' }] },
    });
    for (const each of ['c', 'd']) await answer(await tokenFor(each, roundId), 4);
    // Three of five: too few. While it is open, not even that is said.
    expect((await seen('a', monday)).body.items).toEqual([
      { openedOn: '2026-11-02', until: '2026-11-16', state: 'open' },
    ]);
    expect((await seen('a')).body.items).toMatchObject([{ state: 'too-few' }]);
    expect(JSON.stringify((await seen('a')).body)).not.toContain('result');
    expect((await seen('a', afterwards, rep('b'))).status).toBe(404);
  });
});

describe('nobody can find out who said what', () => {
  const given = { b: 5, c: 4, d: 4, e: 1, f: 5 } as const;
  const words = { b: 'always there', c: 'fine', d: undefined, e: 'late again', f: undefined } as const;

  /** One world: who gave which answer. */
  async function world(subject: string, as: (colleague: keyof typeof given) => keyof typeof given): Promise<string> {
    const { body } = await open(subject, { colleagues });
    const roundId = body.roundId as unknown as string;
    const tokens = new Map<string, string>();
    for (const each of colleagues) tokens.set(each, await tokenFor(each, roundId));
    for (const each of Object.keys(given) as (keyof typeof given)[])
      expect((await answer(tokens.get(each) ?? '', given[as(each)], words[as(each)])).status).toBe(201);
    return roundId;
  }

  it('by no call: who swaps answers with a colleague changes nothing that anybody can see', async () => {
    const plain = await world('x', (each) => each);
    const swapped = await world(
      'y',
      (each) => ({ b: 'b', c: 'e', d: 'c', e: 'f', f: 'd' })[each] as keyof typeof given,
    );
    const watchers = [
      rep('x'),
      rep('y'),
      ...colleagues.map(rep),
      admin,
      { role: 'supervisor', repId: 's', teamId: 'east' } as const,
    ];
    const all = async (subject: string, roundId: string) => {
      const views: unknown[] = [];
      for (const at of [monday, afterwards])
        for (const person of watchers) {
          const mine = person.repId === subject ? 'subject' : person.repId;
          const texts = (items: unknown) =>
            JSON.parse(JSON.stringify(items ?? null, (key, value) => (key === 'texts' ? [...value].sort() : value)));
          const { status, body } = await seen(subject, at, person);
          if (person.repId === 'x' || person.repId === 'y') {
            if (mine === 'subject') views.push([at, status, texts(body.items)]);
          } else views.push([at, mine, status, texts(body.items)]);
          const { body: invited } = await call(getInvitations, at, { person });
          if (colleagues.includes(person.repId ?? ''))
            views.push([
              at,
              mine,
              (invited.items as unknown as { roundId: string }[]).filter((each) => each.roundId === roundId),
            ]);
        }
      return views;
    };
    expect(await all('y', swapped)).toEqual(await all('x', plain));
    const { body } = await seen('x');
    const [{ result } = { result: undefined }] = body.items as unknown as {
      result?: { answers: number; questions: object[]; texts: string[] };
    }[];
    expect(result).toMatchObject({
      answers: 5,
      mutualShare: 0,
      questions: [{ id: 'reliable', mean: 4, median: 4, drawnIn: 1 }, {}, {}],
    });
    expect([...(result?.texts ?? [])].sort()).toEqual(['always there', 'fine', 'late again']);
  });

  it('nor in the table: no item ties a colleague to a token, or a token to an answer, and none holds a time', async () => {
    const { Items = [] } = await table().client.send(new ScanCommand({ TableName: table().name }));
    const items = (Items as Item[]).filter(({ pk }) => /^(ANSWERS|FEEDBACK-TOKEN|INVITED)#/.test(pk));
    const of = (kind: string) => items.filter(({ pk }) => pk.startsWith(`${kind}#`));
    expect([of('ANSWERS').length, of('FEEDBACK-TOKEN').length, of('INVITED').length]).toEqual([13, 13, 15]);
    for (const { sk, ...item } of of('ANSWERS')) expect(Object.keys(item).sort()).toEqual(['answer', 'pk']);
    for (const item of of('FEEDBACK-TOKEN'))
      expect(Object.keys(item).sort()).toEqual(['about', 'expiresAt', 'pk', 'roundId', 'sk', 'used']);
    for (const item of of('INVITED')) expect(Object.keys(item).sort()).toEqual(['about', 'pk', 'sk', 'state']);
    // The only thing that an item of one kind shares with one of another is the round: keys are of chance, and none is told twice.
    const hashes = of('FEEDBACK-TOKEN').map(({ pk }) => pk.slice('FEEDBACK-TOKEN#'.length));
    const elsewhere = JSON.stringify([...of('ANSWERS'), ...of('INVITED')]);
    for (const hash of hashes) expect(elsewhere).not.toContain(hash);
    for (const { sk } of of('ANSWERS'))
      expect(JSON.stringify([...of('FEEDBACK-TOKEN'), ...of('INVITED')])).not.toContain(sk);
    for (const item of [...of('ANSWERS'), ...of('FEEDBACK-TOKEN')]) {
      const text = JSON.stringify({ ...item, roundId: '', pk: '', sk: '' });
      expect(text).not.toMatch(/\d{4}-\d\d-\d\dT|"by"|"repId"/);
      for (const colleague of colleagues) expect(text).not.toContain(`"${colleague}"`);
    }
    // Of one round, all tokens look the same: which was used when, and by whom, is not there to be seen.
    const byRound = Map.groupBy(
      of('FEEDBACK-TOKEN').filter(({ used }) => used),
      ({ roundId }) => roundId,
    );
    for (const some of byRound.values())
      expect(new Set(some.map(({ pk, ...rest }) => JSON.stringify(Object.entries(rest).sort()))).size).toBe(1);
  });

  it('and what came of a round counts in the person’s figures once it is over, as a whole', async () => {
    const records = async (at: string) => {
      const asked = { params: { repId: 'x' }, query: { period: '2026-11' } };
      await call(getScorecard, at, asked);
      const { body } = await call(getRecords, at, { ...asked, query: { ...asked.query, limit: 200 } });
      return (body.items as unknown as { what: string; facts: object }[]).filter(({ what }) => what === 'feedback');
    };
    const whole = [expect.objectContaining({ facts: { feedbackAnswers: 5, feedbackSum: 20 } })];
    for (const at of [afterwards, afterwards]) expect(await records(at)).toEqual(whole);
  });

  it('and two who ask for feedback on each other are damped, as is said', async () => {
    await worked('b', 'lead-b');
    for (const each of ['a', 'c', 'd', 'x']) await worked(each, 'lead-b');
    const { body } = await open('b', { colleagues: ['a', 'c', 'd', 'x'] });
    const roundId = body.roundId as unknown as string;
    for (const each of ['a', 'c', 'd', 'x']) await answer(await tokenFor(each, roundId), 5);
    const { body: after } = await seen('b');
    // Two of the four, a and x, were asked about by b: half of them. The mean moves a quarter of the way to the middle.
    expect(after.items).toMatchObject([
      { result: { mutualShare: 0.5, questions: [{ mean: 4.5, median: 5, drawnIn: 0 }, {}, {}] } },
    ]);
  });
});
