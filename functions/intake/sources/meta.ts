import { field, textField } from '../../../shared/intake/json.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import { sameKey, sourceKey } from '../../../shared/platform/secrets.ts';
import { NotConfigured } from '../fetched.ts';
import { leadOf } from '../items.ts';
import { bodyJson } from '../posted.ts';
import { hmac, notSigned } from '../proof.ts';
import { type Item, plainly, type Reference, type Source } from './source.ts';

const GRAPH = 'https://graph.facebook.com/v23.0';
const FIELDS =
  'id,created_time,ad_id,ad_name,adset_id,campaign_id,campaign_name,form_id,is_organic,platform,field_data';

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function itemOf(change: unknown): Item {
  const kind = textField(change, 'field');
  if (kind !== 'leadgen') return { kind: 'unclear', reason: 'an event that is no lead', quietly: true };
  const value = field(change, 'value');
  const leadgenId = textField(value, 'leadgen_id');
  if (leadgenId === undefined) return { kind: 'unclear', reason: 'entry.changes.value.leadgen_id is missing' };
  const reference: Record<string, string> = { leadgenId };
  for (const [name, from] of [
    ['formId', 'form_id'],
    ['pageId', 'page_id'],
    ['adId', 'ad_id'],
  ] as const) {
    const id = textField(value, from);
    if (id !== undefined) reference[name] = id;
  }
  return { kind: 'reference', key: leadgenId, reference };
}

/** `field_data` and what the ad was, as answers. */
function fetchedLead(posted: unknown, { leadgenId, formId }: Reference) {
  const answers = list(field(posted, 'field_data')).flatMap((each) => {
    const name = textField(each, 'name');
    return name === undefined ? [] : [{ name, value: list(field(each, 'values')).map(String).join(', ') }];
  });
  const ad = ['campaign_name', 'campaign_id', 'adset_id', 'ad_id', 'ad_name', 'platform', 'is_organic', 'created_time'];
  const about = ad.flatMap((name) => {
    const value = field(posted, name);
    return value === undefined || value === null ? [] : [{ name, value: String(value) }];
  });
  return {
    answers: [...answers, ...about],
    known: {
      externalId: textField(posted, 'id') ?? leadgenId,
      formId: textField(posted, 'form_id') ?? formId,
      // What Meta's own testing tool writes into its fields.
      test: answers.some(({ value }) => value.startsWith('<test lead:')),
    },
  };
}

/** Meta lead ads (Facebook, Instagram): only ids are pushed, the leads themselves are fetched. */
export const meta: Source = {
  name: 'meta',
  handshake: ({ method, query }, secret) => {
    if (method !== 'GET') return undefined;
    const expected = secret.metaVerifyToken ?? sourceKey(secret, 'meta');
    if (query['hub.mode'] !== 'subscribe' || !sameKey(query['hub.verify_token'] ?? '', expected))
      throw new Problem(403, 'wrong verify token', [{ path: 'hub.verify_token', message: 'wrong or missing' }]);
    return { status: 200, raw: { type: 'text/plain', body: query['hub.challenge'] ?? '' } };
  },
  verify: (call, secret) => {
    const expected = `sha256=${hmac(sourceKey(secret, 'meta'), call.body).toString('hex')}`;
    if (!sameKey((call.headers['x-hub-signature-256'] ?? '').toLowerCase(), expected))
      throw notSigned('x-hub-signature-256');
    return 'signature';
  },
  parse: (sent, reading) => {
    const posted = bodyJson(sent);
    if (sent.fetched) {
      const { answers, known } = fetchedLead(posted, sent.fetched);
      return [leadOf('meta', answers, reading, known)];
    }
    const changes = list(field(posted, 'entry')).flatMap((entry) => list(field(entry, 'changes')));
    if (changes.length === 0) return [{ kind: 'unclear', reason: 'an event without changes', quietly: true }];
    return changes.map(itemOf);
  },
  fetch: ({ leadgenId = '' }, secret, ask) => {
    if (!secret.metaAccessToken) throw new NotConfigured('metaAccessToken');
    const url = new URL(`${secret.metaApiUrl ?? GRAPH}/${encodeURIComponent(leadgenId)}`);
    url.searchParams.set('fields', FIELDS);
    return ask({ url, headers: { authorization: `Bearer ${secret.metaAccessToken}` } });
  },
  answer: plainly({ status: 'received' }),
};
