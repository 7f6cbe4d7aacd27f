import { createHmac } from 'node:crypto';

/** Calls as the platforms send them: body and headers, signed by the formats that they publish. */
export interface SentCall {
  body: string | Buffer;
  headers: Record<string, string>;
}

const hmac = (key: string | Buffer, ...parts: (string | Buffer)[]): Buffer => {
  const made = createHmac('sha256', key);
  for (const part of parts) made.update(part);
  return made.digest();
};

const json = { 'content-type': 'application/json' };

export const signed = {
  meta: (secret: string, body: string): SentCall => ({
    body,
    headers: { ...json, 'x-hub-signature-256': `sha256=${hmac(secret, body).toString('hex')}` },
  }),
  linkedin: (secret: string, body: string): SentCall => ({
    body,
    headers: { ...json, 'x-li-signature': hmac(secret, `hmacsha256=${body}`).toString('hex') },
  }),
  tiktok: (secret: string, body: string, at: Date): SentCall => {
    const t = Math.floor(at.getTime() / 1000);
    return {
      body,
      headers: { ...json, 'tiktok-signature': `t=${t},s=${hmac(secret, `${t}.${body}`).toString('hex')}` },
    };
  },
  hubspot: (secret: string, url: string, body: string, at: Date): SentCall => {
    const time = String(at.getTime());
    return {
      body,
      headers: {
        ...json,
        'x-hubspot-request-timestamp': time,
        'x-hubspot-signature-v3': hmac(secret, `POST${url}${body}${time}`).toString('base64'),
      },
    };
  },
  standard: (secret: string, id: string, body: string, at: Date): SentCall => {
    const time = String(Math.floor(at.getTime() / 1000));
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return {
      body,
      headers: {
        ...json,
        'webhook-id': id,
        'webhook-timestamp': time,
        'webhook-signature': `v1,${hmac(key, `${id}.${time}.${body}`).toString('base64')}`,
      },
    };
  },
};

/** Bodies as `formats` shows them, each of somebody new. */
export const samples = {
  googleAds: (googleKey: string, leadId: string, phone: string, isTest = false): string =>
    JSON.stringify({
      lead_id: leadId,
      api_version: '1.0',
      form_id: 40000000000,
      campaign_id: 123,
      google_key: googleKey,
      is_test: isTest,
      gcl_id: 'g',
      user_column_data: [
        { column_id: 'FULL_NAME', string_value: 'Li Lei' },
        { column_id: 'PHONE_NUMBER', string_value: phone },
        { column_id: 'what_do_you_make?', string_value: 'valves' },
      ],
    }),
  meta: (...ids: (string | number)[]): string =>
    `{"object":"page","entry":[${ids
      .map(
        (id) =>
          `{"id":"PAGE","time":1700000000,"changes":[{"field":"leadgen","value":{"leadgen_id":${typeof id === 'string' ? `"${id}"` : id},"page_id":"PAGE","form_id":"777","ad_id":"1","adgroup_id":"1","created_time":1700000000}}]}`,
      )
      .join(',')}]}`,
  linkedin: (id: string, action = 'CREATED', occurredAt = 1700000000000): string =>
    JSON.stringify({
      type: 'LEAD_ACTION',
      leadGenFormResponse: `urn:li:leadGenFormResponse:${id}`,
      leadGenForm: 'urn:li:versionedLeadGenForm:(urn:li:leadGenForm:9,1)',
      leadType: 'SPONSORED',
      leadAction: action,
      occurredAt,
      owner: { sponsoredAccount: 'urn:li:sponsoredAccount:1' },
      associatedEntity: { sponsoredCreative: 'urn:li:sponsoredCreative:2' },
    }),
  oceanEngine: (id: string, telphone: string, convertStatus = '合法转化'): string =>
    `{"id":"${id}","adv_id":"35269001","adv_name":"A","ad_id":"16348","name":"李雷","telphone":"${telphone}","weixin":"","gender":"男","location":"北京+北京","create_time":"1700000000","clue_source":1,"clue_convert_status":"${convertStatus}","module_name":"表单","external_url":"https://example.com","req_id":"20240101"}`,
  baidu: (clueId: string, phone: string): string =>
    JSON.stringify({
      clueId,
      ucid: 12345678,
      pageId: '88',
      commitTime: '2024-01-01 08:00:00',
      solutionTypeName: '表单',
      cluePhoneNumber: phone,
      flowChannelName: '信息流推广',
      area: '北京',
      formDetail: [
        { name: '姓名', type: 'name', value: '李雷' },
        { name: '电话', type: 'phone', value: phone },
        { name: '预算', type: 'text', value: '十万' },
      ],
    }),
  tencentAds: (leadsId: string, phone: string): string =>
    `{"leads_id":${leadsId},"account_id":1,"leads_name":"李雷","leads_tel":"${phone}","tel_location":"北京","bundle":"{\\"城市\\":\\"北京\\",\\"需求\\":\\"报价\\"}","leads_create_time":"2024-01-01 08:00:05","leads_action_time":"2024-01-01 08:00:00","click_id":"c"}`,
  tiktok: (leadId: string, phone: string): string =>
    JSON.stringify({
      client_key: 'k',
      event: 'lead.created',
      create_time: 1700000000,
      user_openid: 'o',
      content: `{"lead_id":${leadId},"name":"Han Meimei","phone_number":"${phone}","question":"how much?"}`,
    }),
  hubspot: (objectId: string, eventId: number, type = 'contact.creation'): string =>
    `[{"eventId":${eventId},"subscriptionId":12345,"portalId":62515,"appId":54321,"occurredAt":1700000000000,"subscriptionType":"${type}","attemptNumber":0,"objectId":${objectId},"changeSource":"CRM","changeFlag":"NEW"}]`,
};
