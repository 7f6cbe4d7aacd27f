import { type Conversion, type Platform, seconds, worth } from '../conversion.ts';
import { hashedEmail, hashedPhone } from '../hashed.ts';

const event = (conversion: Conversion) => {
  const { leadId, kind, at, name, clickIds, landingPage, email, phone } = conversion;
  return {
    event: name,
    event_time: seconds(at),
    event_id: `${leadId}-${kind}`,
    user: {
      ttclid: clickIds.ttclid,
      ...(email === undefined ? {} : { email: hashedEmail(email) }),
      ...(phone === undefined ? {} : { phone: hashedPhone(phone) }),
    },
    ...(landingPage === undefined ? {} : { page: { url: landingPage } }),
    properties: worth(conversion),
  };
};

/**
 * The body of `POST /open_api/v1.3/event/track/`; the sender adds the id of the CRM event set as `event_source_id`. That a CRM
 * event set matches by ttclid is not verified.
 */
export const tiktok: Platform = {
  name: 'tiktok',
  clickIds: ['ttclid'],
  names: { contacted: 'Contact', qualified: 'SubmitForm', won: 'CompletePayment' },
  type: 'application/json',
  write: (conversions) => JSON.stringify({ event_source: 'crm', data: conversions.map(event) }),
};
