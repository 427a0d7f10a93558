import { css } from 'lit';

/** The page of one case. */
export const casePage = css`
  .case-columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 380px);
    gap: 24px;
    align-items: start;
  }

  .case-main > h2:first-child {
    margin-block-start: 0;
  }

  .case-side,
  .case-main {
    padding: 18px;
    border: 1px solid var(--border);
    border-radius: 14px;
    background: var(--bg);
  }

  .quote {
    padding: 10px 14px;
    border-inline-start: 4px solid var(--border);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .wide-facts {
    grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
    margin-block: 14px;
  }

  .clocks {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(230px, 1fr));
    gap: 12px;
    align-items: start;
  }

  .clock {
    padding: 12px 14px;
    border: 1px solid var(--border);
    border-radius: 12px;
  }

  .clock .due {
    font-size: 1.15em;
    font-weight: 600;
  }

  .days {
    margin-block-start: 6px;
    font-size: 0.9em;
  }

  .days summary,
  .search-filters summary {
    min-height: 36px;
    padding-block: 6px;
    color: var(--accent-text);
    cursor: pointer;
  }

  .days ol {
    list-style: none;
  }

  .days li {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0 10px;
    padding-block: 3px;
    border-block-start: 1px solid var(--border);
    color: var(--muted);
  }

  .days li > :last-child {
    grid-column: 1 / -1;
  }

  .days li.counts {
    color: var(--text);
  }

  .days li.counts > :first-child::before {
    content: '✓ ';
  }

  .history {
    display: grid;
    gap: 10px;
    list-style: none;
  }

  .history li {
    padding-inline-start: 14px;
    border-inline-start: 3px solid var(--accent-soft);
  }

  .history .hint {
    display: block;
  }

  .step-data {
    font-size: 0.93em;
    overflow-wrap: anywhere;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block: 10px 4px;
  }

  .actions .secondary {
    min-height: 40px;
    padding: 6px 12px;
  }

  .actions [aria-expanded='true'] {
    background: var(--accent-soft);
  }

  .case-form {
    margin-block-start: 14px;
    padding-block-start: 14px;
    border-block-start: 1px solid var(--border);
  }

  .checklist {
    display: grid;
    gap: 4px;
    padding: 10px 12px;
    border-radius: 10px;
    background: var(--surface);
    font-size: 0.92em;
    list-style: none;
  }

  .checklist li {
    display: flex;
    gap: 8px;
  }

  .checklist .box {
    display: grid;
    place-items: center;
    flex: none;
    width: 18px;
    height: 18px;
    margin-block-start: 2px;
    border: 1.5px solid var(--control);
    border-radius: 4px;
  }

  .checklist .done .box {
    border-color: var(--ok);
    background: var(--ok);
    color: var(--bg);
  }

  .checklist .box .icon {
    width: 14px;
    height: 14px;
    stroke-width: 3;
  }

  @media (max-width: 999.98px) {
    .case-columns {
      grid-template-columns: minmax(0, 1fr);
    }

    .case-side {
      order: -1;
    }
  }
`;
