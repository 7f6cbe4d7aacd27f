import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../../events/index.ts';
import type { Interaction } from '../../../../shared/journey/interaction.ts';
import type { Task } from '../../../../shared/journey/tasks/task.ts';
import type { Lead } from '../../../../shared/lead/lead.ts';
import {
  bareDetail,
  bareForm,
  bareInteraction,
  bareLead,
  bareTask,
  ERASED_WORDS,
} from '../../../../shared/person/erasure/scrub.ts';

const SAID = '王芳说 budget 三十万';
const base = {
  leadId: 'lead-1',
  receivedAt: '2026-11-23T01:00:00.000Z',
  source: { channel: 'web' },
  score: { value: 70, grade: 'B', points: [{ rule: 'size', points: 20, because: SAID }] },
  rubbish: { verdict: 'held', reasons: [{ sign: 'noise', because: SAID }] },
  point: { lng: 120.73, lat: 31.27 },
  geocoded: { lng: 120.73, lat: 31.27 },
  words: { text: SAID },
  callTime: SAID,
  conversed: { need: SAID },
};
/** A lead as far as its words go. */
const lead = (but: object): Lead => ({ ...base, ...but }) as unknown as Lead;

describe('a lead whose person is erased', () => {
  it('keeps where it came from, how it was scored and how it went, and nothing that was said', () => {
    const bare = bareLead(lead({ status: 'assigned', owner: { repId: 'rep-li' } }));
    expect(bare).toEqual({
      leadId: 'lead-1',
      receivedAt: base.receivedAt,
      source: { channel: 'web' },
      status: 'assigned',
      owner: { repId: 'rep-li' },
      score: { value: 70, grade: 'B', points: [{ rule: 'size', points: 20, because: ERASED_WORDS }] },
      rubbish: { verdict: 'held', reasons: [{ sign: 'noise', because: ERASED_WORDS }] },
    });
    expect(JSON.stringify(bare)).not.toContain('王芳');
  });

  it('that was never scored or held stays so', () => {
    const bare = bareLead(lead({ status: 'assigned', score: undefined, rubbish: undefined }));
    expect(bare).not.toHaveProperty('score');
    expect(bare).not.toHaveProperty('rubbish');
  });

  it.each([
    ['was lost, not why', { status: 'lost', lostReason: SAID }, { lostReason: ERASED_WORDS }],
    ['was rejected by hand, not why', { status: 'rejected', byHand: true, reason: SAID }, { reason: ERASED_WORDS }],
    ['was rejected by rule, and by which', { status: 'rejected', reason: 'test' }, { reason: 'test' }],
    ['was won', { status: 'won' }, {}],
  ])('shows that it %s', (_, said, shown) => {
    const { lostReason, reason } = bareLead(lead(said)) as unknown as Record<string, unknown>;
    expect(JSON.parse(JSON.stringify({ lostReason, reason }))).toEqual(shown);
  });
});

describe('what a person’s lead is left with', () => {
  it('is of the form the channel and the campaign alone', () => {
    const form = { contact: { name: '王芳' }, source: { channel: 'web', campaign: 'spring', click: SAID } };
    expect(bareForm(form as never)).toEqual({ contact: {}, source: { channel: 'web', campaign: 'spring' } });
    expect(bareForm({ source: { channel: 'web' } } as never)).toStrictEqual({
      contact: {},
      source: { channel: 'web' },
    });
  });

  const contact: Interaction = {
    interactionId: 'i-1',
    at: '2026-11-23T02:00:00.000Z',
    channel: 'phone',
    minutes: 4,
    summary: SAID,
    outcome: 'no answer',
  };

  it('is of a contact when it was and whether anybody was reached', () => {
    expect(bareInteraction(contact)).toStrictEqual({
      interactionId: 'i-1',
      at: contact.at,
      channel: 'phone',
      minutes: 4,
      summary: ERASED_WORDS,
      outcome: ERASED_WORDS,
      reached: false,
    });
    expect(bareInteraction({ ...contact, outcome: 'spoke' }).reached).toBe(true);
  });

  it('is of a contact also by whom, how it was taken, what was done and what it corrects', () => {
    const counted = { row: { pk: 'a', sk: 'b' }, deed: { pk: 'c', sk: 'd' } };
    const kept: Partial<Interaction> = {
      repId: 'rep-li',
      reaction: 'positive',
      done: ['asked-need'],
      corrects: 'i-0',
      counted,
    };
    const bare = bareInteraction({
      ...contact,
      ...kept,
      retracted: true,
      reason: SAID,
      nextStep: { text: SAID, dueAt: '2026-11-24T02:00:00.000Z' },
      with: ['王芳'],
      evidence: [{ name: SAID, url: 'https://example.com/a' }],
    });
    expect(bare).toMatchObject({ ...kept, retracted: true, reason: ERASED_WORDS });
    expect(bare.nextStep).toEqual({ text: ERASED_WORDS, dueAt: '2026-11-24T02:00:00.000Z' });
    expect(bare).not.toHaveProperty('with');
    expect(bare).not.toHaveProperty('evidence');
    expect(JSON.stringify(bare)).not.toContain('王芳');
  });

  const task: Task = {
    taskId: 't-1',
    leadId: 'lead-1',
    repId: 'rep-li',
    kind: 'next-step',
    text: SAID,
    dueAt: '2026-11-24T02:00:00.000Z',
    from: 'i-1',
    createdAt: '2026-11-23T02:00:00.000Z',
    state: 'open',
    postponed: 0,
    version: 3,
  };

  it('is of a task that it was, and of an open one that it is off', () => {
    const at = new Date('2026-11-23T05:00:00.000Z');
    expect(bareTask(task, at)).toMatchObject({ text: ERASED_WORDS, state: 'cancelled', endedAt: at.toISOString() });
    const done: Task = { ...task, state: 'done', endedAt: '2026-11-23T04:00:00.000Z', endedBy: 'i-2' };
    expect(bareTask(done, at)).toEqual({ ...done, text: ERASED_WORDS });
  });
});

/** Those that lie with a lead: a delivery that was put off is in a queue alone. */
const ofLeads = catalogue.filter(({ type, sample }) => 'leadId' in sample && type !== 'DeliveryPutOff');

describe('an event of an erased person’s', () => {
  it('keeps ids, times and kinds, and no other words, however deep', () => {
    const kept = { leadId: 'lead-1', at: '2026-11-23T02:00:00.000Z', reasons: ['noise'], value: 70, first: true };
    const contact = { name: '王芳', phones: ['139', null], from: 'lead-0' };
    expect(bareDetail({ ...kept, summary: SAID, contact })).toEqual({
      ...kept,
      summary: ERASED_WORDS,
      contact: { name: ERASED_WORDS, phones: [ERASED_WORDS, null], from: 'lead-0' },
    });
  });

  it.each(ofLeads.map(({ type, schema, sample }) => [type, schema, sample] as const))(
    '%s is still an event of its kind',
    (_, schema, sample) => {
      const bare = bareDetail(sample);
      expect(schema.safeParse(bare).error).toBeUndefined();
      expect(bare).toMatchObject({ eventId: sample.eventId, at: sample.at });
    },
  );

  it('holds no words of fields that nobody has thought of', () => {
    const word = fc.string({ minLength: 8 }).map((text) => `said ${text}`);
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().map((name) => `new-${name}`),
          fc.oneof(word, fc.array(word)),
        ),
        (detail) => {
          const left = [Object.values(bareDetail(detail) as object)].flat(2);
          expect(left.every((each) => each === ERASED_WORDS)).toBe(true);
        },
      ),
    );
  });
});
