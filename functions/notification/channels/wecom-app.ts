import { readSecret } from '../../../shared/platform/secrets.ts';
import { type Channel, type Message, NotTaken, notConfigured } from '../message.ts';
import { ask, type Conduct, cut, labels, plain, post, whole } from './robot.ts';

const API = 'https://qyapi.weixin.qq.com';
const LONGEST = 2048;
/** The vendor drops a message that is the same as one of the last half hour: a crash after sending sends nothing twice. */
const DUPLICATES_SECONDS = 1800;
/** The token was renewed elsewhere, or has run out. */
const TOKEN_GONE = ['40014', '42001'];

/** 81013: nobody is reached. 60111: no such user. 45009: too many, blocked for a minute. */
const conduct: Conduct = { code: ({ errcode }) => errcode, forGood: ['81013', '60111'], pause: { '45009': 60 } };

/** The message to one member, as the app sends it: text, at most 2048 bytes of UTF-8. */
export const wecomAppBody = (message: Message, agentId: string) => ({
  touser: message.to,
  msgtype: 'text' as const,
  agentid: Number(agentId),
  text: { content: cut(`${message.title}\n${plain(whole(message))}`, LONGEST) },
  enable_duplicate_check: 1,
  duplicate_check_interval: DUPLICATES_SECONDS,
});

let kept: { key: string; token: string; until: number } | undefined;

/** The app's token, asked for once in its life and renewed a minute early. */
async function tokenOf(api: string, corpId: string, appSecret: string, at: Date): Promise<string> {
  const key = `${api} ${corpId} ${appSecret}`;
  if (kept?.key === key && kept.until > at.getTime()) return kept.token;
  const query = new URLSearchParams({ corpid: corpId, corpsecret: appSecret });
  const { access_token, expires_in } = await ask('wecom-app', `${api}/cgi-bin/gettoken?${query}`, { conduct, at });
  const token = String(access_token);
  kept = { key, token, until: at.getTime() + (Number(expires_in ?? 7200) - 60) * 1000 };
  return token;
}

/**
 * A message of the company's WeCom app to one member (`wecomCorpId`, `wecomAgentId` and `wecomAgentSecret` in the secret). The
 * vendor drops in silence what is over 30 a minute for one member; an answer without error can still say that nobody is reached.
 */
export const wecomApp: Channel = {
  name: 'wecom-app',
  perMinute: 10_000,
  perMinuteEach: 30,
  send: async (message, sending) => {
    const { wecomCorpId, wecomAgentId, wecomAgentSecret, wecomApi = API } = await readSecret();
    if (!wecomCorpId || !wecomAgentId || !wecomAgentSecret) throw notConfigured('wecom-app');
    const deliver = async () => {
      const token = await tokenOf(wecomApi, wecomCorpId, wecomAgentSecret, sending.at);
      return post(
        'wecom-app',
        `${wecomApi}/cgi-bin/message/send?access_token=${encodeURIComponent(token)}`,
        wecomAppBody(message, wecomAgentId),
        { conduct, at: sending.at, headers: labels(message, sending) },
      );
    };
    const answer = await deliver().catch((error: unknown) => {
      if (!(error instanceof NotTaken && TOKEN_GONE.includes(error.code))) throw error;
      kept = undefined;
      return deliver();
    });
    // Ids come back in lower case.
    const refused = `${answer.invaliduser ?? ''}|${answer.unlicenseduser ?? ''}`.toLowerCase().split('|');
    if (refused.includes(message.to.toLowerCase())) throw new NotTaken('wecom-app', 'invaliduser', { forGood: true });
  },
};
