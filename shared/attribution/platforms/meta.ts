import { type Conversion, type Platform, seconds, worth } from '../conversion.ts';
import { hashedDigits, hashedEmail } from '../hashed.ts';

/** The id of a form filled in at Meta, as the number that it is there. */
const leadId = (id: string): number | string => (Number.isSafeInteger(Number(id)) ? Number(id) : id);

function event(conversion: Conversion) {
  const { kind, at, name, clickedAt, email, phone } = conversion;
  const { fbc, fbclid, leadgen_id } = conversion.clickIds;
  const click = fbc ?? (fbclid === undefined ? undefined : `fb.1.${Date.parse(clickedAt)}.${fbclid}`);
  return {
    event_name: name,
    event_time: seconds(at),
    event_id: `${conversion.leadId}-${kind}`,
    action_source: 'system_generated',
    user_data: {
      ...(leadgen_id === undefined ? {} : { lead_id: leadId(leadgen_id) }),
      ...(click === undefined ? {} : { fbc: click }),
      ...(email === undefined ? {} : { em: [hashedEmail(email)] }),
      ...(phone === undefined ? {} : { ph: [hashedDigits(phone)] }),
    },
    custom_data: { event_source: 'crm', lead_event_source: 'Leadkeeper', ...worth(conversion) },
  };
}

/**
 * The body of a call of Meta's Conversions API, as its Conversion Leads integration has it (developers.facebook.com, "Payload
 * Specification"). Names are free; Meta takes events of the last seven days.
 */
export const meta: Platform = {
  name: 'meta',
  clickIds: ['leadgen_id', 'fbc', 'fbclid'],
  type: 'application/json',
  write: (conversions) => JSON.stringify({ data: conversions.map(event) }),
};
