import { css } from 'lit';

/** Rail, list, thread, context on a desktop; one of them at a time on a phone, the rail as a bar below. */
export const layout = css`
  .start {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 16px;
    height: 100%;
    color: var(--muted);
  }

  .frame {
    position: relative;
    display: grid;
    grid-template: auto auto 1fr / 92px minmax(0, 1fr);
    grid-template-areas: 'rail status' 'rail away' 'rail main';
    height: 100%;
  }

  langelis-link-status {
    grid-area: status;
  }

  .link-status {
    padding: 8px 16px;
    background: var(--warning);
    color: var(--warning-text);
  }

  .link-ready {
    background: var(--accent-soft);
    color: var(--text);
  }

  .link-status.silent {
    height: 0;
    padding: 0;
    overflow: hidden;
  }

  .strip {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    padding: 8px 16px;
  }

  .frame > .strip {
    grid-area: away;
  }

  .strip.warn {
    background: var(--warning);
    color: var(--warning-text);
  }

  .strip.warn .secondary {
    border-color: currentcolor;
    color: inherit;
  }

  .strip.bad {
    background: var(--danger-soft);
    color: var(--danger);
  }

  main {
    grid-area: main;
    display: flex;
    min-width: 0;
    min-height: 0;
  }

  .rail {
    grid-area: rail;
    display: flex;
    flex-direction: column;
    align-items: stretch;
    gap: 4px;
    padding: 10px 6px 84px;
    background: var(--header);
    color: var(--on-header);
    overflow: hidden auto;
    scrollbar-width: none;
  }

  .rail ul {
    display: grid;
    gap: 2px;
    list-style: none;
  }

  .rail-mark {
    display: grid;
    place-items: center;
    width: 42px;
    height: 42px;
    margin: 0 auto 6px;
    border-radius: 10px;
    background: rgb(255 255 255 / 14%);
  }

  .rail-link {
    position: relative;
    display: grid;
    justify-items: center;
    gap: 2px;
    padding: 7px 2px 6px;
    border-radius: 10px;
    color: inherit;
    font-size: 0.76em;
    line-height: 1.2;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
  }

  .rail-link:hover {
    background: rgb(255 255 255 / 12%);
  }

  .rail-link[aria-current='page'] {
    background: rgb(255 255 255 / 20%);
    box-shadow: inset 3px 0 0 currentcolor;
    font-weight: 650;
  }

  .rail :focus-visible {
    outline-color: var(--on-header);
    outline-offset: -3px;
  }

  .rail-link .badge {
    position: absolute;
    inset-block-start: 2px;
    inset-inline-end: 12px;
    background: #ffd166;
    color: #2b2100;
  }

  .rail-rest {
    margin-block-start: auto;
    padding-block-start: 8px;
    border-block-start: 1px solid rgb(255 255 255 / 20%);
  }

  .rail-more {
    display: none;
  }

  .side-top {
    position: absolute;
    inset-block-end: 0;
    inset-inline-start: 0;
    width: 92px;
    padding: 8px 6px 10px;
    background: var(--header);
    color: var(--on-header);
  }

  .presence {
    display: grid;
    justify-items: center;
    gap: 3px;
  }

  .presence-switch {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    width: 100%;
    min-height: 36px;
    padding: 0 4px;
    border: 1px solid rgb(255 255 255 / 60%);
    border-radius: 18px;
    background: none;
    color: inherit;
    font-size: 0.84em;
    font-weight: 600;
  }

  .presence-switch:focus-visible {
    outline-color: var(--on-header);
  }

  .presence-mark {
    width: 10px;
    height: 10px;
    border: 2px solid currentcolor;
    border-radius: 50%;
  }

  .is-here .presence-mark {
    border-color: #7ee2b3;
    background: #7ee2b3;
  }

  .is-pause .presence-mark {
    border-radius: 2px;
    border-color: #ffd166;
    background: #ffd166;
  }

  .presence-name {
    max-width: 100%;
    overflow: hidden;
    font-size: 0.7em;
    text-align: center;
    text-overflow: ellipsis;
  }

  desk-list {
    flex: 0 0 330px;
    min-width: 0;
    min-height: 0;
    border-inline-end: 1px solid var(--border);
    background: var(--bg);
  }

  desk-thread,
  first-run {
    flex: 1;
    min-width: 0;
    min-height: 0;
  }

  desk-context {
    flex: 0 0 300px;
    min-height: 0;
    border-inline-start: 1px solid var(--border);
    background: var(--bg);
  }

  case-register,
  case-page,
  tasks-page,
  search-page,
  canned-page,
  settings-page,
  account-page,
  people-page,
  audit-page,
  help-page {
    flex: 1;
    min-width: 0;
    overflow: auto;
  }

  .toasts {
    position: fixed;
    inset-block-end: 24px;
    inset-inline: 16px;
    z-index: 8;
    display: grid;
    justify-items: center;
    pointer-events: none;
  }

  .toast {
    max-width: 560px;
    padding: 12px 18px;
    border-radius: 12px;
    background: var(--text);
    color: var(--bg);
    box-shadow: var(--shadow);
  }

  .toast.bad {
    border: 1px solid var(--danger);
    background: var(--danger-soft);
    color: var(--danger);
    font-weight: 600;
  }

  @media (max-width: 1199.98px) {
    desk-context {
      position: absolute;
      inset-block: 0;
      inset-inline-end: 0;
      z-index: 4;
      width: min(340px, 100%);
      box-shadow: var(--shadow);
    }

    desk-list {
      flex-basis: 280px;
    }
  }

  @media (max-width: 719.98px) {
    .frame {
      grid-template: auto auto auto minmax(0, 1fr) auto / minmax(0, 1fr);
      grid-template-areas: 'top' 'status' 'away' 'main' 'rail';
    }

    .side-top {
      position: static;
      grid-area: top;
      width: auto;
      padding: 6px 12px;
    }

    .presence {
      display: flex;
      align-items: center;
      justify-content: space-between;
    }

    .presence-switch {
      order: 2;
      width: auto;
      min-height: 40px;
      padding-inline: 14px;
    }

    .presence-name {
      font-size: 0.9em;
      font-weight: 600;
    }

    .rail {
      padding: 4px max(4px, env(safe-area-inset-left)) max(4px, env(safe-area-inset-bottom));
      overflow: visible;
    }

    .rail .rail-mark,
    .rail .rail-rest {
      display: none;
    }

    .rail .rail-main {
      grid-auto-columns: 1fr;
      grid-auto-flow: column;
    }

    .rail-more {
      display: block;
      position: relative;
    }

    .rail-more summary {
      list-style: none;
    }

    .rail-more summary::-webkit-details-marker {
      display: none;
    }

    .rail-link {
      min-height: 48px;
      font-size: 0.72em;
    }

    .rail-link .badge {
      inset-inline-end: calc(50% - 28px);
    }

    .rail .rail-menu {
      position: absolute;
      inset-block-end: calc(100% + 8px);
      inset-inline-end: 0;
      z-index: 5;
      width: 230px;
      padding: 6px;
      border: 1px solid var(--border);
      border-radius: 12px;
      background: var(--bg);
      color: var(--text);
      box-shadow: var(--shadow);
    }

    .rail-menu .rail-link {
      display: flex;
      gap: 12px;
      padding-inline: 12px;
      font-size: 1em;
    }

    .rail-menu .rail-link:hover,
    .rail-menu .rail-link[aria-current='page'] {
      background: var(--accent-soft);
    }

    .rail-menu :focus-visible {
      outline-color: var(--accent-text);
    }

    desk-list {
      flex: 1;
      border: 0;
    }

    .frame:not(.opened) desk-thread,
    .frame:not(.opened) first-run,
    .opened desk-list {
      display: none;
    }

    .frame:not(.opened) desk-list + first-run {
      display: block;
    }

    .frame:not(.opened) main:has(first-run) {
      flex-direction: column;
      overflow: auto;
      background: var(--bg);
    }

    .frame:not(.opened) main:has(first-run) desk-list {
      flex: none;
    }

    .opened .rail,
    .opened .side-top {
      display: none;
    }
  }
`;
