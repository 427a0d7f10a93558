import { css } from 'lit';

/** The list of conversations. */
export const list = css`
  .list-pane {
    display: flex;
    flex-direction: column;
    height: 100%;
  }

  .tabs {
    display: flex;
    flex: none;
    padding: 6px 6px 0;
    border-block-end: 1px solid var(--border);
  }

  .tab {
    flex: 1 1 auto;
    min-height: 44px;
    padding: 0 6px;
    border: 0;
    border-block-end: 3px solid transparent;
    background: none;
    color: var(--muted);
    font-size: 0.95em;
    white-space: nowrap;
  }

  .tab[aria-selected='true'] {
    border-color: var(--accent-text);
    color: var(--text);
    font-weight: 650;
  }

  .tab:focus-visible {
    outline-offset: -3px;
  }

  .count {
    display: inline-block;
    min-width: 20px;
    padding: 0 5px;
    border-radius: 10px;
    background: var(--accent-soft);
    color: var(--text);
    font-size: 0.86em;
    font-variant-numeric: tabular-nums;
  }

  .list-filter {
    flex: none;
    padding: 8px 10px;
    border-block-end: 1px solid var(--border);
  }

  .list-filter select {
    width: 100%;
  }

  .list {
    flex: 1;
    min-height: 0;
    overflow: hidden auto;
    scrollbar-width: thin;
  }

  .items {
    list-style: none;
  }

  .item {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 3px;
    padding: 11px 12px 11px 15px;
    border-block-end: 1px solid var(--border);
    color: inherit;
    text-decoration: none;
  }

  .item:hover {
    background: var(--surface);
  }

  .item:focus-visible {
    outline-offset: -3px;
  }

  .item[aria-current] {
    background: var(--accent-soft);
    box-shadow: inset 4px 0 0 var(--accent-text);
  }

  .item-top {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 8px;
  }

  .item-title {
    overflow: hidden;
    font-weight: 550;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .unread .item-title,
  .unread .item-text {
    font-weight: 700;
  }

  .item time,
  .wait {
    flex: none;
    color: var(--muted);
    font-size: 0.84em;
    font-variant-numeric: tabular-nums;
  }

  .wait {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }

  .wait .icon {
    width: 15px;
    height: 15px;
  }

  .wait.long {
    color: var(--danger);
    font-weight: 650;
  }

  .item-text {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    color: var(--muted);
    font-size: 0.93em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .unread .item-text {
    color: var(--text);
  }

  .item-foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 3px 8px;
    color: var(--muted);
    font-size: 0.84em;
  }

  .item-middle {
    display: flex;
    align-items: center;
    gap: 8px;
  }
`;
