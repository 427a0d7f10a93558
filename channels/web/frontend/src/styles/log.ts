import { css } from 'lit';

/** The messages, their choices, and what stands over them. */
export const log = css`
  langelis-log {
    position: relative;
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
  }

  .log {
    position: relative;
    flex: 1;
    min-height: 0;
    padding: 16px 16px 8px;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }

  :host([mode='page']) .log {
    overscroll-behavior: auto;
  }

  .log:focus-visible {
    outline-offset: -3px;
  }

  .day {
    margin: 4px 0 14px;
    color: var(--muted);
    font-size: 0.84em;
    text-align: center;
  }

  .message {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    max-width: min(92%, 44em);
    margin-block-end: 14px;
  }

  .message.by-resident {
    align-items: flex-end;
    max-width: 86%;
    margin-inline-start: auto;
  }

  .message.by-system {
    align-items: center;
    max-width: 100%;
    color: var(--muted);
    font-size: 0.88em;
    text-align: center;
  }

  .author {
    margin: 0 4px 3px;
    color: var(--muted);
    font-size: 0.84em;
  }

  .said {
    min-width: 0;
    max-width: 100%;
    padding: 10px 14px;
    border-radius: 4px 16px 16px;
    background: var(--surface);
    overflow-wrap: anywhere;
  }

  .text {
    white-space: pre-wrap;
  }

  .by-resident .said {
    border-radius: 16px 4px 16px 16px;
    background: var(--accent);
    color: var(--on-accent);
  }

  .by-resident .said a {
    color: inherit;
  }

  .by-resident.unsent .said {
    opacity: 0.82;
  }

  .by-operator .said {
    background: var(--accent-soft);
  }

  .meta {
    margin: 3px 4px 0;
    color: var(--muted);
    font-size: 0.78em;
  }

  .failure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    column-gap: 8px;
    font-size: 0.88em;
    text-align: end;
  }

  .failure p {
    width: 100%;
    margin-block-start: 4px;
    color: var(--danger);
  }

  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block: 10px 4px;
  }

  .choice {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 44px;
    max-width: 100%;
    padding: 8px 16px;
    border: 1.5px solid var(--accent);
    border-radius: 22px;
    background: var(--bg);
    color: var(--accent-text);
    font-size: 0.95em;
    font-weight: 550;
    line-height: 1.3;
    text-align: start;
    overflow-wrap: anywhere;
  }

  .choice:hover {
    background: var(--accent-soft);
  }

  .choice[aria-disabled='true'] {
    border-color: var(--border);
    background: none;
    color: var(--muted);
    cursor: default;
  }

  .choice.chosen[aria-disabled='true'] {
    border-color: var(--accent);
    background: var(--accent-soft);
    color: var(--text);
  }

  .choice .icon {
    width: 18px;
    height: 18px;
  }

  .choice.more {
    display: none;
    border-style: dashed;
  }

  @media (max-width: 479.98px) {
    .many:not([data-unfolded]) .choice:nth-of-type(n + 6):not(.chosen, .more) {
      display: none;
    }

    .many:not([data-unfolded], .locked) .choice.more {
      display: inline-flex;
    }
  }

  .typing {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 2px 20px 8px;
    color: var(--muted);
    font-size: 0.88em;
  }

  .dots {
    display: inline-flex;
    gap: 3px;
  }

  .dots i {
    width: 6px;
    height: 6px;
    border-radius: 50%;
    background: currentcolor;
    animation: blink 1.2s infinite;
  }

  .dots i:nth-child(2) {
    animation-delay: 0.2s;
  }

  .dots i:nth-child(3) {
    animation-delay: 0.4s;
  }

  @keyframes blink {
    0%,
    60%,
    100% {
      opacity: 0.35;
    }

    30% {
      opacity: 1;
    }
  }

  .jump {
    position: absolute;
    inset-block-end: 12px;
    inset-inline-start: 50%;
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 44px;
    padding: 0 16px;
    border: 0;
    border-radius: 22px;
    background: var(--accent);
    color: var(--on-accent);
    font-size: 0.9em;
    white-space: nowrap;
    box-shadow: var(--shadow);
    transform: translateX(-50%);
  }

  .jump .icon {
    width: 18px;
    height: 18px;
  }
`;
