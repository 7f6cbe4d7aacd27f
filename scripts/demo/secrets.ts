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
  wecomCallbackToken: 'local-wecom-token',
  wecomCallbackAesKey: 'bG9jYWwtd2Vjb20tY2FsbGJhY2sta2V5LTMyLWJ5dGU',
  wecomCorpId: 'local-corp',
  dingtalkCallbackToken: 'local-dingtalk-token',
  dingtalkCallbackAesKey: 'bG9jYWwtZGluZ3RhbGstY2FsbGJhY2sta2V5LTMyYnk',
  dingtalkOwnerKey: 'local-app',
});
