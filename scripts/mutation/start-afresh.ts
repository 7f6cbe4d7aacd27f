import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where Stryker keeps which mutant is active. */
    globalNamespace: string;
  }
}

// In a kept thread the last mutant would still be active while a file of tests is loaded for the next.
const { [inject('globalNamespace')]: stryker } = globalThis as unknown as Record<string, { activeMutant?: string }>;
if (stryker) stryker.activeMutant = undefined;
