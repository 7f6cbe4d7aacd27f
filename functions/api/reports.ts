import { reports } from './groups/reports.ts';
import { openapi } from './routes/openapi.ts';
import { serve } from './serve.ts';

/** What people call to learn what happened, and the description of all calls. Woken by HTTP. */
export const handler = serve([...reports, openapi]);
