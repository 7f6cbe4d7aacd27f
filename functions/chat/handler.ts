import { ThreadHeard } from '../../events/thread-heard.ts';
import { announceAsk, cursorOf, hear, keepCursor } from '../../shared/conversation/thread/store.ts';
import { refusedCallback } from '../../shared/platform/callback.ts';
import { now } from '../../shared/platform/clock.ts';
import { httpStep } from '../../shared/platform/http-step.ts';
import { notFound, Problem } from '../../shared/platform/problem.ts';
import { queueStep } from '../../shared/platform/queue-step.ts';
import { readSecret } from '../../shared/platform/secrets.ts';
import { type Table, table } from '../../shared/platform/table.ts';
import { byTrigger } from '../../shared/platform/triggers.ts';
import type { Chat } from './chats/chat.ts';
import { chats } from './chats/index.ts';
import { file } from './file.ts';

/** What is said in a connected chat → the lead that it is about. Woken by the vendors' callbacks, then by what they said. */
export const handler = byTrigger({
  /** `GET|POST /chats/{chat}`: kept before the answer, which is wanted within seconds; all else after it. */
  http: httpStep(
    async (call) => {
      const chat = named(call.params.chat);
      if (call.body.length > LARGEST)
        throw new Problem(413, 'at most 256 KiB', [{ path: 'body', message: 'too large' }]);
      const { heard, ask, answer } = chat.hear(call, await readSecret(), now());
      for (const { threadId, ...each } of heard) await hear(table(), chat.name, threadId, each, now());
      if (ask) await announceAsk(table(), chat.name, ask, now());
      return { status: 200, raw: answer };
    },
    { refused: refusedCallback },
  ),

  queue: queueStep([ThreadHeard], async ({ detail: { chat, threadId, ask } }, { table, now }) => {
    if (ask) await askFor(table, named(chat), ask, now);
    if (threadId !== undefined) await file(table, named(chat).name, threadId, now);
  }),
});

/** More than any callback, in bytes. */
const LARGEST = 256 * 1024;

function named(name: string | undefined): Chat {
  const found = chats.get(name ?? '');
  if (!found) throw notFound(`chat ${name}`);
  return found;
}

/** Asks for all messages that there are, page by page: each page is kept before the next is asked for. */
async function askFor(
  table: Table,
  chat: Chat,
  ask: { account: string; token: string },
  now: () => Date,
): Promise<void> {
  for (let more = true; more; ) {
    const cursor = await cursorOf(table, chat.name, ask.account);
    const page = await chat.ask?.(ask, cursor, await readSecret(), now());
    for (const { threadId, ...each } of page?.heard ?? []) await hear(table, chat.name, threadId, each, now());
    if (page?.cursor !== undefined && page.cursor !== cursor)
      await keepCursor(table, chat.name, ask.account, page.cursor);
    more = (page?.more ?? false) && page?.cursor !== cursor;
  }
}
