import type { Point } from '../territory/point.ts';
import type { Contact } from './contact.ts';

/** What somebody posted, in Leadkeeper's own shape whatever the source's was. Never changed afterwards; holds the personal data. */
export interface Form {
  contact: Contact;
  company?: { name?: string | undefined; employees?: number | undefined; industry?: string | undefined } | undefined;
  location?: { address?: string | undefined; postcode?: string | undefined; point?: Point | undefined } | undefined;
  productLine?: string | undefined;
  behavior?: Record<string, number> | undefined;
  preferredRepId?: string | undefined;
  source: {
    channel: string;
    campaign?: string | undefined;
    utm?: Record<string, string> | undefined;
    /** Clicks on ads, as the platforms name them: gclid, fbclid, ttclid, clickid. */
    clickIds?: Record<string, string> | undefined;
    /** The platform's own id of the lead, and of the form that was filled in. */
    externalId?: string | undefined;
    formId?: string | undefined;
    /** It was not understood at first, and taken in by an admin (who, and when it had come; ISO 8601). */
    retaken?: { by: string; cameAt: string } | undefined;
  };
  /** What else was answered, in the order and the words of the form. */
  fields?: { name: string; value: string }[] | undefined;
  consent?: { marketing?: boolean | undefined; at?: string | undefined } | undefined;
}
