import type { RoutingRules } from '../rules.ts';
import { available } from './available.ts';
import { capacity } from './capacity.ts';
import { caps } from './caps.ts';
import type { Filter } from './filter.ts';
import { productLine } from './product-line.ts';
import { workingHours } from './working-hours.ts';

/** Every filter, by its name. */
export const filterNamed: Readonly<Record<RoutingRules['filters'][number], Filter>> = {
  'product-line': productLine,
  available,
  'working-hours': workingHours,
  caps,
  capacity,
};
