import { divisionsIn } from '../../address/divisions.ts';
import { divisionOfCode } from '../../address/gazetteer.ts';
import type { Form } from '../../lead/form.ts';
import { localTime } from '../../org/hours.ts';
import type { Cell } from './cells.ts';

/** What a model may know of a lead, by column. */
export type LeadRow = Readonly<Record<string, Cell>>;

const UTM = ['source', 'medium', 'campaign', 'term', 'content'];
const given = (value: unknown): string => (value === undefined || value === '' ? 'no' : 'yes');

/** The province and the city that an address names, if it names but one. */
function named(address: string | undefined): { province?: string | undefined; city?: string | undefined } {
  const codes = address === undefined ? [] : divisionsIn(address).map(({ code }) => code);
  const only = (digits: number): string | undefined => {
    const different = new Set(codes.map((code) => code.slice(0, digits)));
    const [code = ''] = different;
    return different.size === 1 && code.length === digits ? divisionOfCode(code)?.name : undefined;
  };
  return { province: only(2), city: only(4) };
}

/**
 * A lead as a model sees it: what was posted, as it is known when it is scored, without who the person is. The same from the
 * same form, always: nothing that came later is in it. Hours are those of the zone (IANA).
 */
export function rowOf(form: Form, receivedAt: string, zone: string): LeadRow {
  const { contact, company, location, source, behavior = {}, consent } = form;
  const { weekday, minutes } = localTime(new Date(receivedAt), zone);
  const { province, city } = named(location?.address);
  return {
    ...Object.fromEntries(Object.entries(behavior).map(([name, count]) => [`behavior.${name}`, count])),
    ...Object.fromEntries(UTM.map((name) => [`source.utm.${name}`, source.utm?.[name]])),
    'source.channel': source.channel,
    'source.campaign': source.campaign,
    'source.formId': source.formId,
    'company.employees': company?.employees,
    'company.industry': company?.industry,
    'company.name': given(company?.name),
    productLine: form.productLine,
    preferredRepId: given(form.preferredRepId),
    'contact.phone': given(contact.phone),
    'contact.email': given(contact.email),
    'contact.wechat': given(contact.wechat),
    'consent.marketing': consent?.marketing,
    'location.province': province,
    'location.city': city,
    'location.postcode': location?.postcode?.slice(0, 2),
    'received.weekday': ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][weekday - 1],
    'received.hour': Math.floor(minutes / 60),
  };
}
