import { PublishCommand } from '@aws-sdk/client-sns';
import type { Channel } from '../message.ts';
import { attributes, sns } from './sns.ts';

/** A text message to a phone, by SNS. */
export const sms: Channel = {
  name: 'sms',
  send: async (message, id) => {
    await sns.send(
      new PublishCommand({
        PhoneNumber: message.to,
        Message: message.text,
        MessageAttributes: {
          ...attributes(message, id),
          'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
        },
      }),
    );
  },
};
