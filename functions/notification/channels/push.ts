import { PublishCommand } from '@aws-sdk/client-sns';
import { environment, required } from '../../../shared/platform/environment.ts';
import type { Channel } from '../message.ts';
import { plain, whole } from './robot.ts';
import { attributes, publish } from './sns.ts';

/** App push: one SNS topic for the staff; a rep's devices are subscribed to it with a filter on their `repId`. */
export const push: Channel = {
  name: 'push',
  send: async (message, sending) => {
    const { STAFF_PUSH_TOPIC_ARN } = environment({ STAFF_PUSH_TOPIC_ARN: required });
    const { title, leadId = '', kind, link = '' } = message;
    const body = plain(whole(message));
    const data = { leadId, kind, link };
    await publish(
      'push',
      new PublishCommand({
        TopicArn: STAFF_PUSH_TOPIC_ARN,
        MessageStructure: 'json',
        Message: JSON.stringify({
          default: body,
          GCM: JSON.stringify({ notification: { title, body }, data }),
          APNS: JSON.stringify({ aps: { alert: { title, body } }, ...data }),
        }),
        MessageAttributes: {
          ...attributes(message, sending),
          repId: { DataType: 'String', StringValue: message.to },
        },
      }),
    );
  },
};
