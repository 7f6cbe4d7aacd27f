import { createECDH } from 'node:crypto';

/** Always the same pair: a browser that is subscribed stays so when the system is started again. */
function pair(): { vapidPublicKey: string; vapidPrivateKey: string } {
  const privateKey = Buffer.alloc(32, 7);
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(privateKey);
  return { vapidPublicKey: curve.getPublicKey('base64url'), vapidPrivateKey: privateKey.toString('base64url') };
}

const browserKeys = pair();

/** What vendors would have given, for a machine where there are none: chats end in the outbox, directories call with these. */
export const developmentSecrets = (url: string): Record<string, string> => ({
  wecomRobotUrl: `${url}/_local/channels/wecom`,
  dingtalkRobotUrl: `${url}/_local/channels/dingtalk?access_token=local`,
  dingtalkRobotSecret: 'SEClocal',
  feishuRobotUrl: `${url}/_local/channels/feishu`,
  feishuRobotSecret: 'local',
  webhookUrl: `${url}/_local/channels/webhook`,
  webhookSecret: 'whsec_bG9jYWwtd2ViaG9vay1zZWNyZXQ=',
  webhookInside: 'yes',
  crmWebhookUrl: `${url}/_local/channels/crm`,
  crmWebhookSecret: 'whsec_bG9jYWwtY3JtLXNlY3JldA==',
  crmWebhookInside: 'yes',
  emailFrom: 'leads@example.com',
  wecomApi: `${url}/_local/channels/wecom-app`,
  wecomAgentId: '1000002',
  wecomKfSecret: 'local-wecom-kf',
  dingtalkRobotAppSecret: 'local-dingtalk-robot',
  wecomAgentSecret: 'local-wecom-agent',
  aliyunSmsApi: `${url}/_local/channels/sms-aliyun`,
  aliyunAccessKeyId: 'local-id',
  aliyunAccessKeySecret: 'local-secret',
  aliyunSmsSignName: '线索管家',
  aliyunSmsTemplate: 'SMS_0000001',
  ...browserKeys,
  vapidSubject: 'mailto:leads@example.com',
  webPushInside: 'yes',
  wecomCallbackToken: 'local-wecom-token',
  wecomCallbackAesKey: 'bG9jYWwtd2Vjb20tY2FsbGJhY2sta2V5LTMyLWJ5dGU',
  wecomCorpId: 'local-corp',
  dingtalkCallbackToken: 'local-dingtalk-token',
  dingtalkCallbackAesKey: 'bG9jYWwtZGluZ3RhbGstY2FsbGJhY2sta2V5LTMyYnk',
  dingtalkOwnerKey: 'local-app',
});
