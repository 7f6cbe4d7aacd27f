import { available } from './available.ts';
import { capacity } from './capacity.ts';
import type { Filter } from './filter.ts';
import { productLine } from './product-line.ts';

/** The filters in the order in which they are asked. */
export const filters: readonly Filter[] = [productLine, available, capacity];
