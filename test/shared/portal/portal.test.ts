import fc from 'fast-check';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { choices, choose } from '../../../shared/portal/choice.ts';
import { portalToken, readPortalToken } from '../../../shared/portal/token.ts';
import { anyInputs, anyRep, around, monday } from '../../histories.ts';

const later = (days: number) => new Date(monday.getTime() + days * 24 * 3600 * 1000);

describe('a portal token', () => {
  it('opens one lead for 30 days', async () => {
    const { token, expiresAt } = await portalToken('lead', 'key', monday);
    expect(await readPortalToken(token, 'key', later(29))).toEqual({ leadId: 'lead', expiresAt });
    expect(await readPortalToken(token, 'key', later(31))).toBe('expired');
  });

  it('opens nothing once a single character was altered, or with another key', async () => {
    const { token } = await portalToken('lead', 'key', monday);
    expect(await readPortalToken(token, 'other', monday)).toBe('invalid');
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 2), fc.constantFrom('A', 'b', '7', '-'), async (at, letter) => {
        fc.pre(token[at] !== letter);
        const altered = token.slice(0, at) + letter + token.slice(at + 1);
        expect(await readPortalToken(altered, 'key', monday)).toBe('invalid');
      }),
    );
  });
});

describe('what looks like a portal token', () => {
  const signed = (claims: object) =>
    new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode('key'));
  const exp = Math.floor(later(1).getTime() / 1000);

  it('opens nothing without a lead, an end, or the portal’s own audience', async () => {
    expect(await readPortalToken(await signed({ sub: 'lead', aud: 'portal', exp }), 'key', monday)).toMatchObject({
      leadId: 'lead',
    });
    for (const claims of [
      { aud: 'portal', exp },
      { sub: 'lead', aud: 'portal' },
      { sub: 'lead', aud: 'other', exp },
    ])
      expect(await readPortalToken(await signed(claims), 'key', monday)).toBe('invalid');
    for (const text of ['', 'a.b.c', 'no token at all'])
      expect(await readPortalToken(text, 'key', monday)).toBe('invalid');
  });
});

describe('a customer’s choice', () => {
  const reps = [anyRep('ann'), anyRep('bob', { openLeads: 50 }), anyRep('cai', { status: 'on-leave' })];
  const inputs = anyInputs({ territories: around('ann', 'bob', 'cai'), reps });

  it('is among those who may serve them, however busy', () => {
    expect(choices(inputs).map(({ repId }) => repId)).toEqual(['ann', 'bob']);
    expect(choose(inputs, 'bob')).toMatchObject({ accepted: true, routing: { repId: 'bob', basis: 'preference' } });
  });

  it('of somebody on leave, or of elsewhere, is told and not taken', () => {
    expect(choose(inputs, 'cai')).toEqual({ accepted: false, because: 'cai is on-leave' });
    expect(choose(inputs, 'dan')).toEqual({ accepted: false, because: 'dan does not serve your place' });
  });

  it('is not taken where the rules do not ask for it', () => {
    const off = anyInputs({ territories: around('ann', 'bob'), reps, rules: { order: ['territory'] } });
    const first = choices(off).map(({ repId }) => repId);
    expect(first).toEqual(['ann', 'bob']);
    expect(choose(off, 'bob')).toEqual({ accepted: false, because: 'the customer’s choice is switched off' });
  });

  it('is among nobody where nobody may serve them', () => {
    const nobody = anyInputs({ territories: around('cai'), reps });
    expect(choices(nobody)).toEqual([]);
    expect(choose(nobody, 'cai')).toMatchObject({ accepted: false });
  });
});
