/** How the window sits on the screen: filling it on phones, and above the on-screen keyboard. */

/** Too narrow or too low (also a desktop at 200 % zoom) for a window beside the page. */
export const SMALL_SCREEN = '(max-width: 479.98px), (max-height: 479.98px)';

export function smallScreen(): MediaQueryList {
  return window.matchMedia(SMALL_SCREEN);
}

/**
 * Keeps `--langelis-height` of `target` equal to what the on-screen keyboard leaves (iOS does not shrink `dvh`),
 * in CSS pixels; returns the way to stop.
 */
export function followKeyboard(target: HTMLElement): () => void {
  const viewport = window.visualViewport;
  if (viewport === null) return () => undefined;
  const fit = (): void => {
    target.style.setProperty('--langelis-height', `${viewport.height}px`);
    target.style.setProperty('--langelis-top', `${viewport.offsetTop}px`);
  };
  viewport.addEventListener('resize', fit);
  viewport.addEventListener('scroll', fit);
  fit();
  return () => {
    viewport.removeEventListener('resize', fit);
    viewport.removeEventListener('scroll', fit);
    target.style.removeProperty('--langelis-height');
    target.style.removeProperty('--langelis-top');
  };
}
