import { useEffect, useState } from 'preact/hooks';
import { go, usePlace } from './address.ts';
import { call, type Me, Refused, signedOut } from './calls.ts';
import { setClock } from './clock.ts';
import { useLive } from './live.ts';
import { PageOf } from './pages.tsx';
import { forgetDrafts } from './parts/draft.ts';
import { Frame } from './parts/frame.tsx';
import { Notices } from './parts/notices.tsx';
import { Trouble, Waiting } from './parts/states.tsx';
import { isSignedIn, signIn, signOut } from './session.ts';
import { t } from './words.ts';

/** Where each role begins. */
const homes = { rep: 'mine', supervisor: 'team', admin: 'operations' } as const;

/** Asks who is signed in, and takes the system's time on the way. */
async function whoAmI(): Promise<Me> {
  const me = await call('GET', '/me');
  setClock(me.now);
  return me;
}

/** The console, signed in or not. */
export function App({ failure }: { failure: unknown }) {
  const [entered, enter] = useState(isSignedIn());
  const [ended, end] = useState(false);
  useEffect(() => {
    const tell = () => end(true);
    signedOut.addEventListener('signed-out', tell);
    return () => signedOut.removeEventListener('signed-out', tell);
  }, []);
  if (!entered) return <SignIn failure={failure} />;
  const leave = () => {
    signOut();
    forgetDrafts();
    history.replaceState(null, '', '/console');
    enter(false);
  };
  return (
    <>
      {ended && <SessionEnded />}
      <SignedIn leave={leave} />
      <Notices />
    </>
  );
}

function SignIn({ failure }: { failure: unknown }) {
  const [error, fail] = useState(failure);
  // A link from a message goes straight on; who just left stays out.
  const straight = location.pathname.replace(/\/$/, '') !== '/console' && !failure;
  useEffect(() => {
    if (straight) signIn().catch(fail);
  }, [straight]);
  return (
    <main class="sign-in">
      <h1>Leadkeeper</h1>
      <p>{t('signIn.why')}</p>
      {error ? <Trouble error={error} /> : null}
      <button type="button" class="main" onClick={() => signIn().catch(fail)}>
        {t('signIn.do')}
      </button>
    </main>
  );
}

function SessionEnded() {
  return (
    <div class="banner" role="alert">
      {t('signIn.ended')}{' '}
      <button type="button" onClick={() => signIn()}>
        {t('signIn.do')}
      </button>
    </div>
  );
}

function SignedIn({ leave }: { leave: () => void }) {
  const { data: me, error, refresh } = useLive(whoAmI, 'me', 60_000);
  const place = usePlace();
  const home = me && homes[me.role];
  useEffect(() => {
    if (home && place.length === 0) go(home, 'replace');
  }, [home, place.length]);
  if (!me) {
    const shutOut = error instanceof Refused && error.status === 403;
    return (
      <main class="sign-in">
        {error ? <Trouble error={error} /> : <Waiting />}
        {shutOut && (
          <button type="button" onClick={leave}>
            {t('signIn.other')}
          </button>
        )}
      </main>
    );
  }
  return (
    <Frame me={me} place={place} leave={leave}>
      <PageOf me={me} place={place} changed={refresh} />
    </Frame>
  );
}
