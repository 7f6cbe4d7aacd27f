import * as z from 'zod';
import { momentOf, needed, readXml } from '../../../shared/platform/callback.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { openSigned, type Seal } from '../../../shared/platform/envelope.ts';
import type { Secret } from '../../../shared/platform/secrets.ts';
import { askVendor, VendorUnavailable } from '../../../shared/platform/vendor.ts';
import type { Asked, Callback, Chat, HeardIn } from './chat.ts';

const API = 'https://qyapi.weixin.qq.com';
const PAGE = 500;

const envelope = z.object({ xml: z.object({ Encrypt: z.string().min(1) }) });
const text = z.string().optional();
const callback = z.object({
  xml: z.object({
    MsgType: text,
    FromUserName: text,
    CreateTime: text,
    Content: text,
    MsgId: text,
    Event: text,
    Token: text,
    OpenKfId: text,
  }),
});

function sealOf(secret: Secret): Seal {
  const { wecomCorpId: owner } = needed(secret, 'wecomCorpId');
  const token = secret.wecomChatToken ?? needed(secret, 'wecomCallbackToken').wecomCallbackToken;
  const aesKey = secret.wecomChatAesKey ?? needed(secret, 'wecomCallbackAesKey').wecomCallbackAesKey;
  return { token, aesKey, owner };
}

/** What a member of the company writes to the app: forwarded, or which lead it is about. */
function toTheApp({ xml: said }: z.infer<typeof callback>, now: Date): HeardIn[] {
  const { MsgType, FromUserName, Content, MsgId, CreateTime } = said;
  if (MsgType !== 'text' || !FromUserName || !Content || !MsgId) return [];
  const seconds = Number(CreateTime);
  return [
    {
      threadId: `app/${FromUserName}`,
      staffId: FromUserName,
      toUs: true,
      said: {
        messageId: MsgId,
        at: iso(seconds > 0 ? momentOf('CreateTime', seconds * 1000) : now),
        from: 'other',
        name: FromUserName,
        text: Content,
      },
    },
  ];
}

const access = z.object({ errcode: z.literal(0), access_token: z.string(), expires_in: z.number().default(7200) });

let kept: { key: string; token: string; until: number } | undefined;

async function tokenOf(secret: Secret, api: string, now: Date): Promise<string> {
  const { wecomCorpId, wecomKfSecret } = needed(secret, 'wecomCorpId', 'wecomKfSecret');
  const key = `${api} ${wecomCorpId} ${wecomKfSecret}`;
  if (kept?.key === key && kept.until > now.getTime()) return kept.token;
  const query = new URLSearchParams({ corpid: wecomCorpId, corpsecret: wecomKfSecret });
  const said = await askVendor(`${api}/cgi-bin/gettoken?${query}`, undefined, access);
  kept = { key, token: said.access_token, until: now.getTime() + (said.expires_in - 60) * 1000 };
  return said.access_token;
}

/** Where a message of a customer's service account comes from. */
const CUSTOMER = 3;
const SERVANT = 5;

const page = z.object({
  errcode: z.number(),
  next_cursor: z.string().optional(),
  has_more: z.number().default(0),
  msg_list: z
    .array(
      z.object({
        msgid: z.string(),
        external_userid: z.string().optional(),
        send_time: z.number(),
        origin: z.number(),
        servicer_userid: z.string().optional(),
        msgtype: z.string(),
        text: z.object({ content: z.string() }).optional(),
      }),
    )
    .default([]),
});

function ofTheService(account: string, message: z.infer<typeof page>['msg_list'][number]): HeardIn[] {
  const { msgid, external_userid, send_time, origin, servicer_userid, msgtype, text } = message;
  const from = origin === CUSTOMER ? 'customer' : origin === SERVANT ? 'rep' : undefined;
  // What neither side wrote are the vendor's own events.
  if (!from || !external_userid || msgtype !== 'text' || !text?.content.trim()) return [];
  return [
    {
      threadId: `kf/${account}/${external_userid}`,
      staffId: from === 'rep' ? servicer_userid : undefined,
      said: {
        messageId: msgid,
        at: iso(new Date(send_time * 1000)),
        from,
        text: text.content.trim(),
        // Nobody of the company's is named where a machine answers.
        ...(from === 'rep' && !servicer_userid ? { automatic: true } : {}),
      },
    },
  ];
}

/**
 * 企业微信: what members write to the app, and conversations of 微信客服, which are asked for (`wecomCorpId`, and
 * `wecomChatToken`, `wecomChatAesKey`, or those of the directory's callback; `wecomKfSecret`).
 */
export const wecom: Chat = {
  name: 'wecom',
  hear: (call, secret, now): Callback => {
    const seal = sealOf(secret);
    const { msg_signature: signature = '', timestamp = '', nonce = '', echostr } = call.query;
    if (call.method === 'GET') {
      const body = openSigned({ signature, timestamp, nonce, sealed: echostr ?? '' }, seal, now);
      return { heard: [], answer: { type: 'text/plain', body } };
    }
    const sealed = readXml(call.body.toString('utf8'), envelope).xml.Encrypt;
    const said = readXml(openSigned({ signature, timestamp, nonce, sealed }, seal, now), callback);
    const { Event, Token, OpenKfId } = said.xml;
    const service = Event === 'kf_msg_or_event' && Token && OpenKfId;
    return {
      heard: toTheApp(said, now),
      ...(service ? { ask: { account: OpenKfId, token: Token } } : {}),
      answer: { type: 'text/plain', body: '' },
    };
  },

  ask: async ({ account, token }, cursor, secret, now): Promise<Asked> => {
    const api = secret.wecomApi ?? API;
    const access = await tokenOf(secret, api, now);
    const said = await askVendor(
      `${api}/cgi-bin/kf/sync_msg?access_token=${encodeURIComponent(access)}`,
      { token, open_kfid: account, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) },
      page,
    );
    if (said.errcode !== 0) {
      kept = undefined;
      throw new VendorUnavailable(`errcode ${said.errcode}`);
    }
    return {
      heard: said.msg_list.flatMap((message) => ofTheService(account, message)),
      cursor: said.next_cursor,
      more: said.has_more === 1,
    };
  },
};
