import { useEffect, useState } from 'preact/hooks';

const told = new EventTarget();
const SHOWN = 5000;

/** Says briefly that something was done. */
export const tell = (text: string): boolean => told.dispatchEvent(new CustomEvent('told', { detail: text }));

/** Where it is said, to eyes and to screen readers. */
export function Notices() {
  const [text, set] = useState('');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (event: Event) => {
      clearTimeout(timer);
      set((event as CustomEvent<string>).detail);
      timer = setTimeout(() => set(''), SHOWN);
    };
    told.addEventListener('told', show);
    return () => told.removeEventListener('told', show);
  }, []);
  return (
    <div class="notices" role="status">
      {text && <p>{text}</p>}
    </div>
  );
}
