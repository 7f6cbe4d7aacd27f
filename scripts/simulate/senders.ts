import type { Posted } from './month.ts';
import { signed } from './signed.ts';

/** A call that a source makes. */
export interface Sent {
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** What a source's call is made with: its key, where it is sent, and when. */
export interface Sending {
  keys: Readonly<Record<string, string>>;
  url: string;
  at: Date;
}

/** What platforms that push only ids tell when they are asked, by the address at which they are asked. */
export type Told = Map<string, unknown>;

const json = { 'content-type': 'application/json' };
export const phoneOf = (person: number): string => `137${String(20_000_000 + person)}`;
/** By the name a lead is known again. */
export const nameOf = (person: number): string => `客户${person}`;
export const personOf = (name: string): number => Number(name.replace(/^客户/, ''));
const companyOf = (person: number): string => `工厂${person}`;

const wordsOf = ({ says, place }: Posted): string =>
  ({
    city: place.city,
    district: `${place.province}${place.city}${place.district}`,
    nothing: '',
    point: '',
    postcode: '',
  })[says];

/** Answers that have one, by name. */
const given = (answers: Readonly<Record<string, string | undefined>>): [string, string][] =>
  Object.entries(answers).flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : []));

type Make = (posted: Posted, n: number, sending: Sending & { told: Told }) => Sent;

const postcodeOf = ({ says, postcode }: Posted): string | undefined => (says === 'nothing' ? undefined : postcode);

