export { type SentCall, signed } from '../scripts/simulate/signed.ts';

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
