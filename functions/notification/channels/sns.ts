import { type MessageAttributeValue, type PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { patient } from '../../../shared/platform/client.ts';
import { type ChannelName, type Message, NotTaken, type Sending } from '../message.ts';

/** Amazon SNS, which carries both push and SMS. */
const sns = new SNSClient(patient({ answer: 5000, tries: 3 }));

/** The number or device takes no message, now or later. */
const FOR_GOOD = new Set([
  'InvalidParameter',
  'InvalidParameterException',
  'OptedOut',
  'OptedOutException',
  'EndpointDisabled',
  'EndpointDisabledException',
]);

/** Publishes. @throws NotTaken when the recipient cannot be reached so, and what the SDK throws */
export async function publish(channel: ChannelName, command: PublishCommand): Promise<void> {
  try {
    await sns.send(command);
  } catch (error) {
    if (error instanceof Error && FOR_GOOD.has(error.name)) throw new NotTaken(channel, error.name, { forGood: true });
    throw error;
  }
}

const text = (StringValue: string): MessageAttributeValue => ({ DataType: 'String', StringValue });

/** What is said beside the text: what it is about, and the id that is the same at every try. */
export const attributes = (message: Message, { id }: Sending): Record<string, MessageAttributeValue> => ({
  kind: text(message.kind),
  messageId: text(id),
  ...(message.leadId ? { leadId: text(message.leadId) } : {}),
});
