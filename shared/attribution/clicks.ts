import type { Source } from '../lead/form.ts';

/** The parameters by which ad platforms pass on the id of a click, or of the form that was filled in with them. */
const clickIdNames: readonly string[] = [
  'gclid',
  'gbraid',
  'wbraid',
  'fbclid',
  'fbc',
  'leadgen_id',
  'ttclid',
  'msclkid',
  'clickid',
  'click_id',
  'bd_vid',
  'qz_gdt',
  'gdt_vid',
  'li_fat_id',
];

/** What a click id can look like: nothing that a spreadsheet would take for a formula. */
const CLICK_ID = /^\w[\w.~:|%=+/-]{0,999}$/;
const UTM = /^utm_\w{1,56}$/i;
const LONGEST_WORDS = 300;

/** The ids by which ad platforms know a post again: of the click, or of the form that was filled in with them. */
export function adIds({ channel, clickIds, externalId }: Source): Record<string, string> {
  const form = channel === 'meta' && externalId !== undefined && /^\d+$/.test(externalId);
  const ids = { ...clickIds, ...(form ? { leadgen_id: externalId } : {}) };
  return Object.fromEntries(Object.entries(ids).filter(canBe));
}

/** Where a visitor came from, as far as a form says it. */
export interface Visit {
  campaign?: string | undefined;
  utm?: Record<string, string> | undefined;
  clickIds?: Record<string, string> | undefined;
  /** The address at which they landed. */
  landingPage?: string | undefined;
}

type Pairs = readonly (readonly [name: string, value: string])[];

const canBe = ([, value]: readonly [string, string]): boolean => CLICK_ID.test(value);

const clickIdsOf = (query: Pairs): Pairs =>
  query.map(([name, value]) => [name.toLowerCase(), value] as const).filter(([name]) => clickIdNames.includes(name));

const utmOf = (query: Pairs): Pairs =>
  query
    .filter(([name]) => UTM.test(name))
    .map(([name, value]) => [name.slice('utm_'.length).toLowerCase(), value.slice(0, LONGEST_WORDS)] as const)
    .filter(([name]) => !(name in Object.prototype));

/** Only if there is anything in it. */
const some = (values: Record<string, string>) => (Object.keys(values).length > 0 ? values : undefined);

/**
 * Where a visitor came from, completed by the query of the landing page. What was said by name counts more; of the page only
 * the address without its query is kept, which may hold anything.
 */
export function attributed({ campaign, utm, clickIds, landingPage }: Visit): Visit {
  const page = landingPage === undefined ? null : URL.parse(landingPage);
  const onTheWeb = page !== null && /^https?:$/.test(page.protocol) ? page : undefined;
  const query = onTheWeb ? [...onTheWeb.searchParams] : [];
  const words = some({ ...Object.fromEntries(utmOf(query)), ...utm });
  const ids = some(Object.fromEntries([...clickIdsOf(query), ...Object.entries(clickIds ?? {})].filter(canBe)));
  return {
    ...(campaign ? { campaign } : {}),
    ...(words ? { utm: words } : {}),
    ...(ids ? { clickIds: ids } : {}),
    ...(onTheWeb ? { landingPage: `${onTheWeb.origin}${onTheWeb.pathname}` } : {}),
  };
}
