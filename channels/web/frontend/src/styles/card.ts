import { css } from 'lit';

/** A service, institution, charter or timetable card. */
export const card = css`
  .said.with-card {
    width: 100%;
    padding: 14px 16px;
    border: 1px solid var(--border);
    border-radius: 4px 16px 16px;
    background: var(--bg);
  }

  .card {
    display: grid;
    gap: 12px;
    min-width: 0;
  }

  .card h3 {
    font-size: 1.08em;
    font-weight: 650;
    line-height: 1.3;
  }

  .card h4 {
    margin-block-end: 2px;
    font-size: 0.9em;
    font-weight: 650;
  }

  .card .lead {
    color: var(--muted);
  }

  .section p {
    white-space: pre-wrap;
  }

  .section.asked {
    padding: 10px 12px;
    border-inline-start: 4px solid var(--accent);
    border-radius: 0 10px 10px 0;
    background: var(--accent-soft);
  }

  .section ul,
  .section ol {
    padding-inline-start: 1.3em;
  }

  .section li + li {
    margin-block-start: 4px;
  }

  .section li::marker {
    color: var(--accent-text);
    font-weight: 600;
  }

  .warning {
    display: flex;
    gap: 10px;
    padding: 10px 12px;
    border: 1px solid var(--warning-edge);
    border-radius: 10px;
    background: var(--warning);
    color: var(--warning-text);
    font-size: 0.92em;
  }

  .warning a {
    color: inherit;
  }

  .warning .icon {
    width: 20px;
    height: 20px;
    margin-block-start: 1px;
  }

  .links {
    display: grid;
    gap: 6px;
    list-style: none;
  }

  .links li {
    display: flex;
    align-items: flex-start;
    gap: 8px;
    font-size: 0.95em;
  }

  .links .icon {
    width: 18px;
    height: 18px;
    margin-block-start: 3px;
    color: var(--accent-text);
  }

  .links a {
    display: inline-block;
    padding-block: 1px;
  }

  @media (pointer: coarse) {
    .links {
      gap: 0;
    }

    .links a {
      padding-block: 10px;
    }

    .links .icon {
      margin-block-start: 12px;
    }
  }

  .links .host {
    color: var(--muted);
    font-size: 0.92em;
  }

  .checked {
    padding-block-start: 8px;
    border-block-start: 1px solid var(--border);
    color: var(--muted);
    font-size: 0.84em;
  }
`;
