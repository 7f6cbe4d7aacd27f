import type { Basis } from './basis.ts';
import { chosenRep } from './chosen-rep.ts';
import { knownRep } from './known-rep.ts';
import { territory } from './territory.ts';

/** Every basis, by its name. */
export const basisNamed: Readonly<Record<Basis['name'], Basis>> = {
  preference: chosenRep,
  history: knownRep,
  territory,
};
