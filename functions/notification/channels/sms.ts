import { PublishCommand } from '@aws-sdk/client-sns';
import type { Channel } from '../message.ts';
import { plain } from './robot.ts';
import { attributes, publish } from './sns.ts';

/** A text message to a phone, by SNS. */
export const sms: Channel = {
  name: 'sms',
  send: async (message, sending) => {
    const { text, link, to } = message;
    await publish(
      'sms',
      new PublishCommand({
        PhoneNumber: to,
        Message: plain(link && !text.includes(link) ? `${text} ${link}` : text),
        MessageAttributes: {
          ...attributes(message, sending),
          'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
        },
      }),
    );
  },
};
