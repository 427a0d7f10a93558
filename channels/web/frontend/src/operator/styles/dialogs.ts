import { css } from 'lit';

/** Windows over the page. */
export const dialogs = css`
  .dialog {
    width: min(560px, calc(100vw - 24px));
    max-height: calc(100dvh - 24px);
    padding: 0 20px 20px;
    border: 1px solid var(--border);
    border-radius: 16px;
    background: var(--bg);
    color: var(--text);
    box-shadow: var(--shadow);
    overflow: auto;
  }

  .dialog.wide-dialog {
    width: min(920px, calc(100vw - 24px));
  }

  .dialog::backdrop {
    background: rgb(9 20 14 / 50%);
  }

  .dialog-head {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    margin-block-end: 8px;
    padding-block: 12px 6px;
    background: var(--bg);
  }

  .dialog .dialog-buttons {
    position: sticky;
    inset-block-end: -20px;
    margin-block-end: -20px;
    padding-block: 10px 20px;
    background: var(--bg);
  }

  .service-dialog {
    display: grid;
    gap: 14px;
  }

  .service-columns {
    display: grid;
    grid-template-columns: minmax(0, 300px) minmax(0, 1fr);
    gap: 16px;
    min-height: 240px;
    align-items: start;
  }

  .service-list {
    display: grid;
    gap: 4px;
    list-style: none;
  }

  .service-list button {
    width: 100%;
    min-height: 42px;
    padding: 8px 12px;
    border: 1px solid transparent;
    border-radius: 10px;
    background: none;
    text-align: start;
  }

  .service-list button:hover {
    background: var(--surface);
  }

  .service-list [aria-pressed='true'] {
    border-color: var(--accent-text);
    background: var(--accent-soft);
    font-weight: 600;
  }

  .service-preview {
    display: grid;
    gap: 8px;
    max-height: 50vh;
    overflow: auto;
  }

  .command-bar {
    display: grid;
    gap: 8px;
  }

  .command-bar ul {
    list-style: none;
  }

  .command-bar li {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    min-height: 42px;
    padding: 6px 12px;
    border-radius: 10px;
    cursor: pointer;
  }

  .command-bar li[aria-selected='true'] {
    background: var(--accent-soft);
    box-shadow: inset 4px 0 0 var(--accent-text);
  }

  .curtain {
    position: fixed;
    inset: 0;
    z-index: 9;
    display: grid;
    place-items: center;
    padding: 16px;
    background: rgb(9 20 14 / 60%);
  }

  .expired {
    display: grid;
    gap: 12px;
    justify-items: start;
    max-width: 440px;
    padding: 24px;
    border-radius: 16px;
    background: var(--bg);
    box-shadow: var(--shadow);
  }

  @media (max-width: 719.98px) {
    .service-columns {
      grid-template-columns: minmax(0, 1fr);
    }

    .service-list {
      max-height: 30vh;
      overflow: auto;
    }
  }
`;
