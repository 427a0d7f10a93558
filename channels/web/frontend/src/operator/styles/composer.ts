import { css } from 'lit';

/** Where the operator writes, and the canned replies over it. */
export const composer = css`
  .composer {
    position: relative;
    flex: none;
    padding: 0 16px max(10px, env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--border);
  }

  .composer.as-note {
    background: var(--warning);
    color: var(--warning-text);
  }

  .composer-tabs {
    display: flex;
    gap: 4px;
  }

  .composer-tab {
    min-height: 40px;
    padding: 0 12px;
    border: 0;
    border-block-end: 3px solid transparent;
    background: none;
    color: inherit;
  }

  .composer-tab[aria-selected='true'] {
    border-color: currentcolor;
    font-weight: 650;
  }

  .composer textarea {
    display: block;
    width: 100%;
    min-height: 60px;
    margin-block-start: 6px;
    padding: 9px 12px;
    border: 1.5px solid var(--control);
    border-radius: 12px;
    background: var(--bg);
    color: var(--text);
    font-size: max(1em, 16px);
    resize: none;
  }

  .composer textarea::placeholder {
    color: var(--muted);
    opacity: 1;
  }

  .composer textarea[aria-invalid='true'] {
    border-color: var(--danger);
  }

  .composer-foot {
    display: flex;
    align-items: center;
    gap: 4px;
    margin-block-start: 6px;
  }

  .composer .hint {
    flex: 1;
    min-width: 0;
    color: inherit;
    font-size: 0.82em;
    opacity: 0.85;
  }

  .counter {
    margin-inline-end: 8px;
    font-size: 0.85em;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .counter.over {
    color: var(--danger);
    font-weight: 650;
  }

  .send-button {
    min-height: 40px;
  }

  .as-note .send-button {
    border-color: var(--warning-text);
    background: var(--warning-text);
    color: var(--warning);
  }

  .shut {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
    padding: 12px 0 6px;
    color: var(--muted);
  }

  .kept {
    width: 100%;
    overflow-wrap: anywhere;
  }

  .canned-list {
    position: absolute;
    inset-block-end: calc(100% - 44px);
    inset-inline: 16px;
    z-index: 3;
    max-height: min(360px, 50vh);
    overflow: auto;
    border: 1px solid var(--border);
    border-radius: 12px;
    background: var(--bg);
    color: var(--text);
    box-shadow: var(--shadow);
  }

  .canned-list ul {
    list-style: none;
  }

  .canned-list li {
    padding: 8px 14px;
    cursor: pointer;
  }

  .canned-list li[aria-selected='true'] {
    background: var(--accent-soft);
    box-shadow: inset 4px 0 0 var(--accent-text);
  }

  .canned-text {
    display: block;
    overflow: hidden;
    color: var(--muted);
    font-size: 0.88em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .canned-empty {
    padding: 10px 14px;
    color: var(--muted);
  }

  .canned-manage {
    display: block;
    padding: 8px 14px;
    border-block-start: 1px solid var(--border);
    font-size: 0.9em;
  }

  @media (max-width: 719.98px) {
    .composer {
      padding-inline: 10px;
    }

    #composer-hint {
      visibility: hidden;
      height: 0;
    }
  }
`;
