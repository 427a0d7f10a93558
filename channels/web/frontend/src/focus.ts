/** Keyboard focus within a root. */

const FOCUSABLE = 'button, a[href], textarea, [tabindex="0"]';

/** What Tab can reach inside `root`, in order. */
export function focusableIn(root: ParentNode): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element.tabIndex >= 0 && element.closest('[inert], [hidden]') === null,
  );
}

/** Keeps Tab inside `root`: from the last element to the first and back. `active` is the focused element. */
export function keepInside(event: KeyboardEvent, root: ParentNode, active: Element | null): void {
  const reachable = focusableIn(root);
  const first = reachable.at(0);
  const last = reachable.at(-1);
  const outside = active === null || !reachable.includes(active as HTMLElement);
  if (event.shiftKey && (active === first || outside)) move(event, last);
  else if (!event.shiftKey && active === last) move(event, first);
}

function move(event: KeyboardEvent, target: HTMLElement | undefined): void {
  event.preventDefault();
  target?.focus();
}
