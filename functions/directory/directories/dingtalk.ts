import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { backoff } from '../../../shared/platform/random.ts';
import type { Secret } from '../../../shared/platform/secrets.ts';
import { NotGenuine, openSigned, type Seal, seal, signatureOf } from '../envelope.ts';
import { type Directory, type Heard, type Member, needed } from './directory.ts';

const TIMEOUT = 3000;
const TRIES = 3;
const API = 'https://oapi.dingtalk.com';

const event = z.object({
  EventType: z.string(),
  TimeStamp: z.coerce.number().optional(),
  UserId: z.union([z.string(), z.array(z.string())]).optional(),
});

/** Events that say no more than that something about the members changed. */
const CHANGED = new Set(['user_add_org', 'user_modify_org', 'user_active_org']);

function json<S extends z.ZodType>(text: string, schema: S): z.infer<S> {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    throw new NotGenuine('body', 'is not JSON');
  }
  const parsed = schema.safeParse(said);
  if (!parsed.success)
    throw new NotGenuine(parsed.error.issues[0]?.path.join('.') ?? 'body', 'is missing or not valid');
  return parsed.data;
}

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

/** The directory did not answer as it says it does. */
export class DirectoryUnavailable extends Error {
  override readonly name = 'DirectoryUnavailable';
}

async function ask<S extends z.ZodType>(url: string, body: object | undefined, schema: S): Promise<z.infer<S>> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await fetch(url, {
        signal: AbortSignal.timeout(TIMEOUT),
        redirect: 'error',
        ...(body
          ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
          : { method: 'GET' }),
      });
      if (!answer.ok) throw new DirectoryUnavailable(`status ${answer.status}`);
      return schema.parse(await answer.json());
    } catch (error) {
      // The address holds the token: what went wrong is told without it.
      if (attempt + 1 >= TRIES) throw new DirectoryUnavailable(error instanceof Error ? error.name : 'unknown');
      await wait(backoff(attempt, 200, 2000));
    }
  }
}

let kept: { key: string; token: string; until: number } | undefined;

async function tokenOf(secret: Secret, api: string, now: Date): Promise<string> {
  const { dingtalkAppKey, dingtalkAppSecret } = needed(secret, 'dingtalkAppKey', 'dingtalkAppSecret');
  const key = `${api} ${dingtalkAppKey}`;
  if (kept?.key === key && kept.until > now.getTime()) return kept.token;
  const query = new URLSearchParams({ appkey: dingtalkAppKey, appsecret: dingtalkAppSecret });
  const said = await ask(`${api}/gettoken?${query}`, undefined, access);
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
    const { encrypt } = json(call.body.toString('utf8'), z.object({ encrypt: z.string().min(1) }));
    const opened = openSigned(
      { signature: msg_signature ?? signature ?? '', timestamp, nonce, sealed: encrypt },
      with_,
      now,
    );
    const { EventType, TimeStamp, UserId } = json(opened, event);
    const asOf = TimeStamp === undefined ? now : new Date(TimeStamp);
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
    const said = await ask(
      `${api}/topapi/v2/user/get?access_token=${encodeURIComponent(token)}`,
      { userid: userId },
      user,
    );
    if (said.errcode === NOBODY) return undefined;
    if (said.errcode !== 0 || !said.result) throw new DirectoryUnavailable(`errcode ${said.errcode}`);
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
