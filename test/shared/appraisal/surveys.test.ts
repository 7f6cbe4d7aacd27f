import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageOf, waysToAsk, whyNotAsked } from '../../../shared/appraisal/surveys/asking.ts';
import { defaultSurveyRules, surveyRules } from '../../../shared/appraisal/surveys/rules.ts';
import { leadOfToken, readSurveyToken, surveyToken } from '../../../shared/appraisal/surveys/token.ts';
import type { Form } from '../../../shared/lead/form.ts';
import type { Lead } from '../../../shared/lead/lead.ts';
import { newId } from '../../../shared/platform/random.ts';

const at = new Date('2026-11-23T02:00:00.000Z');
const days = (count: number) => new Date(at.getTime() + count * 24 * 3600_000);
const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

describe('a survey’s link', () => {
  it('opens what it was made for, and is short enough for a text message', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom('won', 'demo', 'delivered'), (made, point) => {
        const leadId = newId(made);
        const { token } = surveyToken({ leadId, point }, 'key', made);
        expect(token).toHaveLength(35);
        expect(leadOfToken(token)).toBe(leadId);
        expect(readSurveyToken(token, 'key', made, ['demo', 'won', 'delivered'])).toEqual({ leadId, point });
      }),
    );
  });

  it('opens nothing once a character of it, the key or the point is another', () => {
    const { token } = surveyToken({ leadId: newId(at), point: 'won' }, 'key', at);
    const other = (character: string) => (character === 'A' ? 'B' : 'A');
    for (const [place, character] of [...token].entries()) {
      const changed = `${token.slice(0, place)}${other(character)}${token.slice(place + 1)}`;
      expect(readSurveyToken(changed, 'key', at, ['won'])).toBe('invalid');
    }
    // The last character says more than the token needs: another that means the same is another all the same.
    for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.replace(token.slice(-1), ''))
      expect(readSurveyToken(token.slice(0, -1) + last, 'key', at, ['won'])).toBe('invalid');
    expect(readSurveyToken(token, 'another key', at, ['won'])).toBe('invalid');
    expect(readSurveyToken(token, 'key', at, ['demo'])).toBe('invalid');
    expect(readSurveyToken(`${token}A`, 'key', at, ['won'])).toBe('invalid');
    expect(readSurveyToken('', 'key', at, ['won'])).toBe('invalid');
  });

  it('opens for thirty days', () => {
    const { token, expiresAt } = surveyToken({ leadId: newId(at), point: 'won' }, 'key', at);
    expect(readSurveyToken(token, 'key', days(30), ['won'])).toMatchObject({ point: 'won' });
    expect(readSurveyToken(token, 'key', expiresAt, ['won'])).toBe('expired');
  });
});

describe('whether a customer is asked', () => {
  const lead = (status: string) => ({ leadId: newId(at), status }) as Lead;
  const form = (but: Partial<Form> = {}): Form => ({
    contact: { name: '王芳', phone: '+8613800138000' },
    source: { channel: 'web' },
    ...but,
  });
  const why = (
    status: string,
    but: Partial<Form> = {},
    after: 'won' | 'solution-demo' = 'won',
    rules = defaultSurveyRules,
  ) => whyNotAsked({ lead: lead(status), form: form(but) }, after, rules);

  it('depends on the deal: never of one that was merged, lost or rejected, and not before it is won where that is the point', () => {
    expect(why('won')).toBeUndefined();
    for (const status of ['duplicate', 'lost', 'rejected', 'manual', 'pool', 'received']) {
      expect(why(status)).toBe('not-a-deal');
      expect(why(status, {}, 'solution-demo')).toBe('not-a-deal');
    }
    expect(why('contacted')).toBe('not-a-deal');
    expect(why('contacted', {}, 'solution-demo')).toBeUndefined();
    expect(why('won', {}, 'solution-demo')).toBe('not-a-deal');
  });

  it('depends on their word: who refused is never asked, who said nothing only if the rules let', () => {
    expect(why('won', { consent: { marketing: false } })).toBe('refused');
    const given = { ...defaultSurveyRules, consent: 'given' as const };
    expect(why('won', {}, 'won', given)).toBe('no-consent');
    expect(why('won', { consent: { marketing: true } }, 'won', given)).toBeUndefined();
  });

  it('depends on a way to them, the preferred first', () => {
    expect(why('won', { contact: { wechat: 'wf88' } })).toBe('unreachable');
    const both = form({ contact: { phone: '+8613800138000', email: 'wang@example.com' } });
    expect(waysToAsk(both, ['email', 'sms']).map(({ channel }) => channel)).toEqual(['email', 'sms']);
    expect(waysToAsk(both, ['sms-aliyun', 'email'])[0]).toEqual({ channel: 'sms-aliyun', to: '+8613800138000' });
  });

  it('is in the language of their phone’s country, or of their name', () => {
    expect(languageOf(form(), 'en')).toBe('zh-CN');
    expect(languageOf(form({ contact: { phone: '+442071234567', name: '王芳' } }), 'zh-CN')).toBe('en');
    expect(languageOf(form({ contact: { email: 'x@example.com', name: '王芳' } }), 'en')).toBe('zh-CN');
    expect(languageOf(form({ contact: { email: 'x@example.com', name: 'Ann' } }), 'zh-CN')).toBe('en');
    expect(languageOf(form({ contact: { email: 'x@example.com' } }), 'zh-CN')).toBe('zh-CN');
  });
});

it('rules of surveys name each point once, and only channels that reach customers', () => {
  const point = { point: 'won', after: 'won', days: 3 };
  expect(surveyRules.safeParse({ points: [point, { ...point, point: 'later' }] }).success).toBe(true);
  for (const bad of [
    { points: [point, point] },
    { points: [{ ...point, after: 'negotiation' }] },
    { points: [{ ...point, days: -1 }] },
    { points: [point], channels: ['wecom'] },
    { points: [point], remindAfterDays: 0 },
  ])
    expect(surveyRules.safeParse(bad).success).toBe(false);
  expect(surveyRules.parse({ points: [] })).toMatchObject({ channels: ['email', 'sms'], consent: 'not-refused' });
});
