import type { Posted } from './month.ts';

/** A call that a source makes. */
interface Sent {
  path: string;
  headers: Record<string, string>;
  body: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };
export const phoneOf = (person: number): string => `137${String(20_000_000 + person)}`;
/** By the name a lead is known again. */
export const nameOf = (person: number): string => `客户${person}`;

/** A lead as its source posts it; `n` is the post's number. */
export function sent(posted: Posted, n: number, keys: Readonly<Record<string, string>>): Sent {
  const { person, source, place, postcode, employees, siteSeconds, downloads } = posted;
  const [name, phone] = [nameOf(person), phoneOf(person)];
  switch (source) {
    case 'web':
      return {
        path: '/leads/web',
        headers: { ...JSON_TYPE, 'x-api-key': keys.web ?? '' },
        body: JSON.stringify({
          contact: { name, phone },
          company: { name: `工厂${person}`, employees },
          location: { point: place.point, ...(postcode ? { postcode } : {}) },
          behavior: { siteSeconds, downloads },
        }),
      };
    case 'form':
      return {
        path: `/leads/web?key=${keys.web}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: String(
          new URLSearchParams({ name, tel: phone, company: `工厂${person}`, ...(postcode ? { postcode } : {}) }),
        ),
      };
    case 'google-ads': {
      const columns = {
        FULL_NAME: name,
        PHONE_NUMBER: `+86${phone}`,
        COMPANY_NAME: `工厂${person}`,
        POSTAL_CODE: postcode ?? '',
      };
      return {
        path: '/leads/google-ads',
        headers: JSON_TYPE,
        body: JSON.stringify({
          lead_id: `g-${n}`,
          api_version: '1.0',
          form_id: 40_000_000_000,
          google_key: keys['google-ads'],
          gcl_id: `click-${n}`,
          user_column_data: Object.entries(columns)
            .filter(([, value]) => value !== '')
            .map(([column_id, string_value]) => ({ column_id, string_value })),
        }),
      };
    }
    case 'ocean-engine':
      return {
        path: `/leads/ocean-engine/${keys['ocean-engine']}`,
        headers: JSON_TYPE,
        body: JSON.stringify({
          id: `68053678806${String(n).padStart(8, '0')}`,
          adv_id: '35269001',
          ad_id: '16348',
          name,
          telphone: phone,
          location: place.region,
          create_time: '1700000000',
          clue_source: 1,
          clue_convert_status: '合法转化',
          module_name: '表单',
        }),
      };
  }
}
