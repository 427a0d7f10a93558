import { css } from 'lit';

/** The pages other than the conversations. */
export const pages = css`
  .page {
    max-width: 1240px;
    margin: 0 auto;
    padding: 24px 28px 60px;
  }

  .page.narrow {
    max-width: 780px;
  }

  .page-head {
    display: grid;
    justify-items: start;
    gap: 6px;
    margin-block-end: 18px;
  }

  .page > h2,
  .case-main > h2 {
    margin: 22px 0 8px;
  }

  .page-tools {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }

  .back-link {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 40px;
  }

  .back-link .icon {
    width: 18px;
    height: 18px;
  }

  .table {
    width: 100%;
    border: 1px solid var(--border);
    border-radius: 12px;
    border-spacing: 0;
    background: var(--bg);
    overflow: hidden;
  }

  .table th,
  .table td {
    padding: 10px 12px;
    border-block-end: 1px solid var(--border);
    text-align: start;
    vertical-align: top;
    overflow-wrap: break-word;
  }

  .table thead th {
    background: var(--surface);
    color: var(--muted);
    font-size: 0.87em;
  }

  .table tbody tr:last-child > * {
    border: 0;
  }

  .table tr.overdue > :first-child {
    box-shadow: inset 4px 0 0 var(--danger);
  }

  .table tr.dim {
    color: var(--muted);
  }

  .row-buttons {
    white-space: nowrap;
  }

  .row-buttons .plain {
    min-height: 36px;
  }

  .due {
    display: inline-grid;
  }

  .due-words {
    color: var(--muted);
    font-size: 0.87em;
  }

  .due.bad .due-words {
    color: var(--danger);
    font-weight: 650;
  }

  .due.warn .due-words {
    color: var(--text);
    font-weight: 650;
  }

  .switch {
    display: inline-flex;
    margin-block-end: 16px;
    border: 1px solid var(--border);
    border-radius: 12px;
    background: var(--bg);
    overflow: hidden;
  }

  .switch button {
    min-height: 42px;
    padding: 0 18px;
    border: 0;
    background: none;
  }

  .switch button:focus-visible {
    outline-offset: -3px;
  }

  .switch [aria-pressed='true'] {
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }

  .tasks {
    display: grid;
    gap: 12px;
    list-style: none;
  }

  .task {
    display: grid;
    gap: 10px;
    padding: 16px;
    border: 1px solid var(--border);
    border-radius: 14px;
    background: var(--bg);
  }

  .task.overdue {
    box-shadow: inset 4px 0 0 var(--danger);
  }

  .task-top {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 6px 12px;
  }

  .task-text {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .task .facts {
    grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
  }

  .task-buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }

  .search-form {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: end;
    gap: 8px 12px;
  }

  .search-form .hint,
  .search-filters {
    grid-column: 1 / -1;
  }

  .results-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
    margin-block: 8px;
  }

  .hits {
    display: grid;
    gap: 8px;
    list-style: none;
  }

  .hits a {
    display: grid;
    gap: 4px;
    padding: 12px 14px;
    border: 1px solid var(--border);
    border-radius: 12px;
    background: var(--bg);
    color: inherit;
    text-decoration: none;
  }

  .hits a:hover {
    background: var(--surface);
  }

  .hit-text {
    overflow-wrap: anywhere;
  }

  .canned-cards {
    margin-block-start: 14px;
  }

  .canned-card,
  .card-form,
  .session,
  .one-time {
    display: grid;
    gap: 6px;
    padding: 14px;
    border: 1px solid var(--border);
    border-radius: 12px;
    background: var(--bg);
  }

  .card-form {
    gap: 14px;
    margin-block: 14px;
  }

  .card-buttons {
    display: flex;
    gap: 12px;
  }

  .session .plain {
    justify-self: start;
  }

  .one-time {
    margin-block-end: 16px;
    border-color: var(--ok);
    background: var(--accent-soft);
  }

  .steps {
    display: grid;
    gap: 6px;
    padding-inline-start: 1.4em;
  }

  .keys {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(300px, 1fr));
    gap: 0 24px;
  }

  .keys div {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 38px;
    border-block-end: 1px solid var(--border);
  }

  .keys dt {
    flex: 0 0 108px;
    white-space: nowrap;
  }

  @media (max-width: 899.98px) {
    .table,
    .table tbody,
    .table tr,
    .table th,
    .table td {
      display: block;
    }

    .table {
      border: 0;
      background: none;
    }

    .table thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .table tbody tr {
      margin-block-end: 12px;
      padding: 10px 14px;
      border: 1px solid var(--border);
      border-radius: 12px;
      background: var(--bg);
    }

    .table tr.overdue {
      box-shadow: inset 4px 0 0 var(--danger);
    }

    .table tr.overdue > :first-child {
      box-shadow: none;
    }

    .table tbody th,
    .table tbody td {
      display: grid;
      grid-template-columns: 112px minmax(0, 1fr);
      gap: 0 12px;
      padding: 3px 0;
      border: 0;
    }

    .table tbody th > *,
    .table tbody td > * {
      grid-column: 2;
      justify-self: start;
    }

    .table [data-label]::before {
      content: attr(data-label);
      grid-row: 1 / span 3;
      color: var(--muted);
      font-size: 0.87em;
      font-weight: 400;
    }

    .table br {
      display: none;
    }

    .table .row-buttons {
      display: flex;
      flex-wrap: wrap;
    }
  }

  @media (max-width: 719.98px) {
    .page {
      padding: 16px 14px 40px;
    }
  }
`;
