import { css } from 'lit';

/** What stands beside the thread or in its place. */
export const context = css`
  .context-pane {
    height: 100%;
    padding: 10px 16px 20px;
    overflow: hidden auto;
    scrollbar-width: thin;
  }

  .context-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 40px;
  }

  .context-pane h3 {
    margin: 18px 0 6px;
  }

  .facts {
    display: grid;
    gap: 8px;
  }

  .facts dt {
    color: var(--muted);
    font-size: 0.85em;
  }

  .facts dd {
    overflow-wrap: anywhere;
  }

  .cards {
    display: grid;
    gap: 8px;
    list-style: none;
  }

  .cards > li > a {
    display: grid;
    gap: 2px;
    padding: 10px 12px;
    border: 1px solid var(--border);
    border-radius: 10px;
    color: inherit;
    text-decoration: none;
  }

  .cards > li > a:hover {
    background: var(--surface);
  }

  .cards .chip {
    justify-self: start;
  }

  .cut {
    overflow: hidden;
    font-size: 0.92em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .first-run h3 {
    margin-block-start: 8px;
  }

  .ready {
    display: grid;
    gap: 4px;
    list-style: none;
  }

  .ready li {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 44px;
  }

  .ready .good .icon {
    color: var(--ok);
  }

  .ready .not .icon {
    color: var(--danger);
  }
`;
