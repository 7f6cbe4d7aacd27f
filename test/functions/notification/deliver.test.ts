import { afterEach, describe, expect, it } from 'vitest';
import { channels } from '../../../functions/notification/channels/index.ts';
import { wecomBody } from '../../../functions/notification/channels/wecom.ts';
import { deliver } from '../../../functions/notification/deliver.ts';
import type { Message } from '../../../functions/notification/message.ts';
import { monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const message = (to: string): Message => ({ channel: 'push', to, kind: 'lead-assigned', title: 't', text: 'x' });
const real = channels.push.send;
const channel = channels.push as { send: typeof real };
const at = (minutes: number) => () => new Date(monday.getTime() + minutes * 60_000);

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

  it('cuts a WeCom message at 4096 bytes, never within a character', () => {
    const { markdown } = wecomBody({ ...message('admins'), text: '线'.repeat(3000) });
    expect(Buffer.byteLength(markdown.content)).toBeLessThanOrEqual(4096);
    expect(markdown.content).not.toMatch('\uFFFD');
  });
});
