/** A vendor's call as it lands in the outbox, and how the vendor would answer. */
export interface Vendor {
  /** The channel's name in the outbox, where its own differs. */
  readonly channel?: string;
  readonly taken: unknown;
  readonly tooMany: unknown;
  /** Calls beside the sending itself; `sent` are the bodies taken so far. */
  readonly asks?: (path: string, query: URLSearchParams, sent: readonly unknown[]) => unknown;
}

const robot: Vendor = {
  taken: { errcode: 0, errmsg: 'ok' },
  tooMany: { errcode: 45009, errmsg: 'api freq out of limit' },
};

/** The receipts of one number. */
function receipts(query: URLSearchParams, sent: readonly unknown[]): unknown {
  const to = query.get('PhoneNumber');
  const theirs = (sent as { PhoneNumbers?: string; OutId?: string }[]).filter((each) => each.PhoneNumbers === to);
  const list = theirs.map(({ OutId }) => ({ OutId, PhoneNum: to, SendStatus: 3 }));
  return { Code: 'OK', TotalCount: list.length, SmsSendDetailDTOs: { SmsSendDetailDTO: list } };
}

const vendors: Readonly<Record<string, Vendor>> = {
  'wecom-app': {
    ...robot,
    channel: 'wecom',
    asks: (path) =>
      path.endsWith('gettoken') ? { errcode: 0, errmsg: 'ok', access_token: 'local', expires_in: 7200 } : undefined,
  },
  'sms-aliyun': {
    channel: 'sms',
    taken: { Code: 'OK', Message: 'OK', BizId: 'local', RequestId: 'local' },
    tooMany: { Code: 'Throttling.User', Message: 'made on purpose' },
    asks: (_, query, sent) => (query.has('SendDate') ? receipts(query, sent) : undefined),
  },
  feishu: { taken: { code: 0, msg: 'success' }, tooMany: { code: 11232, msg: 'frequency limited' } },
};

/** The vendor of a channel: a chat robot, unless it is one of its own kind. */
export const vendorOf = (name: string): Vendor => vendors[name] ?? robot;
