import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { to } from './address.ts';
import type { Me } from './calls.ts';
import type { PageProps } from './page-props.ts';
import { Nothing, Trouble, Waiting } from './parts/states.tsx';
import { listed, named, t, type Word } from './words.ts';

type Role = Me['role'];
type Loaded = Promise<ComponentType<PageProps>>;

/** A page: its name in the menu, who has it there, and where its code is, which is loaded when it is looked at. */
interface Page {
  title: Word;
  menu: readonly Role[];
  /** Who else may look at it. */
  also?: readonly Role[];
  /** The page of the menu that it belongs to, if it is none itself. */
  under?: string;
  load: () => Loaded;
}

/** All pages by the first part of their address, in the menu's order. */
export const pages: Readonly<Record<string, Page>> = {
  mine: { title: 'menu.mine', menu: ['rep'], load: async () => (await import('./pages/mine.tsx')).Mine },
  tasks: {
    title: 'menu.tasks',
    menu: ['rep', 'supervisor'],
    load: async () => (await import('./pages/tasks.tsx')).Tasks,
  },
  team: {
    title: 'menu.team',
    menu: ['supervisor'],
    also: ['admin'],
    load: async () => (await import('./pages/team.tsx')).Team,
  },
  operations: {
    title: 'menu.operations',
    menu: ['admin'],
    load: async () => (await import('./pages/operations.tsx')).Operations,
  },
  pool: { title: 'menu.pool', menu: ['rep', 'supervisor'], load: async () => (await import('./pages/pool.tsx')).Pool },
  leads: {
    title: 'menu.leads',
    menu: ['supervisor', 'admin'],
    also: ['rep'],
    load: async () => (await import('./pages/leads.tsx')).Leads,
  },
  reports: {
    title: 'menu.reports',
    menu: ['supervisor', 'admin'],
    load: async () => (await import('./pages/reports.tsx')).Reports,
  },
  review: {
    title: 'menu.review',
    menu: ['supervisor', 'admin'],
    load: async () => (await import('./pages/review.tsx')).ReviewPage,
  },
  performance: {
    title: 'menu.performance',
    menu: ['rep', 'supervisor', 'admin'],
    load: async () => (await import('./pages/performance.tsx')).Performance,
  },
  targets: {
    title: 'menu.targets',
    menu: [],
    also: ['rep', 'supervisor', 'admin'],
    under: 'performance',
    load: async () => (await import('./pages/targets.tsx')).Targets,
  },
  periods: {
    title: 'menu.periods',
    menu: [],
    also: ['rep', 'supervisor', 'admin'],
    under: 'performance',
    load: async () => (await import('./pages/periods.tsx')).Periods,
  },
  territories: {
    title: 'menu.territories',
    menu: ['admin'],
    load: async () => (await import('./pages/territories.tsx')).Territories,
  },
  rules: { title: 'menu.rules', menu: ['admin'], load: async () => (await import('./pages/rules.tsx')).Rules },
};

/** Who may look at a page. */
const whoseIs = ({ menu, also = [] }: Page): Role[] => [...menu, ...also];

/** What is said at the address of a page that is others', or that there is not; and the way back to one's own. */
function Elsewhere({ title, why }: { title: string; why: string }) {
  return (
    <>
      <h1>{title}</h1>
      <Nothing title={why}>
        <a href={to('')}>{t('home')}</a>
      </Nothing>
    </>
  );
}

const cache = new Map<string, ComponentType<PageProps>>();

/** The page at an address. */
export function PageOf({ me, place, changed }: { me: Me; place: string[]; changed: () => Promise<void> }) {
  const [name = '', ...rest] = place;
  const page = Object.hasOwn(pages, name) ? pages[name] : undefined;
  const mine = page !== undefined && whoseIs(page).includes(me.role);
  const [, loaded] = useState(0);
  const [error, fail] = useState<unknown>();
  useEffect(() => {
    fail(undefined);
    if (page && mine && !cache.has(name)) {
      page.load().then((component) => {
        cache.set(name, component);
        loaded((count) => count + 1);
      }, fail);
    }
    document.title = page ? `${t(page.title)} · Leadkeeper` : 'Leadkeeper';
  }, [name, page, mine]);
  if (name === '') return <Waiting />;
  if (!page) return <Elsewhere title={t('nowhere.title')} why={t('nowhere')} />;
  if (!mine) {
    const roles = listed(whoseIs(page).map((role) => named('roles', role)));
    return <Elsewhere title={t(page.title)} why={t('notYours', { roles })} />;
  }
  if (error) return <Trouble error={error} />;
  const Component = cache.get(name);
  return Component ? <Component me={me} rest={rest} changed={changed} /> : <Waiting />;
}
