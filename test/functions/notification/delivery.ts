import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { channels } from '../../../functions/notification/channels/index.ts';
import type { Message } from '../../../functions/notification/message.ts';
import { announceDue } from '../../../shared/notice/waiting/store.ts';
import { query, type Table } from '../../../shared/platform/table.ts';
import { monday } from '../../histories.ts';

/** A message by push. */
export const message = (to: string, but: Partial<Message> = {}): Message => ({
  channel: 'push',
  to,
  kind: 'exception-digest',
  title: 't',
  text: 'x',
  values: {},
  instead: [],
  ...but,
});
/** How push really sends. */
export const real = channels.push.send;
/** The push channel, which tests replace. */
export const channel = channels.push as { send: typeof real };
/** So many minutes after Monday began. */
export const clockAt = (minutes: number) => () => new Date(monday.getTime() + minutes * 60_000);
export const at = (minutes: number, lastTry = false) => ({ now: clockAt(minutes), lastTry });

/** The same table, of which the index of what is due goes on to show for this channel what it shows now. */
export async function withIndexOf(table: Table, name: string): Promise<Table> {
  const { name: TableName, client } = table;
  const asked = { TableName, IndexName: 'byDue', KeyConditionExpression: 'due = :pk' };
  const pk = `WAITING#${name}`;
  const { Items = [] } = await client.send(new QueryCommand({ ...asked, ExpressionAttributeValues: { ':pk': pk } }));
  const send = async (command: QueryCommand) => {
    const { IndexName, ExpressionAttributeValues: values, Limit } = command.input;
    if (IndexName !== 'byDue' || values?.[':pk'] !== pk) return client.send(command);
    return { Items: Items.filter(({ dueAt }) => String(dueAt) <= (values[':bound'] ?? '9999')).slice(0, Limit) };
  };
  return { name: TableName, client: { send } as unknown as Table['client'] };
}

/** Looks each minute for what is due to be tried, and does it. */
export async function everyMinute(
  table: Table,
  from: number,
  to: number,
  act: (minute: number) => Promise<void>,
): Promise<void> {
  const due = async () => (await query(table, { pk: 'CHANNELS', begins: 'EVENT#' })).length;
  for (let minute = from; minute <= to; minute += 1) {
    const before = await due();
    await announceDue(table, clockAt(minute)());
    if ((await due()) > before) await act(minute);
  }
}

/** Lets the channel take what `take` says it takes, and notes what was sent. */
export function channelTakes(take: (to: string) => boolean): string[] {
  const sent: string[] = [];
  channel.send = async ({ to }) => {
    if (!take(to)) throw new Error('the channel is down');
    sent.push(to);
  };
  return sent;
}
