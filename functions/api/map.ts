import { map } from './groups/map.ts';
import { serve } from './serve.ts';

/** What people call about territories. Woken by HTTP. */
export const handler = serve(map);
