import { createHmac } from 'node:crypto';

/** A call as a platform sends it: body and headers. */
export interface SentCall {
  body: string | Buffer;
  headers: Record<string, string>;
}

const hmac = (key: string | Buffer, ...parts: (string | Buffer)[]): Buffer => {
  const made = createHmac('sha256', key);
  for (const part of parts) made.update(part);
  return made.digest();
};

const json = { 'content-type': 'application/json' };

/** Calls of the platforms that sign what they send, by the formats that they publish. */
export const signed = {
  meta: (secret: string, body: string): SentCall => ({
    body,
    headers: { ...json, 'x-hub-signature-256': `sha256=${hmac(secret, body).toString('hex')}` },
  }),
  linkedin: (secret: string, body: string): SentCall => ({
    body,
    headers: { ...json, 'x-li-signature': hmac(secret, `hmacsha256=${body}`).toString('hex') },
  }),
  tiktok: (secret: string, body: string, at: Date): SentCall => {
    const t = Math.floor(at.getTime() / 1000);
    return {
      body,
      headers: { ...json, 'tiktok-signature': `t=${t},s=${hmac(secret, `${t}.${body}`).toString('hex')}` },
    };
  },
  hubspot: (secret: string, url: string, body: string, at: Date): SentCall => {
    const time = String(at.getTime());
    return {
      body,
      headers: {
        ...json,
        'x-hubspot-request-timestamp': time,
        'x-hubspot-signature-v3': hmac(secret, `POST${url}${body}${time}`).toString('base64'),
      },
    };
  },
  standard: (secret: string, id: string, body: string, at: Date): SentCall => {
    const time = String(Math.floor(at.getTime() / 1000));
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return {
      body,
      headers: {
        ...json,
        'webhook-id': id,
        'webhook-timestamp': time,
        'webhook-signature': `v1,${hmac(key, `${id}.${time}.${body}`).toString('base64')}`,
      },
    };
  },
};
