import { afterEach, describe, expect, it } from 'vitest';
import { catchUp } from '../../../functions/notification/catch-up.ts';
import { channels } from '../../../functions/notification/channels/index.ts';
import { wecomBody } from '../../../functions/notification/channels/wecom.ts';
import { deliver } from '../../../functions/notification/deliver.ts';
import type { Message } from '../../../functions/notification/message.ts';
import { announceDue, waitingFor } from '../../../shared/notice/waiting/store.ts';
import { query } from '../../../shared/platform/table.ts';
import { monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const message = (to: string): Message => ({ channel: 'push', to, kind: 'lead-assigned', title: 't', text: 'x' });
const real = channels.push.send;
const channel = channels.push as { send: typeof real };
const clockAt = (minutes: number) => () => new Date(monday.getTime() + minutes * 60_000);
const at = (minutes: number, lastTry = false) => ({ now: clockAt(minutes), lastTry });

/** Lets the channel take what `take` says it takes, and notes what was sent. */
function channelTakes(take: (to: string) => boolean): string[] {
  const sent: string[] = [];
  channel.send = async ({ to }) => {
    if (!take(to)) throw new Error('the channel is down');
    sent.push(to);
  };
  return sent;
}

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

  it('lets messages wait for a channel that stays down for hours, then sends all of them in their order, once each', async () => {
    let down = true;
    const sent = channelTakes(() => !down);
    const people = Array.from({ length: 120 }, (_, n) => `p${String(n).padStart(3, '0')}`);
    for (const [n, who] of people.entries()) await deliver(table(), `w${n}`, [message(who)], at(n, true));
    await deliver(table(), 'w0', [message('p000')], at(121));
    expect(sent).toEqual([]);
    const due = async () => (await query(table(), { pk: 'CHANNELS', begins: 'EVENT#' })).length;
    let trials = 0;
    for (let minute = 120; minute < 400; minute += 1) {
      down = minute < 300;
      const before = await due();
      await announceDue(table(), clockAt(minute)());
      await announceDue(table(), clockAt(minute)());
      if ((await due()) === before) continue;
      trials += 1;
      await catchUp(table(), 'push', clockAt(minute));
    }
    expect(sent).toEqual(people);
    // Every quarter of an hour at the most while it was down, then fifty at a time.
    expect(trials).toBeLessThan(25);
    await deliver(table(), 'w5', [message('p005')], at(401));
    expect(sent).toHaveLength(people.length);
  });

  it('does not let one message that can never be sent keep the others back, and gives it up after a day', async () => {
    const sent = channelTakes((to) => to !== 'nobody');
    await deliver(table(), 'x1', [message('nobody')], at(0, true));
    await Promise.all(['ann', 'bob'].map((who, n) => deliver(table(), `x${n + 2}`, [message(who)], at(1))));
    await catchUp(table(), 'push', clockAt(2));
    expect(sent.sort()).toEqual(['ann', 'bob']);
    await catchUp(table(), 'push', clockAt(25 * 60));
    await catchUp(table(), 'push', clockAt(25 * 60 + 1));
    expect(await waitingFor(table(), 'push', 10)).toEqual([]);
    expect(sent).toHaveLength(2);
  });

  it('cuts a WeCom message at 4096 bytes, never within a character', () => {
    const { markdown } = wecomBody({ ...message('admins'), text: '线'.repeat(3000) });
    expect(Buffer.byteLength(markdown.content)).toBeLessThanOrEqual(4096);
    expect(markdown.content).not.toMatch('\uFFFD');
  });
});
