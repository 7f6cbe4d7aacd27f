import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { momentOf, needed, readJson } from '../../../shared/platform/callback.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { NotGenuine } from '../../../shared/platform/envelope.ts';
import { sameKey } from '../../../shared/platform/secrets.ts';
import type { Callback, Chat } from './chat.ts';

/** The vendor's own limit for the age of a signature (milliseconds). */
const FRESH = 3600 * 1000;

const message = z.object({
  conversationId: z.string().min(1).max(200),
  msgId: z.string().min(1).max(200),
  createAt: z.coerce.number(),
  msgtype: z.string(),
  text: z.object({ content: z.string() }).optional(),
  senderNick: z.string().optional(),
  /** Only members of the company have one. */
  senderStaffId: z.string().optional(),
});

/** The signature of a robot's callback: HMAC-SHA256 of the moment (milliseconds) and the app's secret, keyed by the secret. */
export const dingtalkCallbackSign = (secret: string, timestamp: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');

/** Names the lead that a thread is about. */
const MARKER = /(?:#|\/leads\/)[0-9A-HJKMNP-TV-Z]{26}/;

/**
 * A DingTalk robot in a group with the customer: it is told of what is said to it (`dingtalkRobotAppSecret` in the secret, else
 * `dingtalkAppSecret`). Members of the company are known by their staff id; everybody else in the group is the customer.
 */
export const dingtalk: Chat = {
  name: 'dingtalk',
  hear: (call, secret, now): Callback => {
    const appSecret = secret.dingtalkRobotAppSecret ?? needed(secret, 'dingtalkAppSecret').dingtalkAppSecret;
    const { timestamp = '', sign = '' } = call.headers;
    if (!sameKey(sign, dingtalkCallbackSign(appSecret, timestamp))) throw new NotGenuine('signature', 'is not ours');
    if (!(Math.abs(now.getTime() - Number(timestamp)) <= FRESH))
      throw new NotGenuine('timestamp', 'is not of this hour');
    const said = readJson(call.body.toString('utf8'), message);
    const answer = { type: 'application/json', body: '{}' };
    const text = said.text?.content.trim();
    if (said.msgtype !== 'text' || !text) return { heard: [], answer };
    const staffId = said.senderStaffId || undefined;
    return {
      heard: [
        {
          threadId: said.conversationId,
          staffId,
          toUs: staffId !== undefined && MARKER.test(text),
          said: {
            messageId: said.msgId,
            at: iso(momentOf('createAt', said.createAt)),
            from: staffId === undefined ? 'customer' : 'rep',
            name: said.senderNick,
            text,
          },
        },
      ],
      answer,
    };
  },
};
