import { PublishCommand } from '@aws-sdk/client-sns';
import { environment, required } from '../../../shared/platform/environment.ts';
import type { Channel } from '../message.ts';
import { attributes, sns } from './sns.ts';

/** App push: one SNS topic for the staff; a rep's devices are subscribed to it with a filter on their `repId`. */
export const push: Channel = {
  name: 'push',
  send: async (message, id) => {
    const { STAFF_PUSH_TOPIC_ARN } = environment({ STAFF_PUSH_TOPIC_ARN: required });
    const notification = { title: message.title, body: message.text };
    await sns.send(
      new PublishCommand({
        TopicArn: STAFF_PUSH_TOPIC_ARN,
        MessageStructure: 'json',
        Message: JSON.stringify({
          default: message.text,
          GCM: JSON.stringify({ notification, data: { leadId: message.leadId ?? '', kind: message.kind } }),
          APNS: JSON.stringify({ aps: { alert: notification }, leadId: message.leadId ?? '', kind: message.kind }),
        }),
        MessageAttributes: {
          ...attributes(message, id),
          repId: { DataType: 'String', StringValue: message.to },
        },
      }),
    );
  },
};
