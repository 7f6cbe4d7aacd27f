import { toWgs84 } from '../territory/crs.ts';
import type { Form } from './form.ts';
import type { Lead } from './lead.ts';

/** What a lead keeps of its form, because it is routed by it. */
type RoutedBy = Pick<Lead, 'productLine' | 'industry' | 'preferredRepId' | 'point'>;

/** What a lead is routed by, from its form. */
export function routedBy({ productLine, company, preferredRepId, location }: Form): RoutedBy {
  const point = location?.point;
  return {
    ...(productLine ? { productLine } : {}),
    ...(company?.industry ? { industry: company.industry } : {}),
    ...(preferredRepId ? { preferredRepId } : {}),
    ...(point ? { point: toWgs84(point) } : {}),
  };
}

const fields = ['productLine', 'industry', 'preferredRepId', 'point'] as const;
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The lead once its form is another: what it had from the form follows, what was found out or chosen since stays. */
export function following(lead: Lead, before: Form, after: Form): Lead {
  const [was, is] = [routedBy(before), routedBy(after)];
  const moved = fields.filter((field) => !same(was[field], is[field]) && same(lead[field], was[field]));
  return { ...lead, ...Object.fromEntries(moved.map((field) => [field, is[field]])) };
}
