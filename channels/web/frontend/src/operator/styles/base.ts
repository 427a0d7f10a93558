import { css } from 'lit';

const light = css`
  --danger-soft: #fdeceb;
  --ok: #0b5d3b;
  --mark: #ffe58a;
  --mark-text: #3b2c00;
  --page: #eef2f0;
`;

const dark = css`
  --danger-soft: #3a1b1c;
  --ok: #8bd6b0;
  --mark: #6b5510;
  --mark-text: #fff3c4;
  --page: #0c100e;
`;

/** What the console adds to the colours of the widget; as there, text has a contrast of at least 4.5 to 1. */
export const base = css`
  :host {
    ${light}
    display: block;
    height: 100vh;
    height: 100dvh;
    background: var(--page);
    overflow: hidden;
    font-size: 15px;
    line-height: 1.45;
  }

  :host([theme='dark']) {
    ${dark}
  }

  @media (prefers-color-scheme: dark) {
    :host([theme='auto']) {
      ${dark}
    }
  }

  h1 {
    margin: 0;
    font-size: 1.5em;
    font-weight: 650;
    line-height: 1.25;
  }

  h2 {
    font-size: 1.15em;
    font-weight: 650;
    line-height: 1.3;
  }

  h3 {
    font-size: 1em;
    font-weight: 650;
  }

  input,
  select {
    margin: 0;
    font: inherit;
    color: inherit;
  }

  b,
  th {
    font-weight: 600;
  }

  dl,
  dd {
    margin: 0;
  }

  code,
  kbd {
    padding: 1px 6px;
    border: 1px solid var(--border);
    border-radius: 6px;
    background: var(--surface);
    font-family: ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace;
    font-size: 0.88em;
  }

  mark {
    border-radius: 3px;
    background: var(--mark);
    color: var(--mark-text);
  }

  .hint {
    color: var(--muted);
    font-size: 0.9em;
  }

  .pre {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .id {
    color: var(--muted);
    font-size: 0.85em;
    overflow-wrap: anywhere;
  }

  .badge {
    display: inline-grid;
    place-items: center;
    min-width: 20px;
    height: 20px;
    padding: 0 6px;
    border-radius: 10px;
    background: var(--danger);
    color: var(--bg);
    font-size: 0.78em;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }

  .chip {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding: 1px 8px;
    border: 1px solid var(--border);
    border-radius: 10px;
    background: var(--surface);
    color: var(--text);
    font-size: 0.85em;
    font-weight: 400;
    white-space: nowrap;
  }

  .chip .icon {
    width: 14px;
    height: 14px;
  }

  .chip.bad {
    border-color: var(--danger);
    background: var(--danger-soft);
    color: var(--danger);
    font-weight: 600;
  }

  .chip.warn {
    border-color: var(--warning-edge);
    background: var(--warning);
    color: var(--warning-text);
  }

  .chip.good {
    border-color: var(--ok);
    background: var(--accent-soft);
  }

  .icon-button,
  .tool-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-width: 40px;
    min-height: 40px;
    padding: 0 10px;
    border: 1px solid var(--border);
    border-radius: 10px;
    background: var(--bg);
    color: var(--text);
    font-size: 0.95em;
    text-decoration: none;
    white-space: nowrap;
  }

  .icon-button,
  .tool-button.quiet {
    padding: 0;
    border-color: transparent;
    background: none;
  }

  .tool-button .icon,
  .icon-button .icon,
  .primary .icon {
    width: 20px;
    height: 20px;
  }

  .tool-button:hover,
  .icon-button:hover,
  .secondary:hover {
    background: var(--accent-soft);
  }

  .tool-button[aria-pressed='true'] {
    background: var(--accent-soft);
    color: var(--accent-text);
  }

  .primary,
  .secondary {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 8px 16px;
    text-decoration: none;
  }

  .primary:disabled {
    opacity: 0.55;
    cursor: default;
  }

  .file-button:focus-within {
    outline: 3px solid var(--accent-text);
    outline-offset: 2px;
  }

  .wide {
    width: 100%;
    margin-block: 12px;
  }

  .problem {
    display: flex;
    gap: 8px;
    color: var(--danger);
  }

  .problem .icon {
    width: 18px;
    height: 18px;
    margin-block-start: 2px;
  }

  .empty {
    padding: 32px 20px;
    color: var(--muted);
    text-align: center;
  }

  .empty .secondary {
    margin-block-start: 12px;
  }

  .skip {
    position: absolute;
    inset-block-start: -80px;
    inset-inline-start: 8px;
    z-index: 9;
    padding: 10px 14px;
    border-radius: 8px;
    background: var(--accent);
    color: var(--on-accent);
  }

  .skip:focus {
    inset-block-start: 8px;
  }

  main:focus,
  [role='tabpanel']:focus {
    outline: none;
  }
`;
