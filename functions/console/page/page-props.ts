import type { Me } from './calls.ts';

/** What every page is given: who looks at it, the rest of its address, and how to say that who looks has changed. */
export interface PageProps {
  me: Me;
  rest: string[];
  changed: () => Promise<void>;
}
