import { field, textField } from '../../../shared/intake/json.ts';
import { answersOf } from '../../../shared/intake/mapping.ts';
import { sameKey, sourceKey } from '../../../shared/platform/secrets.ts';
import { keyOfWords, leadOf } from '../items.ts';
import { bodyJson, jsonOf } from '../posted.ts';
import { hmac, mustBeFresh, mustShowKey, notSigned, showsKey } from '../proof.ts';
import { itemsOfEach, mustBeOne } from '../several.ts';
import { type Item, plainly, type Reading, type Source } from './source.ts';

const IDS = ['lead_id', 'leadId', 'leads_id', 'id'];

/** What is told within the envelope, of one or of a list: `content` is JSON in a text. */
function contentOf(posted: unknown): unknown {
  const content = field(posted, 'content') ?? field(posted, 'data');
  if (typeof content === 'string') return jsonOf(content);
  return content ?? posted;
}

function idOf(lead: unknown): string | undefined {
  const inner = [lead, field(lead, 'lead'), field(lead, 'lead_info')];
  return inner.flatMap((each) => IDS.map((name) => textField(each, name))).find((each) => each !== undefined);
}

function itemOf(lead: unknown, externalId: string, reading: Reading): Item {
  const said = answersOf(lead);
  mustBeOne(said, reading);
  // Names as they stand in the innermost object: paths are the sender's affair.
  const answers = said.map(({ name, value }) => ({
    name: reading.fields.has(name) ? name : (name.split('.').at(-1) ?? name),
    value,
  }));
  return leadOf('tiktok', answers, reading, { externalId });
}

/** TikTok lead generation. The body of its lead events is not published: what its fields mean is configuration. */
export const tiktok: Source = {
  name: 'tiktok',
  verify: (call, secret, at) => {
    const shown = call.headers['tiktok-signature'];
    const [, time, signature] = /^t=(\d+),\s*s=([\da-f]+)$/i.exec(shown ?? '') ?? [];
    const expected = hmac(sourceKey(secret, 'tiktok'), `${time}.`, call.body).toString('hex');
    if (time !== undefined && signature !== undefined && sameKey(signature.toLowerCase(), expected)) {
      mustBeFresh('tiktok-signature', Number(time) * 1000, at);
      return 'signature';
    }
    if (shown !== undefined && !showsKey(call, sourceKey(secret, 'tiktok'))) throw notSigned('tiktok-signature');
    return mustShowKey(call, secret, 'tiktok');
  },
  mustBeSigned: ({ tiktok: { signature } }) => signature === 'required',
  parse: (sent, reading) =>
    itemsOfEach(contentOf(bodyJson(sent)), idOf, (lead, id, alone) =>
      itemOf(lead, id ?? keyOfWords(alone ? sent.body : JSON.stringify(lead)), reading),
    ),
  answer: plainly({ code: 0, message: 'OK' }),
};
