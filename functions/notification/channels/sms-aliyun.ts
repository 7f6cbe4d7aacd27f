import { createHmac } from 'node:crypto';
import { iso } from '../../../shared/platform/clock.ts';
import { sha256 } from '../../../shared/platform/random.ts';
import { readSecret, type Secret } from '../../../shared/platform/secrets.ts';
import { type Channel, type Message, NotTaken, notConfigured, type Sending } from '../message.ts';
import { ask, type Conduct, labels } from './robot.ts';

const API = 'https://dysmsapi.aliyuncs.com';
const VERSION = '2017-05-25';
const ALGORITHM = 'ACS3-HMAC-SHA256';
/** As many characters as the vendor takes for one value of a template. */
const LONGEST_VALUE = 35;

/** A number that is none, or that takes no more for now: there is no use in trying it again. */
const conduct: Conduct = {
  code: ({ Code }) => Code,
  good: 'OK',
  forGood: ['isv.MOBILE_NUMBER_ILLEGAL', 'isv.BUSINESS_LIMIT_CONTROL', 'isv.BLACK_KEY_CONTROL_LIMIT'],
};

/** Percent-encoding as the signature has it: everything but letters, digits and `-_.~`. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** The headers of a signed call of an Aliyun API: all parameters stand in the query, the body is empty. */
export function aliyunSigned(
  url: URL,
  call: { action: string; version: string; nonce: string; at: Date },
  { id, secret }: { id: string; secret: string },
): Record<string, string> {
  const headers: Record<string, string> = {
    host: url.host,
    'x-acs-action': call.action,
    'x-acs-content-sha256': sha256(''),
    'x-acs-date': iso(call.at).replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': call.nonce,
    'x-acs-version': call.version,
  };
  const names = Object.keys(headers).sort();
  const query = [...url.searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort();
  const canonical = [
    'POST',
    '/',
    query.join('&'),
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    sha256(''),
  ].join('\n');
  const signature = createHmac('sha256', secret)
    .update(`${ALGORITHM}\n${sha256(canonical)}`)
    .digest('hex');
  const { host, ...sent } = headers;
  return {
    ...sent,
    authorization: `${ALGORITHM} Credential=${id},SignedHeaders=${names.join(';')},Signature=${signature}`,
  };
}

/** The parameters of `SendSms`: the words are the vendor's template's, the values ours. */
export const aliyunSms = (message: Message, signName: string, templateCode: string, outId: string) => ({
  PhoneNumbers: message.to.replace(/^\+86/, '').replace(/^\+/, '00'),
  SignName: signName,
  TemplateCode: templateCode,
  TemplateParam: JSON.stringify(
    Object.fromEntries(
      Object.entries(message.values).map(([name, value]) => [name, [...value].slice(0, LONGEST_VALUE).join('')]),
    ),
  ),
  OutId: outId,
});

/** The receipt knows the day of sending by the clock of the vendor's home. */
const DAY_IN_CHINA = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

async function call(
  secret: Secret,
  action: string,
  parameters: Record<string, string>,
  sending: Sending,
  headers: Record<string, string> = {},
) {
  const { aliyunAccessKeyId: id = '', aliyunAccessKeySecret = '', aliyunSmsApi = API } = secret;
  const url = new URL(`${aliyunSmsApi}/`);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const nonce = sha256(`${sending.id} ${action} ${sending.at.getTime()}`).slice(0, 32);
  const signed = aliyunSigned(
    url,
    { action, version: VERSION, nonce, at: sending.at },
    { id, secret: aliyunAccessKeySecret },
  );
  // The search parameters of a URL encode a blank as +, the signature as %20.
  const query = [...url.searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
  const where = `${url.origin}${url.pathname}?${query}`;
  return ask('sms-aliyun', where, { method: 'POST', headers: { ...signed, ...headers }, conduct, at: sending.at });
}

/** Whether the vendor has a receipt of this message: sending twice would text twice. */
async function isTaken(secret: Secret, message: Message, outId: string, sending: Sending): Promise<boolean> {
  const { PhoneNumbers: PhoneNumber } = aliyunSms(message, '', '', outId);
  const SendDate = DAY_IN_CHINA.format(sending.at).replaceAll('-', '');
  const asked = { PhoneNumber, SendDate, PageSize: '50', CurrentPage: '1' };
  const said = await call(secret, 'QuerySendDetails', asked, sending);
  const list = (said.SmsSendDetailDTOs as { SmsSendDetailDTO?: { OutId?: string }[] } | undefined)?.SmsSendDetailDTO;
  return list?.some(({ OutId }) => OutId === outId) ?? false;
}

/**
 * A text message to a phone, by Aliyun (`aliyunAccessKeyId`, `aliyunAccessKeySecret`, `aliyunSmsSignName` and
 * `aliyunSmsTemplate` in the secret; `aliyunSmsTemplate.lead-assigned` for a kind of its own). The vendor's call is not
 * idempotent: before another try, its receipts are asked.
 */
export const smsAliyun: Channel = {
  name: 'sms-aliyun',
  send: async (message, sending) => {
    const secret = await readSecret();
    const { aliyunAccessKeyId, aliyunAccessKeySecret, aliyunSmsSignName } = secret;
    const template = secret[`aliyunSmsTemplate.${message.kind}`] ?? secret.aliyunSmsTemplate;
    if (!aliyunAccessKeyId || !aliyunAccessKeySecret || !aliyunSmsSignName || !template)
      throw notConfigured('sms-aliyun');
    const outId = sha256(sending.id).slice(0, 32);
    if (sending.again && (await isTaken(secret, message, outId, sending))) return;
    const said = await call(
      secret,
      'SendSms',
      aliyunSms(message, aliyunSmsSignName, template, outId),
      sending,
      labels(message, sending),
    );
    if (said.BizId === undefined) throw new NotTaken('sms-aliyun', 'no-receipt');
  },
};
