import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** What may be larger than there is room for, such as a table: it scrolls by itself, by the keyboard too. */
export function Scroll({ children }: { children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  const [large, found] = useState(false);
  useEffect(() => {
    const own = box.current;
    if (!own) return;
    const measured = new ResizeObserver(() =>
      found(own.scrollWidth > own.clientWidth || own.scrollHeight > own.clientHeight),
    );
    measured.observe(own);
    for (const child of own.children) measured.observe(child);
    return () => measured.disconnect();
  }, []);
  return (
    // A stop for whoever uses the keyboard only where there is something to scroll (WCAG 2.1.1).
    <div ref={box} class="scroll" {...(large ? { tabIndex: 0 } : {})}>
      {children}
    </div>
  );
}
