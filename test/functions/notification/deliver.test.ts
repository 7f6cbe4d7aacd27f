import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LeadAssigned } from '../../../events/lead-assigned.ts';
import { catchUp } from '../../../functions/notification/catch-up.ts';
import { channels } from '../../../functions/notification/channels/index.ts';
import { wecomBody } from '../../../functions/notification/channels/wecom.ts';
import { deliver } from '../../../functions/notification/deliver.ts';
import { handler } from '../../../functions/notification/handler.ts';
import { type ChannelName, NotTaken } from '../../../functions/notification/message.ts';
import { claimNotice, claimRound, endRound, noticesOf, partitionOf } from '../../../shared/notice/store.ts';
import { announceDue } from '../../../shared/notice/waiting/store.ts';
import { query } from '../../../shared/platform/table.ts';
import { anyRep, context, leadsExist, losingAnswer, messages, monday, repsExist, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';
import { at, channel, channelTakes, clockAt, everyMinute, message, real } from './delivery.ts';

const { table } = useRealTable();
describe('delivering a message', () => {
  afterEach(() => {
    channel.send = real;
  });

  it('sends it once, however often its event is delivered, also at the same time', async () => {
    const sent = channelTakes(() => true);
    await Promise.allSettled(Array.from({ length: 10 }, () => deliver(table(), 'e1', [message('ann')], at(0))));
    await deliver(table(), 'e1', [message('ann')], at(0));
    expect(sent).toEqual(['ann']);
  });

  it('tries again what the channel did not take, without sending the others again', async () => {
    let down = true;
    const sent = channelTakes((to) => to !== 'bob' || !down);
    await expect(deliver(table(), 'e2', [message('ann'), message('bob')], at(0))).rejects.toThrow('down');
    down = false;
    await deliver(table(), 'e2', [message('ann'), message('bob')], at(0));
    expect(sent).toEqual(['ann', 'bob']);
  });

  it('writes one claim and one mark for all messages of an event that are taken at once, and says what became of each', async () => {
    const sent = channelTakes(() => true);
    await deliver(table(), 'e4', [message('ann'), message('bob'), message('ann')], at(0));
    expect(sent).toEqual(['ann', 'bob']);
    expect(await query(table(), { pk: 'NOTICES#e4' })).toHaveLength(1);
    const taken = { channel: 'push', state: 'sent', attempts: [{ at: monday.toISOString() }] };
    expect(await noticesOf(table(), 'e4')).toMatchObject([taken, taken]);
  });

  it('takes over from a sender that died, after its lease', async () => {
    const sending = new Promise<void>((begun) => {
      channel.send = () => {
        begun();
        return new Promise(() => undefined);
      };
    });
    void deliver(table(), 'e3', [message('ann')], at(0));
    await sending;
    await expect(deliver(table(), 'e3', [message('ann')], at(0))).rejects.toThrow('changed meanwhile');
    const sent = channelTakes(() => true);
    await deliver(table(), 'e3', [message('ann')], at(2));
    expect(sent).toEqual(['ann']);
  });

  it('does so at once, though the table’s answer to a claim is lost', async () => {
    const sent = channelTakes(() => true);
    const answerAgain = losingAnswer(table(), 'PutCommand');
    await deliver(table(), 'e6', [message('ann')], at(0));
    answerAgain();
    channelTakes(() => false);
    await expect(deliver(table(), 'e7', [message('bob')], at(0))).rejects.toThrow('down');
    channelTakes((to) => sent.push(to) > 0);
    const answerOnceMore = losingAnswer(table(), 'UpdateCommand');
    await deliver(table(), 'e7', [message('bob')], at(2));
    answerOnceMore();
    expect(sent).toEqual(['ann', 'bob']);
  });

  it('cuts a WeCom message at 4096 bytes, never within a character', () => {
    const { markdown } = wecomBody({ ...message('admins'), text: '线'.repeat(3000) });
    expect(Buffer.byteLength(markdown.content)).toBeLessThanOrEqual(4096);
    expect(markdown.content).not.toMatch('\uFFFD');
  });
});

describe('a new lead whose owner was to be told by a sender that died', () => {
  const detail = {
    ...LeadAssigned.sample,
    ...scoredLead('kept'),
    at: monday.toISOString(),
    eventId: 'k1',
    repId: 'kim',
  };
  const queues = mockClient(SQSClient);
  let clock = monday;
  const comes = (receive: number, about = detail) => {
    const { Records } = messages(LeadAssigned, about);
    for (const { attributes } of Records) attributes.ApproximateReceiveCount = String(receive);
    return handler({ Records }, context) as Promise<SQSBatchResponse>;
  };
  const putOffBy = () =>
    queues.commandCalls(ChangeMessageVisibilityCommand).map(({ args: [{ input }] }) => input.VisibilityTimeout);
  beforeEach(async () => {
    queues.reset();
    vi.stubEnv('QUEUE_URL', 'http://127.0.0.1:9/queue');
    vi.stubEnv('CONSOLE_URL', 'https://x.example/console');
    vi.stubEnv('TIME_ZONE', 'Asia/Shanghai');
    vi.stubGlobal(Symbol.for('leadkeeper.clock') as unknown as string, () => clock.getTime());
  });
  afterEach(() => {
    channel.send = real;
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  it('is told to them once its claim has lapsed: the message is put off until then', async () => {
    await repsExist(table(), anyRep('kim'));
    await leadsExist(table(), scoredLead('kept'));
    const sent = channelTakes(() => true);
    await claimRound(table(), 'k1', [message('kim')], monday);
    clock = clockAt(0.5)();
    expect((await comes(2)).batchItemFailures).toHaveLength(1);
    expect(putOffBy()).toEqual([31]);
    expect(sent).toEqual([]);
    clock = new Date(clock.getTime() + 31_000);
    expect((await comes(3)).batchItemFailures).toEqual([]);
    await comes(4);
    expect(sent).toEqual(['kim']);
  });

  it('is not waited for that long by what the bus delivered twice, whose other copy is being told just then', async () => {
    await repsExist(table(), anyRep('kim'));
    await leadsExist(table(), scoredLead('twice'));
    const sent = channelTakes(() => true);
    const round = await claimRound(table(), 'k3', [message('kim')], monday);
    const about = { ...detail, leadId: 'twice', eventId: 'k3' };
    clock = clockAt(0.1)();
    await comes(1, about);
    expect(putOffBy()).toEqual([2]);
    if (round.state === 'mine') await endRound(table(), 'k3', [message('kim')], monday);
    expect((await comes(2, about)).batchItemFailures).toEqual([]);
    expect(sent).toEqual([]);
  });

  it('is told so by the other way, too, by which that sender had begun to tell them, at the last try', async () => {
    const way = { channel: 'email' as const, to: 'kim@example.com' };
    const email = channels.email as { send: typeof real };
    const { send } = email;
    const sent: string[] = [];
    email.send = async ({ to }) => void sent.push(to);
    channel.send = () => Promise.reject(new NotTaken('push', 'gone', { forGood: true }));
    await claimNotice(table(), { partition: partitionOf('k2'), eventId: 'k2', ...way }, monday);
    const tell = (minutes: number) => deliver(table(), 'k2', [message('kim', { instead: [way] })], at(minutes, true));
    await expect(tell(0.5)).rejects.toMatchObject({ name: 'Claimed' });
    expect(sent).toEqual([]);
    await tell(2);
    email.send = send;
    expect(sent).toEqual(['kim@example.com']);
  });
});

describe('a message that a channel refuses for good', () => {
  type Open = { -readonly [name in ChannelName]: { send: typeof real } };
  const open = channels as unknown as Open;
  const kept = { sms: open.sms.send, 'wecom-app': open['wecom-app'].send, email: open.email.send };
  afterEach(() => {
    channel.send = real;
    for (const [name, send] of Object.entries(kept)) open[name as ChannelName].send = send;
  });
  const refuse = (name: ChannelName) => {
    open[name].send = async () => {
      throw new NotTaken(name, 'gone', { forGood: true });
    };
  };
  const take = (name: ChannelName, sent: string[]) => {
    open[name].send = async ({ to }) => {
      sent.push(`${name} ${to}`);
    };
  };
  const instead = [
    { channel: 'wecom-app' as const, to: 'Ann' },
    { channel: 'email' as const, to: 'ann@example.com' },
  ];

  it('goes by the next way that takes it, once, however often its event comes', async () => {
    const sent: string[] = [];
    refuse('push');
    refuse('wecom-app');
    take('email', sent);
    const one = message('ann', { instead });
    for (let n = 0; n < 3; n += 1) await deliver(table(), 'g1', [one], at(n));
    expect(sent).toEqual(['email ann@example.com']);
    expect((await noticesOf(table(), 'g1')).map(({ channel, state, code }) => [channel, state, code])).toEqual(
      expect.arrayContaining([
        ['push', 'failed', 'gone'],
        ['wecom-app', 'failed', 'gone'],
        ['email', 'sent', undefined],
      ]),
    );
  });

  it('takes one other way only, when two of a person’s ways fail', async () => {
    const sent: string[] = [];
    refuse('push');
    refuse('sms');
    take('wecom-app', sent);
    const both = [message('ann', { instead }), message('+8613800138000', { channel: 'sms', instead })];
    await deliver(table(), 'g2', both, at(0)).catch(() => undefined);
    await deliver(table(), 'g2', both, at(0, true));
    expect(sent).toEqual(['wecom-app Ann']);
  });

  it('takes no other way by which somebody was told already', async () => {
    const sent: string[] = [];
    refuse('push');
    take('wecom-app', sent);
    const both = [message('ann', { instead }), message('Ann', { channel: 'wecom-app' })];
    for (let n = 0; n < 2; n += 1) await deliver(table(), 'g4', both, at(n));
    expect(sent).toEqual(['wecom-app Ann']);
  });

  it('goes another way, too, when its channel did not take it for a day', async () => {
    const sent: string[] = [];
    channelTakes(() => false);
    take('wecom-app', sent);
    await deliver(table(), 'g3', [message('ann', { instead })], at(0, true));
    await catchUp(table(), 'push', clockAt(60));
    expect(sent).toEqual([]);
    await catchUp(table(), 'push', clockAt(24 * 60 + 1));
    expect(sent).toEqual(['wecom-app Ann']);
  });

  it('waits as long as the channel wants to be left alone', async () => {
    let asked = 0;
    open['wecom-app'].send = async () => {
      asked += 1;
      if (asked === 1) throw new NotTaken('wecom-app', '429', { retryAfter: 600 });
    };
    await deliver(table(), 'r1', [message('Ann', { channel: 'wecom-app' })], at(1000));
    await deliver(table(), 'r2', [message('Bob', { channel: 'wecom-app' })], at(1001));
    expect(asked).toBe(1);
    for (let minute = 1001; minute <= 1012; minute += 1) {
      const before = (await query(table(), { pk: 'CHANNELS', begins: 'EVENT#' })).length;
      await announceDue(table(), clockAt(minute)());
      const due = (await query(table(), { pk: 'CHANNELS', begins: 'EVENT#' })).length > before;
      if (due) await catchUp(table(), 'wecom-app', clockAt(minute));
      expect(asked).toBe(minute < 1010 ? 1 : 3);
    }
  });

  it('waits so long, too, when the channel says so of a message that waited', async () => {
    const down = () => Promise.reject(new Error('down'));
    open['wecom-app'].send = down;
    await deliver(table(), 'r3', [message('Cy', { channel: 'wecom-app' })], at(1100, true));
    open['wecom-app'].send = () => Promise.reject(new NotTaken('wecom-app', '429', { retryAfter: 600 }));
    const triedAt: number[] = [];
    await everyMinute(table(), 1101, 1112, async (minute) => {
      triedAt.push(minute);
      await catchUp(table(), 'wecom-app', clockAt(minute));
    });
    expect(triedAt).toEqual([1101, 1111]);
  });
});
