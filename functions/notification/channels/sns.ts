import { type MessageAttributeValue, SNSClient } from '@aws-sdk/client-sns';
import type { Message } from '../message.ts';

/** Amazon SNS, which carries both push and SMS. */
export const sns = new SNSClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 1000, requestTimeout: 5000 } });

const text = (StringValue: string): MessageAttributeValue => ({ DataType: 'String', StringValue });

/** What is said beside the text: what it is about, and the id that is the same at every try. */
export const attributes = (message: Message, id: string): Record<string, MessageAttributeValue> => ({
  kind: text(message.kind),
  messageId: text(id),
  ...(message.leadId ? { leadId: text(message.leadId) } : {}),
});
