import type { Parameters } from 'fast-check';
import all from 'fast-check';

export * from 'fast-check';

/** What takes more draws to be noticed is hardly held; a property that takes thousands is run for each of hundreds of mutants. */
const MOST_DRAWS = 50;

// Each mutant meets the same draws, so that a score can be repeated; what fails is not made smaller, as nobody reads it.
all.configureGlobal({ seed: 20_261_123, endOnFailure: true, numRuns: MOST_DRAWS });

export const assert = ((property: never, parameters: Parameters<never> = {}) => {
  const { numRuns = MOST_DRAWS } = parameters;
  return all.assert(property, { ...parameters, numRuns: Math.min(numRuns, MOST_DRAWS) });
}) as typeof all.assert;

/** fast-check with few draws, for trying mutants. */
export default { ...all, assert };