const makes: Record<Exclude<Posted['source'], 'import'>, Make> = {
  web: ({ person, place, postcode, employees, siteSeconds, downloads, wishes }, n, { keys }) => ({
    path: '/leads/web',
    headers: { ...json, 'x-api-key': keys.web ?? '', 'idempotency-key': `post-${n}` },
    body: JSON.stringify({
      contact: { name: nameOf(person), phone: phoneOf(person) },
      company: { name: companyOf(person), employees },
      location: { point: place.point, ...(postcode ? { postcode } : {}) },
      behavior: { siteSeconds, downloads },
      ...(wishes ? { preferredRepId: wishes } : {}),
    }),
  }),
  form: (posted, _, { keys }) => ({
    path: `/leads/web?key=${keys.web}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(
      new URLSearchParams(
        given({
          name: nameOf(posted.person),
          tel: phoneOf(posted.person),
          company: companyOf(posted.person),
          postcode: postcodeOf(posted),
        }),
      ),
    ),
  }),
  'google-ads': (posted, n, { keys }) => ({
    path: '/leads/google-ads',
    headers: json,
    body: JSON.stringify({
      lead_id: `g-${n}`,
      api_version: '1.0',
      form_id: 40_000_000_000,
      google_key: keys['google-ads'],
      gcl_id: `click-${n}`,
      user_column_data: given({
        FULL_NAME: nameOf(posted.person),
        PHONE_NUMBER: `+86${phoneOf(posted.person)}`,
        COMPANY_NAME: companyOf(posted.person),
        POSTAL_CODE: postcodeOf(posted),
      }).map(([column_id, string_value]) => ({ column_id, string_value })),
    }),
  }),
  meta: (posted, n, { keys, told }) => {
    const answers = given({
      full_name: nameOf(posted.person),
      phone_number: `+86${phoneOf(posted.person)}`,
      company_name: companyOf(posted.person),
      city: wordsOf(posted),
    });
    told.set(`/graph/7000${n}`, {
      id: `7000${n}`,
      created_time: '2024-01-01T08:00:00+0000',
      campaign_name: 'spring',
      field_data: answers.map(([name, value]) => ({ name, values: [value] })),
    });
    const value = { leadgen_id: `7000${n}`, page_id: 'PAGE', form_id: '777', ad_id: '1', created_time: 1_700_000_000 };
    const changes = [{ field: 'leadgen', value }];
    const body = JSON.stringify({ object: 'page', entry: [{ id: 'PAGE', time: 1_700_000_000, changes }] });
    return { path: '/leads/meta', ...withText(signed.meta(keys.meta ?? '', body)) };
  },
  linkedin: (posted, n, { keys, told }) => {
    const answers = given({
      FIRST_NAME: nameOf(posted.person),
      PHONE_NUMBER: `+86${phoneOf(posted.person)}`,
      COMPANY_NAME: companyOf(posted.person),
      CITY: wordsOf(posted),
    });
    told.set(`/linkedin/rest/leadFormResponses/r-${n}`, {
      id: `r-${n}`,
      testLead: false,
      formResponse: {
        answers: answers.map(([name, answer]) => ({
          questionId: 1,
          name,
          answerDetails: { textQuestionAnswer: { answer } },
        })),
      },
    });
    const body = JSON.stringify({
      type: 'LEAD_ACTION',
      leadGenFormResponse: `urn:li:leadGenFormResponse:r-${n}`,
      leadGenForm: 'urn:li:versionedLeadGenForm:(urn:li:leadGenForm:9,1)',
      leadType: 'SPONSORED',
      leadAction: 'CREATED',
      occurredAt: 1_700_000_000_000,
      owner: { sponsoredAccount: 'urn:li:sponsoredAccount:1' },
    });
    return { path: '/leads/linkedin', ...withText(signed.linkedin(keys.linkedin ?? '', body)) };
  },
  tiktok: (posted, n, { keys, at }) => {
    const lead = given({
      name: nameOf(posted.person),
      phone_number: `+86${phoneOf(posted.person)}`,
      company_name: companyOf(posted.person),
      city: wordsOf(posted),
    });
    const body = JSON.stringify({
      client_key: 'k',
      event: 'lead.created',
      create_time: 1_700_000_000,
      user_openid: 'o',
      content: JSON.stringify({ lead_id: `t-${n}`, ...Object.fromEntries(lead) }),
    });
    return { path: '/leads/tiktok', ...withText(signed.tiktok(keys.tiktok ?? '', body, at)) };
  },
  'ocean-engine': ({ person, place, says }, n, { keys }) => ({
    path: `/leads/ocean-engine/${keys['ocean-engine']}`,
    headers: json,
    body: JSON.stringify({
      id: `68053678806${String(n).padStart(8, '0')}`,
      adv_id: '35269001',
      ad_id: '16348',
      name: nameOf(person),
      telphone: phoneOf(person),
      ...(says === 'city' ? { location: `${place.province.slice(0, 2)}+${place.city.slice(0, 2)}` } : {}),
      create_time: '1700000000',
      clue_source: 1,
      clue_convert_status: '合法转化',
      module_name: '表单',
    }),
  }),
  baidu: (posted, n, { keys }) => {
    const [name, phone] = [nameOf(posted.person), phoneOf(posted.person)];
    return {
      path: `/leads/baidu/${keys.baidu}`,
      headers: json,
      body: JSON.stringify({
        clueId: `b-${n}`,
        ucid: 12_345_678,
        pageId: '88',
        commitTime: '2024-01-01 08:00:00',
        solutionTypeName: '表单',
        cluePhoneNumber: phone,
        flowChannelName: '信息流推广',
        area: wordsOf(posted),
        formDetail: [
          { name: '姓名', type: 'name', value: name },
          { name: '电话', type: 'phone', value: phone },
          { name: '公司', type: 'text', value: companyOf(posted.person) },
        ],
      }),
    };
  },
  'tencent-ads': (posted, n, { keys }) => ({
    path: '/leads/tencent-ads',
    headers: { ...json, 'x-api-key': keys['tencent-ads'] ?? '' },
    body: JSON.stringify({
      leads_id: 800_000_000 + n,
      account_id: 1,
      leads_name: nameOf(posted.person),
      leads_tel: phoneOf(posted.person),
      bundle: JSON.stringify(Object.fromEntries(given({ 城市: wordsOf(posted), 公司: companyOf(posted.person) }))),
      leads_create_time: '2024-01-01 08:00:05',
      leads_action_time: '2024-01-01 08:00:00',
      click_id: `c-${n}`,
    }),
  }),
  hubspot: (posted, n, { keys, url, at, told }) => {
    told.set(`/hubspot/crm/v3/objects/contacts/${900_000 + n}`, {
      id: String(900_000 + n),
      properties: Object.fromEntries(
        given({
          firstname: nameOf(posted.person),
          phone: `+86${phoneOf(posted.person)}`,
          company: companyOf(posted.person),
          address: wordsOf(posted),
        }),
      ),
    });
    const event = {
      eventId: n + 1,
      subscriptionId: 12_345,
      portalId: 62_515,
      appId: 54_321,
      occurredAt: 1_700_000_000_000,
      subscriptionType: 'contact.creation',
      attemptNumber: 0,
      objectId: 900_000 + n,
      changeSource: 'CRM',
      changeFlag: 'NEW',
    };
    const path = '/leads/hubspot';
    return { path, ...withText(signed.hubspot(keys.hubspot ?? '', `${url}${path}`, JSON.stringify([event]), at)) };
  },
  standard: (posted, n, { keys, at }) => {
    const address = wordsOf(posted);
    const data = {
      contact: { name: nameOf(posted.person), phone: phoneOf(posted.person) },
      company: { name: companyOf(posted.person), employees: posted.employees },
      ...(address ? { location: { address } } : {}),
    };
    const body = JSON.stringify({ type: 'lead.created', timestamp: at.toISOString(), data });
    return { path: '/leads/standard', ...withText(signed.standard(keys.standard ?? '', `msg-${n}`, body, at)) };
  },
};

const withText = ({ body, headers }: { body: string | Buffer; headers: Record<string, string> }) => ({
  body: String(body),
  headers,
});

/** A lead as its source posts it; `n` is the post's number. What is only referred to is put to what platforms tell. */
export const sent = (
  posted: Posted & { source: keyof typeof makes },
  n: number,
  sending: Sending & { told: Told },
): Sent => makes[posted.source](posted, n, sending);

/** A list of leads, as a file that is read in. */
export const sentFile = (list: readonly Posted[], { keys }: Sending): Sent => ({
  path: '/leads/import',
  headers: { 'content-type': 'text/csv', 'x-api-key': keys.import ?? '' },
  body: [
    '姓名,手机号,公司名称,地址',
    ...list.map((posted) =>
      [nameOf(posted.person), phoneOf(posted.person), companyOf(posted.person), wordsOf(posted)].join(','),
    ),
    '',
  ].join('\n'),
});
