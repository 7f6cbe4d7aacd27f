import { errors, jwtVerify, SignJWT } from 'jose';

/** What a portal token opens: one lead, until a moment. */
export interface PortalAccess {
  leadId: string;
  expiresAt: Date;
}

const AUDIENCE = 'portal';
const ALGORITHM = 'HS256';
const DAY = 24 * 3600 * 1000;

/** How long a link to the portal opens. */
export const PORTAL_DAYS = 30;

const bytes = (key: string): Uint8Array => new TextEncoder().encode(key);

/** A token that lets whoever holds it see and choose who serves this lead, for 30 days from `at`. */
export async function portalToken(leadId: string, key: string, at: Date): Promise<{ token: string; expiresAt: Date }> {
  const expiresAt = new Date(Math.floor((at.getTime() + PORTAL_DAYS * DAY) / 1000) * 1000);
  const token = await new SignJWT()
    .setProtectedHeader({ alg: ALGORITHM })
    .setSubject(leadId)
    .setAudience(AUDIENCE)
    .setExpirationTime(expiresAt)
    .sign(bytes(key));
  return { token, expiresAt };
}

/** What the token opens at `at`, or why nothing: it expired, or was not signed by us as it stands. */
export async function readPortalToken(
  token: string,
  key: string,
  at: Date,
): Promise<PortalAccess | 'expired' | 'invalid'> {
  try {
    const { payload } = await jwtVerify(token, bytes(key), {
      algorithms: [ALGORITHM],
      audience: AUDIENCE,
      currentDate: at,
      requiredClaims: ['sub', 'exp'],
    });
    return { leadId: payload.sub ?? '', expiresAt: new Date((payload.exp ?? 0) * 1000) };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return 'expired';
    if (error instanceof errors.JOSEError) return 'invalid';
    throw error;
  }
}
