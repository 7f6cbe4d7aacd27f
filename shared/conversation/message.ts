import * as z from 'zod';
import { contactChannels } from '../journey/interaction.ts';

/** Who said something: the company's side, the customer's, or somebody of whom nobody knows which. */
export const sides = ['rep', 'customer', 'other'] as const;

/** One message of a conversation with a customer. */
export interface Said {
  /** The same however often the message is told of. */
  messageId: string;
  /** ISO 8601. */
  at: string;
  from: (typeof sides)[number];
  name?: string | undefined;
  text: string;
  /** Said by a machine: an automatic reply, a welcome. */
  automatic?: boolean | undefined;
}

/** As many messages as come in one post, and as long as each may be, in characters. */
export const MOST_MESSAGES = 500;
export const LONGEST = 4000;

const time = z.iso.datetime({ offset: true });
const threadId = z.string().trim().min(1).max(200);

const given = z.strictObject({
  messageId: z.string().trim().min(1).max(200).optional(),
  at: time,
  from: z.enum(sides),
  name: z.string().trim().max(100).optional(),
  text: z.string().trim().min(1).max(LONGEST),
  automatic: z.boolean().optional(),
});

/** A conversation as it is posted: message by message, or as text with speakers, as chats copy it. */
export const transcript = z.union(
  [
    z.strictObject({
      channel: z.enum(contactChannels),
      threadId: threadId.optional(),
      messages: z.array(given).min(1).max(MOST_MESSAGES),
    }),
    z.strictObject({
      channel: z.enum(contactChannels),
      threadId: threadId.optional(),
      /** When it was, for what bears no times of its own; now unless told. */
      at: time.optional(),
      text: z.string().trim().min(1).max(200_000),
      /** The names by which the company's people stand in it, beside the owner's own. */
      reps: z.array(z.string().trim().min(1).max(100)).max(20).optional(),
    }),
  ],
  'channel, and either messages or text',
);

/** What a machine says for somebody who is not there. */
const AUTOMATIC =
  /自动回复|自动应答|系统消息|稍后(会)?(给您)?回复|不在工位|正在忙碌|auto(matic)?[ -]?(reply|response)|out of (the )?office|我通过了你的(朋友验证|联系人验证)请求|现在我们可以开始聊天了/i;

/** Whether a message was said by a person to the other side: it counts as contact when it came after the lead. */
export const isContact = ({ from, text, automatic }: Pick<Said, 'from' | 'text' | 'automatic'>): boolean =>
  from !== 'other' && !(automatic ?? AUTOMATIC.test(text));

/** When the first contact was made in some messages with a customer who came in at `receivedAt`; undefined when none was. */
export function firstContactIn(messages: readonly Said[], receivedAt: string): string | undefined {
  const made = messages.filter((message) => message.at >= receivedAt && isContact(message)).map(({ at }) => at);
  return made.sort()[0];
}
