import { settings } from './groups/settings.ts';
import { serve } from './serve.ts';

/** What admins call to set and mend. Woken by HTTP. */
export const handler = serve(settings);
