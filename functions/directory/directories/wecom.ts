import * as z from 'zod';
import { momentOf, needed, readXml } from '../../../shared/platform/callback.ts';
import { NotGenuine, openSigned, type Seal } from '../../../shared/platform/envelope.ts';
import type { Secret } from '../../../shared/platform/secrets.ts';
import type { Directory, Heard, Member } from './directory.ts';

const envelope = z.object({ xml: z.object({ Encrypt: z.string().min(1) }) });
const text = z.string().optional();
const event = z.object({
  xml: z.object({
    Event: text,
    InfoType: text,
    ChangeType: text,
    CreateTime: text,
    TimeStamp: text,
    UserID: text,
    NewUserID: text,
    Name: text,
    Mobile: text,
    Email: text,
    BizMail: text,
    Department: text,
    MainDepartment: text,
    Status: text,
  }),
});

/** 1 active, 2 disabled, 5 left; 4, not activated yet, says nothing of whether somebody works here. */
const STATUS: Readonly<Record<string, 'active' | 'left'>> = { '1': 'active', '2': 'left', '5': 'left' };

const CHANGES = new Set(['create_user', 'update_user', 'delete_user']);

function memberOf({ xml: said }: z.infer<typeof event>, now: Date): Member[] {
  const ours = said.Event === 'change_contact' || said.InfoType === 'change_contact';
  if (!ours || !CHANGES.has(said.ChangeType ?? '')) return [];
  if (!said.UserID) throw new NotGenuine('UserID', 'is missing');
  const seconds = Number(said.CreateTime ?? said.TimeStamp);
  const status = said.ChangeType === 'delete_user' ? 'left' : STATUS[said.Status ?? ''];
  const all = (said.Department ?? '').split(',').filter(Boolean);
  const departments = said.MainDepartment
    ? [said.MainDepartment, ...all.filter((id) => id !== said.MainDepartment)]
    : all;
  const email = said.BizMail || said.Email;
  return [
    {
      userId: said.UserID,
      asOf: seconds > 0 ? momentOf('CreateTime', seconds * 1000) : now,
      ...(said.NewUserID ? { newUserId: said.NewUserID } : {}),
      ...(status ? { status } : {}),
      ...(said.Name ? { name: said.Name } : {}),
      ...(email ? { email } : {}),
      ...(said.Mobile ? { phone: said.Mobile } : {}),
      ...(departments.length > 0 ? { departments } : {}),
    },
  ];
}

function sealOf(secret: Secret): Seal {
  const { wecomCallbackToken, wecomCallbackAesKey, wecomCorpId } = needed(
    secret,
    'wecomCallbackToken',
    'wecomCallbackAesKey',
    'wecomCorpId',
  );
  return { token: wecomCallbackToken, aesKey: wecomCallbackAesKey, owner: wecomCorpId };
}

/** 企业微信: `GET` checks the address, `POST` says what changed of one member. */
export const wecom: Directory = {
  name: 'wecom',
  hear: (call, secret, now): Heard => {
    const seal = sealOf(secret);
    const { msg_signature: signature = '', timestamp = '', nonce = '', echostr } = call.query;
    if (call.method === 'GET') {
      const body = openSigned({ signature, timestamp, nonce, sealed: echostr ?? '' }, seal, now);
      return { members: [], ask: [], answer: { type: 'text/plain', body } };
    }
    const sealed = readXml(call.body.toString('utf8'), envelope).xml.Encrypt;
    const said = readXml(openSigned({ signature, timestamp, nonce, sealed }, seal, now), event);
    // Suites of third parties want the word; an empty answer will do for all others.
    const body = said.xml.InfoType === undefined ? '' : 'success';
    return { members: memberOf(said, now), ask: [], answer: { type: 'text/plain', body } };
  },
};
