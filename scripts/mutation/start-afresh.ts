import fc from 'fast-check';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where Stryker keeps which mutant is active. */
    globalNamespace: string;
  }
}

// Each mutant meets the same draws, so that a score can be repeated; what fails is not made smaller, as nobody reads it.
fc.configureGlobal({ seed: 20_261_123, endOnFailure: true });

// In a kept thread the last mutant would still be active while a file of tests is loaded for the next.
const { [inject('globalNamespace')]: stryker } = globalThis as unknown as Record<string, { activeMutant?: string }>;
if (stryker) stryker.activeMutant = undefined;
