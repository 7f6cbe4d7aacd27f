import type { Conversion, Platform } from '../conversion.ts';

const call = ({ name, at, value, clickIds: { clickid } }: Conversion) => ({
  event_type: name,
  context: { ad: { callback: clickid } },
  ...(value === undefined ? {} : { properties: { pay_amount: value } }),
  timestamp: Date.parse(at),
});

/**
 * 巨量引擎: the bodies of calls of `analytics.oceanengine.com/api/v2/conversion`, one a conversion. For landing pages the callback
 * is the `clickid` of the address. Its names of events are not verified: set those of the account in the rules.
 */
export const oceanEngine: Platform = {
  name: 'ocean-engine',
  clickIds: ['clickid'],
  names: { contacted: 'consult_effective', qualified: 'customer_effective', won: 'in_app_pay' },
  type: 'application/json',
  write: (conversions) => JSON.stringify(conversions.map(call)),
};
