import { appraisal } from './groups/appraisal.ts';
import { serve } from './serve.ts';

/** What people call to learn how well somebody did, and by which records. Woken by HTTP. */
export const handler = serve(appraisal);
