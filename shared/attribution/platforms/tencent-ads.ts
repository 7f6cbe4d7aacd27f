import { type Conversion, type Platform, seconds } from '../conversion.ts';

const action = ({
  leadId,
  kind,
  name,
  at,
  value,
  clickIds: { qz_gdt, gdt_vid, click_id },
  landingPage,
}: Conversion) => ({
  action_time: seconds(at),
  action_type: name,
  outer_action_id: `${leadId}-${kind}`,
  ...(landingPage === undefined ? {} : { url: landingPage }),
  trace: { click_id: qz_gdt ?? gdt_vid ?? click_id },
  ...(value === undefined ? {} : { action_param: { value } }),
});

/**
 * 腾讯广告: the actions of a call of `user_actions/add`, at most fifty a call; the sender adds the ids of its account and its data
 * source. The place of the click (`trace`) and the unit of `value` are not verified.
 */
export const tencentAds: Platform = {
  name: 'tencent-ads',
  clickIds: ['qz_gdt', 'gdt_vid', 'click_id'],
  names: { contacted: 'RESERVATION', qualified: 'CONFIRM_EFFECTIVE_LEADS', won: 'PURCHASE' },
  type: 'application/json',
  write: (conversions) => JSON.stringify({ actions: conversions.map(action) }),
};
