import { people } from './groups/people.ts';
import { serve } from './serve.ts';

/** What reps, supervisors and customers call all day. Woken by HTTP. */
export const handler = serve(people);
