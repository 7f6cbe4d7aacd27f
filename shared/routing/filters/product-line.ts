import type { Filter } from './filter.ts';

/** Passes over reps who don't sell what the lead asks for. A rep with no product lines named sells all. */
export const productLine: Filter = {
  cause: 'no-rep-for-product',
  bases: ['territory'],
  passOver: (rep, { productLine: wanted }) =>
    wanted === undefined || rep.productLines.length === 0 || rep.productLines.includes(wanted)
      ? undefined
      : `does not sell ${wanted}`,
};
