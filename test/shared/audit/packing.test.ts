import { describe, expect, it } from 'vitest';
import { packed, unpacked } from '../../../shared/audit/packing.ts';
import { emptyChain, seal } from '../../../shared/audit/record.ts';
import { flips } from '../../../shared/routing/flip.ts';
import { route } from '../../../shared/routing/route.ts';
import { anyInputs, anyRep, around, monday } from '../../histories.ts';

const inputs = anyInputs({
  leadId: '01JD0000000000000000000001',
  territories: around('rep-li', 'rep-wang', 'rep-zhao', 'rep-chen', 'rep-sun'),
  reps: ['rep-li', 'rep-wang', 'rep-zhao', 'rep-chen', 'rep-sun'].map((repId, at) =>
    anyRep(repId, { name: `李雷${at}`, teamId: 'east', turns: at * 2_000_000, hiredAt: `202${at}-03-01` }),
  ),
});
const routing = route(inputs);
const versions = { routing: 3, territories: 2, roster: 41, scoring: 1 };
const record = seal(
  inputs.leadId,
  emptyChain(inputs.leadId),
  { basis: 'none', ...routing, flip: flips(inputs, routing), versions, inputs },
  monday,
);

describe('a stored audit record', () => {
  it('is read as it was written', () => {
    expect(unpacked(packed(record))).toEqual(record);
  });

  it('of five candidates takes one write unit', () => {
    expect(packed(record).length).toBeLessThan(900);
  });

  it('written by an earlier release can still be read', () => {
    // A record as release 0.2 stored it.
    const stored =
      'rZYxDsIwDEXv0r1Svu04KTMTMxdI7FhC4gaIuyOx0KJ2QMKzl/8kP//HD49gfTz323TYqf4gqE3AhMs57Q1mrMMf7+1geVsOmBNdE502uvvCBRMRhhbUJlp5uPYYHh7Ei/beIrXBqSmyaI5AFAN5Ll5hfUkf3JZZimD0IsihZKotsw6Du1gdFtU8lSImbhSdfAEPQmMq3Rabni8=';
    expect(unpacked(Buffer.from(stored, 'base64'))).toMatchObject({ outcome: 'released', basis: 'owner-left' });
  });
});
