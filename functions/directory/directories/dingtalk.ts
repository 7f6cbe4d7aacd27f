import * as z from 'zod';
import { momentOf, needed, readJson } from '../../../shared/platform/callback.ts';
import { openSigned, type Seal, seal, signatureOf } from '../../../shared/platform/envelope.ts';
import type { Secret } from '../../../shared/platform/secrets.ts';
import { askVendor, VendorUnavailable } from '../../../shared/platform/vendor.ts';
import type { Directory, Heard, Member } from './directory.ts';

const API = 'https://oapi.dingtalk.com';

const event = z.object({
  EventType: z.string(),
  TimeStamp: z.coerce.number().optional(),
  UserId: z.union([z.string(), z.array(z.string())]).optional(),
});

/** Events that say no more than that something about the members changed. */
const CHANGED = new Set(['user_add_org', 'user_modify_org', 'user_active_org']);

function sealOf(secret: Secret): Seal {
  const { dingtalkCallbackToken, dingtalkCallbackAesKey, dingtalkOwnerKey } = needed(
    secret,
    'dingtalkCallbackToken',
    'dingtalkCallbackAesKey',
    'dingtalkOwnerKey',
  );
  return { token: dingtalkCallbackToken, aesKey: dingtalkCallbackAesKey, owner: dingtalkOwnerKey };
}

const access = z.object({ errcode: z.literal(0), access_token: z.string(), expires_in: z.number().default(7200) });
const NOBODY = 60121;
const user = z.object({
  errcode: z.number(),
  result: z
    .object({
      name: z.string().optional(),
      mobile: z.string().optional(),
      email: z.string().optional(),
      org_email: z.string().optional(),
      dept_id_list: z.array(z.number()).optional(),
      active: z.boolean().optional(),
    })
    .optional(),
});

let kept: { key: string; token: string; until: number } | undefined;

async function tokenOf(secret: Secret, api: string, now: Date): Promise<string> {
  const { dingtalkAppKey, dingtalkAppSecret } = needed(secret, 'dingtalkAppKey', 'dingtalkAppSecret');
  const key = `${api} ${dingtalkAppKey}`;
  if (kept?.key === key && kept.until > now.getTime()) return kept.token;
  const query = new URLSearchParams({ appkey: dingtalkAppKey, appsecret: dingtalkAppSecret });
  const said = await askVendor(`${api}/gettoken?${query}`, undefined, access);
  // Renewed a minute early.
  kept = { key, token: said.access_token, until: now.getTime() + (said.expires_in - 60) * 1000 };
  return said.access_token;
}

/** 钉钉: says which members left, and of the others only that something changed. Wants its word back, sealed. */
export const dingtalk: Directory = {
  name: 'dingtalk',
  hear: (call, secret, now, head): Heard => {
    const with_ = sealOf(secret);
    const { signature, msg_signature, timestamp = '', nonce = '' } = call.query;
    const { encrypt } = readJson(call.body.toString('utf8'), z.object({ encrypt: z.string().min(1) }));
    const opened = openSigned(
      { signature: msg_signature ?? signature ?? '', timestamp, nonce, sealed: encrypt },
      with_,
      now,
    );
    const { EventType, TimeStamp, UserId } = readJson(opened, event);
    const asOf = TimeStamp ? momentOf('TimeStamp', TimeStamp) : now;
    const ids = [UserId ?? []].flat();
    const answered = seal('success', with_, head);
    const stamp = String(now.getTime());
    const word = {
      msg_signature: signatureOf(with_.token, stamp, nonce, answered),
      timeStamp: stamp,
      nonce,
      encrypt: answered,
    };
    return {
      members: EventType === 'user_leave_org' ? ids.map((userId) => ({ userId, status: 'left', asOf })) : [],
      ask: CHANGED.has(EventType) ? ids.map((userId) => ({ userId, asOf })) : [],
      answer: { type: 'application/json', body: JSON.stringify(word) },
    };
  },

  profile: async (userId, secret, now): Promise<Omit<Member, 'asOf'> | undefined> => {
    const api = secret.dingtalkApi ?? API;
    const token = await tokenOf(secret, api, now);
    const said = await askVendor(
      `${api}/topapi/v2/user/get?access_token=${encodeURIComponent(token)}`,
      { userid: userId },
      user,
    );
    if (said.errcode === NOBODY) return undefined;
    if (said.errcode !== 0 || !said.result) throw new VendorUnavailable(`errcode ${said.errcode}`);
    const { name, mobile, email, org_email, dept_id_list } = said.result;
    const mail = org_email || email;
    return {
      userId,
      // Whoever is in the directory works here, whether they signed in yet or not.
      status: 'active',
      ...(name ? { name } : {}),
      ...(mail ? { email: mail } : {}),
      ...(mobile ? { phone: mobile } : {}),
      ...(dept_id_list ? { departments: dept_id_list.map(String) } : {}),
    };
  },
};
