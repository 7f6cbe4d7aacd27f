/** Whom a development token is for. */
export interface TokenFor {
  role: 'admin' | 'supervisor' | 'rep';
  repId?: string | undefined;
  teamId?: string | undefined;
}

/** Somebody whom the sign-in page offers. */
export interface Person extends TokenFor {
  name: string;
}
