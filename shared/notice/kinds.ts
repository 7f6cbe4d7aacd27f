const aboutLead = ['leadId', 'grade', 'link'] as const;
const aboutCustomer = [...aboutLead, 'who', 'company', 'name'] as const;

/**
 * What people are told of, and the values that the words of each may name. Of what goes to a group, no value says who a
 * customer is.
 */
export const valuesOf = {
  'lead-assigned': [...aboutCustomer, 'reach', 'due', 'product', 'rep'],
  'lead-taken': [...aboutCustomer, 'holder'],
  'lead-touched': [...aboutCustomer, 'reach', 'source'],
  'lead-raised': [...aboutCustomer, 'reach', 'from', 'callBy'],
  'call-wished': [...aboutCustomer, 'reach', 'when'],
  'lead-reminder': [...aboutCustomer, 'due', 'toldAt', 'rep'],
  'lead-overdue': [...aboutCustomer, 'since', 'holder'],
  'lead-missed': [...aboutLead, 'since', 'holder'],
  'deal-stuck': [...aboutCustomer, 'stage', 'since', 'holder'],
  'task-reminder': [...aboutCustomer, 'reach', 'task', 'due', 'idle'],
  'task-overdue': [...aboutCustomer, 'task', 'due', 'holder'],
  'survey-asked': ['leadId', 'name', 'company', 'product', 'rep', 'until', 'code', 'link'],
  'survey-reminder': ['leadId', 'name', 'company', 'product', 'rep', 'until', 'code', 'link'],
  'feedback-asked': ['name', 'until', 'link'],
  'card-published': ['period', 'until', 'link'],
  'ranking-published': ['period', 'until', 'link'],
  'appeal-filed': ['period', 'name', 'link'],
  'appeal-answered': ['period', 'decision', 'link'],
  'deal-moved': ['leadId', 'from', 'to', 'link'],
  'weekly-review': ['team', 'open', 'stuck', 'count', 'lines', 'link'],
  'exception-digest': ['count', 'lines'],
  'leads-to-review': ['count'],
  'assignment-failed': ['leadId', 'attempts', 'unplaced', 'cause', 'link'],
  'assignments-failed': ['count', 'leadIds', 'cause'],
  'breaker-opened': ['cause', 'failures', 'leadIds'],
  'breaker-closed': ['cause', 'by'],
  'leads-handed-over': ['rep', 'why', 'given', 'grades', 'asked'],
  'hr-held': ['reviewId', 'wouldFreeze'],
  'hr-roster-missing': ['last'],
  'leads-unaccounted': ['difference', 'leadIds'],
  'holidays-unknown': ['year'],
  'message-quarantined': ['quarantineId', 'step', 'reason'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What a message is about, as receivers may filter by. */
export type MessageKind = keyof typeof valuesOf;

/** Every kind. */
export const messageKinds = Object.keys(valuesOf) as MessageKind[];
