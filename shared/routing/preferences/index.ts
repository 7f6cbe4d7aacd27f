import type { RoutingRules } from '../rules.ts';
import { newcomers } from './newcomers.ts';
import type { Preference } from './preference.ts';
import { winRate } from './win-rate.ts';

/** Every preference, by its name. Fair share is not among them: it puts those who are left in order. */
export const preferenceNamed: Readonly<Record<Exclude<RoutingRules['preferences'][number], 'fair-share'>, Preference>> =
  {
    newcomers,
    'win-rate': winRate,
  };
