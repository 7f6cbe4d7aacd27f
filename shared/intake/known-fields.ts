import type { SourceName, SourcesRules, Target } from './sources.ts';

/** What answers stand for, by their names without case, spaces, hyphens and underscores. */
export type FieldMap = ReadonlyMap<string, Target>;

/** A field's name as it is compared. */
export const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s_:：*-]+/g, '')
    .toLowerCase();

type Names = Partial<Record<Target, readonly string[]>>;

/** Names that mean the same wherever they stand. */
const EVERYWHERE: Names = {
  'contact.name': [
    'contact.name',
    'contact[name]',
    'name',
    'full_name',
    'fullname',
    'your-name',
    '姓名',
    '名字',
    '称呼',
    '联系人',
    '客户姓名',
  ],
  'contact.firstName': ['first_name', 'firstname', 'given_name', '名'],
  'contact.lastName': ['last_name', 'lastname', 'family_name', '姓'],
  'contact.phone': [
    'contact.phone',
    'contact[phone]',
    'phone',
    'phone_number',
    'tel',
    'telephone',
    'telphone',
    'mobile',
    'mobilephone',
    'cell',
    'work_phone',
    'work_phone_number',
    '电话',
    '手机',
    '手机号',
    '手机号码',
    '电话号码',
    '联系电话',
    '联系方式',
  ],
  'contact.email': [
    'contact.email',
    'contact[email]',
    'email',
    'e-mail',
    'mail',
    'email_address',
    'work_email',
    '邮箱',
    '电子邮箱',
    '电子邮件',
  ],
  'contact.wechat': ['contact.wechat', 'contact[wechat]', 'wechat', 'weixin', 'wechat_id', '微信', '微信号'],
  'company.name': [
    'company.name',
    'company[name]',
    'company',
    'company_name',
    'organization',
    'organisation',
    '公司',
    '公司名称',
    '企业名称',
    '单位',
  ],
  'company.employees': [
    'company.employees',
    'company[employees]',
    'employees',
    'company_size',
    'numberofemployees',
    'number_of_employees',
    '员工人数',
    '公司规模',
  ],
  'company.industry': ['company.industry', 'company[industry]', 'industry', '行业', '所属行业'],
  'location.address': [
    'location.address',
    'location[address]',
    'address',
    'street_address',
    'province',
    'state',
    'region',
    'city',
    '地址',
    '详细地址',
    '省份',
    '省',
    '城市',
    '市',
    '区县',
    '所在地区',
  ],
  'location.postcode': ['location.postcode', 'postcode', 'postal_code', 'zip', 'zip_code', '邮编', '邮政编码'],
  productLine: ['productLine', 'product', '产品', '意向产品'],
  preferredRepId: ['preferredRepId'],
  'source.campaign': ['source.campaign', 'campaign', 'campaign_name', '推广计划'],
  'source.landingPage': ['source.landingPage', 'landingPage', 'landing_page', 'landing_page_url'],
  'consent.marketing': ['consent.marketing', 'consent', 'marketing_consent', 'opt_in'],
  'source.utm.source': ['utm_source'],
  'source.utm.medium': ['utm_medium'],
  'source.utm.campaign': ['utm_campaign'],
  'source.utm.term': ['utm_term'],
  'source.utm.content': ['utm_content'],
  'source.clickIds.gclid': ['gclid', 'gcl_id'],
  'source.clickIds.fbclid': ['fbclid'],
  'source.clickIds.ttclid': ['ttclid'],
  'source.clickIds.clickid': ['clickid'],
};

/** Names that mean something only in one source. */
const IN: Partial<Record<SourceName, Names>> = {
  'google-ads': { keep: ['COUNTRY'] },
  'ocean-engine': {
    'location.address': ['province_name', 'city_name', 'county_name', 'location'],
    'source.campaign': ['promotion_name', 'ad_name'],
    'source.clickIds.clickid': ['clickid', 'click_id'],
  },
  baidu: { 'contact.phone': ['cluePhoneNumber'], 'contact.wechat': ['wechatAccount'], 'location.address': ['area'] },
  'tencent-ads': {
    'contact.name': ['leads_name'],
    'contact.phone': ['leads_tel', 'leads_telephone'],
    'contact.email': ['leads_email'],
    'contact.wechat': ['leads_wechat'],
    'location.address': ['leads_area'],
    'source.clickIds.click_id': ['click_id'],
  },
  import: { 'source.externalId': ['lead_id', 'external_id', 'id', '线索id', '线索编号'] },
};

/** Fields of a source that say it is a test, whatever else is configured. */
const TESTS: Partial<Record<SourceName, Record<string, string[]>>> = {
  tiktok: { is_test: ['true', '1'] },
  'ocean-engine': {
    clue_convert_status: ['广告预览', '营销预览'],
    convert_status: ['广告预览', '营销预览'],
  },
};

function* pairs(names: Names | undefined): Generator<[string, Target]> {
  for (const [target, all] of Object.entries(names ?? {}))
    for (const name of all ?? []) yield [plain(name), target as Target];
}

const own = (fields: Readonly<Record<string, Target>>): [string, Target][] =>
  Object.entries(fields).map(([name, target]) => [plain(name), target]);

/** What answers of a source (and of one of its forms) stand for: the customer's own names before the known ones. */
export const fieldMap = (rules: SourcesRules, source: SourceName, formId?: string): FieldMap =>
  new Map([
    ...pairs(EVERYWHERE),
    ...pairs(IN[source]),
    ...own(rules[source].fields),
    ...own((formId !== undefined && Object.hasOwn(rules.forms, formId) && rules.forms[formId]?.fields) || {}),
  ]);

/** Values, by field, that mark a test of a source. */
export function testValues(rules: SourcesRules, source: SourceName): ReadonlyMap<string, ReadonlySet<string>> {
  const all = new Map<string, Set<string>>();
  for (const [name, values] of [...Object.entries(TESTS[source] ?? {}), ...Object.entries(rules[source].tests)]) {
    const key = plain(name);
    all.set(key, new Set([...(all.get(key) ?? []), ...values]));
  }
  return all;
}
