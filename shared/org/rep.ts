/** What HR says of a person. `leaving` and `left` freeze them: no new leads, no sign-in. */
export const repStatuses = ['active', 'on-leave', 'leaving', 'left'] as const;

/** What HR says of a person. */
export type RepStatus = (typeof repStatuses)[number];

/** Addresses at which a rep is told of things. */
export interface Channels {
  wecomUserId?: string | undefined;
  dingtalkUserId?: string | undefined;
  phone?: string | undefined;
}

/** Somebody who can own leads. HR owns name, status, team, manager and dates; the admin the rest. */
export interface Rep {
  repId: string;
  name: string;
  status: RepStatus;
  email?: string;
  teamId?: string;
  managerId?: string;
  hiredAt?: string;
  leftAt?: string;
  /** Product lines the rep sells; none named means all. */
  productLines: string[];
  /** Open leads the rep may hold at once. */
  capacity: number;
  /** Leads owned now that are neither won nor lost. Kept in the transactions that change it. */
  openLeads: number;
  channels: Channels;
}

/** Whether the rep may get no lead and not sign in. */
export const isFrozen = (rep: Pick<Rep, 'status'>): boolean => rep.status === 'leaving' || rep.status === 'left';

/** The capacity of somebody for whom no admin has set one. */
export const DEFAULT_CAPACITY = 500;
