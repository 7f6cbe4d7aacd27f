import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Branch, marksIn, partedFrom } from '../../../shared/duplicates/parting/parting.ts';

const known = (...keys: string[]) => ({ keys, names: [] as string[] });
const post = (leadId: string, keys: string[], but: Partial<Branch> = {}): Branch => ({
  ...{ leadId, since: leadId, likeness: 'exact', marks: known(...keys) },
  ...but,
});
const apart = (stays: string[], leaves: string[], ...branches: Branch[]) => {
  const { leadIds, keys } = partedFrom(known(...stays), known(...leaves), branches);
  return [[...leadIds].sort().join(), [...keys].sort().join()];
};

describe('with a lead that is set apart', () => {
  it('goes what came only because of what it had told, and what came because of that', () => {
    expect(apart(['g'], ['f'], post('1', ['f']))).toEqual(['1', 'f']);
    expect(apart(['g'], ['f'], post('1', ['f', 'x']), post('2', ['x']), post('3', ['g']))).toEqual(['1,2', 'f,x']);
    expect(apart(['g'], ['f'], post('2', ['x']), post('1', ['f', 'x']))).toEqual(['1,2', 'f,x']);
  });

  it('goes nothing that the other had told as well, nor what somebody merged by hand', () => {
    expect(apart(['g', 'f'], ['f'], post('1', ['f']))).toEqual(['', '']);
    expect(apart(['g'], ['f'], post('1', ['g', 'f']), post('2', ['f']))).toEqual(['', '']);
    expect(apart(['g'], ['f'], post('1', ['f'], { likeness: 'by-hand' }))).toEqual(['', '']);
    expect(apart(['g'], ['f'], post('1', ['x'], { likeness: 'likely' }), post('2', ['x']))).toEqual(['', 'f']);
  });

  it('goes what was taken for theirs by company and name, if that is only theirs', () => {
    const [ann, bob] = ['Ann Lee', 'Bob Ray'].map((name) =>
      marksIn([{ contact: { name }, company: { name: 'Acme' } }]),
    ) as [Branch['marks'], Branch['marks']];
    const likely: Branch = post('1', [], { likeness: 'likely', marks: { ...ann, keys: ['x'] } });
    const gone = (stays: Branch['marks'], leaves: Branch['marks']) => [...partedFrom(stays, leaves, [likely]).leadIds];
    expect(gone(bob, ann)).toEqual(['1']);
    expect(gone(ann, ann)).toEqual([]);
    expect(gone(ann, bob)).toEqual([]);
    expect(marksIn([{ contact: { name: 'Ann' } }, { contact: {}, company: { name: 'Acme' } }]).names).toEqual([]);
  });

  it('goes no key by which anything that stays is known', () => {
    const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(keys, keys, fc.array(keys, { maxLength: 6 }), (stays, leaves, drawn) => {
        const branches = drawn.map((own, n) => post(String(n), own));
        const parted = partedFrom(known(...stays), known(...leaves), branches);
        const staying = branches.filter(({ leadId }) => !parted.leadIds.has(leadId));
        const kept = new Set([...stays, ...staying.flatMap(({ marks }) => marks.keys)]);
        expect([...parted.keys].filter((key) => kept.has(key))).toEqual([]);
      }),
    );
  });
});
