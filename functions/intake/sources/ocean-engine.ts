import { field, textField } from '../../../shared/intake/json.ts';
import { answersOf } from '../../../shared/intake/mapping.ts';
import type { Answer } from '../../../shared/platform/http-step.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import { sameKey, sourceKey } from '../../../shared/platform/secrets.ts';
import { keyOfWords, leadOf } from '../items.ts';
import { bodyJson, jsonOf } from '../posted.ts';
import { hmac, mustShowKey } from '../proof.ts';
import { itemsOfEach, mustBeOne } from '../several.ts';
import type { Item, Reading, Source } from './source.ts';

/** The signature's algorithm is known, the name of its header is not: it is looked for in each of these. */
const HEADERS = ['x-spi-signature', 'x-signature', 'x-open-signature', 'x-tt-signature', 'signature'];

const challenged = (event: unknown, challenge: string | undefined): Answer | undefined => {
  if (event !== 'verify_webhook' || challenge === undefined || !/^-?\d{1,25}$/.test(challenge)) return undefined;
  // Digit for digit: it may be longer than a number of JavaScript's.
  const body = `{"BaseResp":{"StatusCode":200,"StatusMessage":""},"challenge":${challenge}}`;
  return { status: 200, raw: { type: 'application/json', body } };
};

/** What is told: flat as 飞鱼 pushes it, or as JSON in the text `data` of the open platform's message, of one or of a list. */
function toldIn(posted: unknown): unknown {
  const data = field(posted, 'data');
  return typeof data === 'string' && field(posted, 'message_id') !== undefined ? jsonOf(data) : posted;
}

/** 巨量引擎: 飞鱼's push, whose field names are the advertiser's choice, and the open platform's (SPI). */
export const oceanEngine: Source = {
  name: 'ocean-engine',
  handshake: (call) => {
    if (call.method === 'GET') {
      const answer = challenged(call.query.event, call.query.challenge);
      if (answer) return answer;
      throw new Problem(400, 'no challenge', [{ path: 'challenge', message: 'missing' }]);
    }
    if (call.body.length > 2048 || !call.body.includes('verify_webhook')) return undefined;
    const posted = bodyJson(call);
    return challenged(field(posted, 'event'), textField(posted, 'challenge'));
  },
  verify: (call, secret) => {
    const expected = hmac(sourceKey(secret, 'ocean-engine'), call.body).toString('hex');
    const signed = HEADERS.some((name) => sameKey((call.headers[name] ?? '').toLowerCase(), expected));
    return signed ? 'signature' : mustShowKey(call, secret, 'ocean-engine');
  },
  mustBeSigned: (rules) => rules['ocean-engine'].signature === 'required',
  parse: (sent, reading) => {
    const posted = bodyJson(sent);
    return itemsOfEach(toldIn(posted), idOf, (lead, id, alone) => {
      const ofPost = () => textField(posted, 'message_id') ?? keyOfWords(sent.body);
      return itemOf(lead, id ?? (alone ? ofPost() : keyOfWords(JSON.stringify(lead))), reading);
    });
  },
  answer: (_, { rules }) => {
    const { codeKey, code, messageKey, message } = rules['ocean-engine'].answer;
    const open = { BaseResp: { StatusCode: 200, StatusMessage: 'success' } };
    return { status: 200, body: { [codeKey]: code, [messageKey]: message, ...open } };
  },
};

const idOf = (lead: unknown): string | undefined => textField(lead, 'id') ?? textField(lead, 'clue_id');

function itemOf(lead: unknown, externalId: string, reading: Reading): Item {
  const said = answersOf(lead);
  mustBeOne(said, reading);
  const answers = said.map(({ name, value }) =>
    // `address.phone` and its like are names, and mean what their last part says, unless the whole is configured.
    reading.fields.has(name.toLowerCase()) ? { name, value } : { name: lastPart(name, reading), value },
  );
  const formId = textField(lead, 'module_id') ?? textField(lead, 'site_id');
  return leadOf('ocean-engine', answers, reading, { externalId, formId });
}

function lastPart(name: string, { fields }: { fields: ReadonlyMap<string, unknown> }): string {
  const last = name.split('.').at(-1) ?? name;
  return last !== name && fields.has(last.toLowerCase()) ? last : name;
}
