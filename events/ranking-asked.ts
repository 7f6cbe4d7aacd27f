import * as z from 'zod';
import { event } from './contract.ts';

/** The ranking of a whole company, too large to be made while somebody waits, is to be made anew. Wakes ranking. */
export const RankingAsked = event('RankingAsked', { period: z.string() }, { period: '2026-Q4' });
