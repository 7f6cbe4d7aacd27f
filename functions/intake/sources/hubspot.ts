import { field, textField } from '../../../shared/intake/json.ts';
import { answersOf } from '../../../shared/intake/mapping.ts';
import type { Call } from '../../../shared/platform/http-step.ts';
import { type Secret, sameKey, sourceKey } from '../../../shared/platform/secrets.ts';
import { NotConfigured } from '../fetched.ts';
import { leadOf } from '../items.ts';
import { bodyJson } from '../posted.ts';
import { hmac, mustBeFresh, notSigned } from '../proof.ts';
import { type Item, plainly, type Source } from './source.ts';

const API = 'https://api.hubapi.com';

/** What is asked of a contact. */
const PROPERTIES = [
  'firstname',
  'lastname',
  'email',
  'phone',
  'mobilephone',
  'company',
  'industry',
  'numberofemployees',
  'address',
  'city',
  'state',
  'zip',
  'jobtitle',
  'message',
  'hs_analytics_source',
  'hs_google_click_id',
  'hs_facebook_click_id',
];

/** Characters of an address that HubSpot signs as they are, though they were escaped. */
const PLAIN = /%(3A|2F|40|21|24|27|28|29|2A|2C|3B)/gi;

/** The addresses that HubSpot may have called: behind a proxy, ours is not the one that it knows. */
function addresses({ headers, path, rawQuery }: Call, { publicUrl }: Secret): string[] {
  const host = headers['x-forwarded-host'] ?? headers.host ?? '';
  const bases = [`https://${host}`, `http://${host}`, ...(publicUrl ? [publicUrl.replace(/\/$/, '')] : [])];
  return bases.flatMap((base) => {
    const whole = `${base}${path}${rawQuery ? `?${rawQuery}` : ''}`;
    return [whole, whole.replace(PLAIN, (code) => decodeURIComponent(code))];
  });
}

function itemOf(event: unknown): Item | undefined {
  const type = textField(event, 'subscriptionType') ?? '';
  const contact = textField(event, 'objectId');
  const key = ['eventId', 'subscriptionId', 'occurredAt'].map((name) => textField(event, name) ?? '').join(':');
  const leadKey = `${textField(event, 'portalId') ?? ''}:${contact}`;
  if (/^(contact|object)\.(propertyChange|associationChange|merge|restore)$/.test(type)) return undefined;
  if (contact !== undefined && type === 'contact.privacyDeletion') return { kind: 'erasure', key, leadKey };
  if (contact === undefined || (type !== 'contact.creation' && type !== 'object.creation'))
    return { kind: 'unclear', reason: 'an event that is no new contact', quietly: true };
  return { kind: 'reference', key, reference: { contact, leadKey } };
}

/** HubSpot: says by id that a contact is new; the contact is fetched. */
export const hubspot: Source = {
  name: 'hubspot',
  verify: (call, secret, at) => {
    const { 'x-hubspot-signature-v3': shown = '', 'x-hubspot-request-timestamp': timestamp = '' } = call.headers;
    const key = sourceKey(secret, 'hubspot');
    const right = addresses(call, secret).some((address) =>
      sameKey(shown, hmac(key, call.method, address, call.body, timestamp).toString('base64')),
    );
    if (!right) throw notSigned('x-hubspot-signature-v3');
    mustBeFresh('x-hubspot-request-timestamp', Number(timestamp), at);
    return 'signature';
  },
  parse: (sent, reading) => {
    const posted = bodyJson(sent);
    if (!sent.fetched) {
      const events = Array.isArray(posted) ? posted : [posted];
      return events.flatMap((event) => itemOf(event) ?? []);
    }
    const properties = field(posted, 'properties');
    const answers = answersOf(properties).filter(
      ({ name }) => !/^(hs_object_id|createdate|lastmodifieddate)$/.test(name),
    );
    return [
      leadOf('hubspot', answers, reading, {
        externalId: sent.fetched.leadKey,
        clickIds: {
          gclid: textField(properties, 'hs_google_click_id'),
          fbclid: textField(properties, 'hs_facebook_click_id'),
        },
      }),
    ];
  },
  fetch: ({ contact = '' }, secret, ask) => {
    if (!secret.hubspotAccessToken) throw new NotConfigured('hubspotAccessToken');
    const url = new URL(`${secret.hubspotApiUrl ?? API}/crm/v3/objects/contacts/${encodeURIComponent(contact)}`);
    url.searchParams.set('properties', PROPERTIES.join(','));
    return ask({ url, headers: { authorization: `Bearer ${secret.hubspotAccessToken}` } });
  },
  answer: plainly({ status: 'received' }),
};
