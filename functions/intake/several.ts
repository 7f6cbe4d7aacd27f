import { plain } from '../../shared/intake/known-fields.ts';
import { eachIn, type FormAnswer, NotUnderstood } from '../../shared/intake/mapping.ts';
import type { Target } from '../../shared/intake/sources.ts';
import type { Item, Reading } from './sources/source.ts';

/** As many leads come in one post. */
const MOST = 100;

/**
 * Those of whom a post tells, each as an item of its own, with the id by which it is known among them. Who cannot be understood is put
 * aside, and the others are taken. @throws NotUnderstood for more than come in one post
 */
export function itemsOfEach(
  told: unknown,
  idOf: (each: unknown) => string | undefined,
  itemOf: (each: unknown, id: string | undefined, alone: boolean) => Item,
): Item[] {
  const all = eachIn(told);
  if (all.length > MOST) throw new NotUnderstood('body', `more than ${MOST} leads in one post`);
  const ids = all.map(idOf);
  return all.map((each, at) => {
    // An id that several share is no lead's own: with it, all but the first would be taken for sent again.
    const own = ids.filter((id) => id === ids[at]).length === 1 ? ids[at] : undefined;
    try {
      return itemOf(each, own, all.length === 1);
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      return { kind: 'unclear', reason: error.message };
    }
  });
}

const REACHED: readonly (Target | undefined)[] = ['contact.phone', 'contact.email', 'contact.wechat'];
const NAMED: readonly (Target | undefined)[] = ['contact.name', 'contact.firstName', 'contact.lastName'];

/** @throws NotUnderstood where a list within tells of several people: all but the first would be lost among that one's answers */
export function mustBeOne(answers: readonly FormAnswer[], { fields }: Reading): void {
  const entriesWith = (targets: readonly (Target | undefined)[]): string[] =>
    answers
      .filter(({ name }) => targets.includes(fields.get(plain(name.split('.').at(-1) ?? name))))
      .flatMap(({ name }) =>
        [...name.matchAll(/\.\d+(?=\.)/g)].map(({ 0: part, index }) => name.slice(0, index) + part),
      );
  const named = new Set(entriesWith(NAMED));
  const people = new Set(entriesWith(REACHED).filter((entry) => named.has(entry)));
  const lists = [...people].map((entry) => entry.replace(/\d+$/, ''));
  if (new Set(lists).size < lists.length) throw new NotUnderstood('body', 'a list within it tells of several people');
}
