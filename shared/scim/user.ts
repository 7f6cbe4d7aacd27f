/** One of several e-mail addresses or phone numbers. */
export interface Contact {
  value?: string;
  type?: string;
  primary?: boolean;
}

/** What a directory says of a user (RFC 7643), as it was sent; the attributes that are looked at. */
export interface UserAttributes {
  userName: string;
  externalId?: string;
  active?: boolean;
  displayName?: string;
  name?: { formatted?: string; familyName?: string; givenName?: string };
  emails?: Contact[];
  phoneNumbers?: Contact[];
  [name: string]: unknown;
}

/** A user of a directory. The id is the rep's. */
export interface ScimUser {
  id: string;
  attributes: UserAttributes;
  /** Counts the changes, from 1: the ETag. */
  version: number;
  createdAt: string;
  modifiedAt: string;
}
