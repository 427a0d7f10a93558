import { css } from 'lit';

/** The place to write. */
export const composer = css`
  .composer {
    flex: none;
    padding: 10px 12px max(10px, env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--border);
    background: var(--bg);
  }

  .field {
    display: flex;
    align-items: flex-end;
    gap: 4px;
    border: 1.5px solid var(--control);
    border-radius: 24px;
    background: var(--bg);
  }

  .field:focus-within {
    border-color: var(--accent-text);
    box-shadow: 0 0 0 2px var(--accent-text);
  }

  .field.over {
    border-color: var(--danger);
  }

  .field.over:focus-within {
    box-shadow: 0 0 0 2px var(--danger);
  }

  textarea {
    flex: 1;
    min-width: 0;
    min-height: 48px;
    padding: 11px 4px 11px 18px;
    border: 0;
    outline: 0;
    background: none;
    font-size: max(1em, 16px);
    line-height: 24px;
    resize: none;
    scrollbar-width: thin;
  }

  /* The field around it shows the focus. */
  textarea:focus-visible {
    outline: 0;
  }

  textarea::placeholder {
    color: var(--muted);
    opacity: 1;
  }

  .send {
    display: grid;
    place-items: center;
    flex: none;
    width: 44px;
    height: 44px;
    margin: 2px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
  }

  .below {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    margin: 6px 8px 0;
    color: var(--muted);
    font-size: 0.78em;
  }

  .counter {
    flex: none;
    font-variant-numeric: tabular-nums;
  }

  .counter.over,
  .problem {
    color: var(--danger);
  }

  .problem {
    margin: 0 8px 8px;
    font-size: 0.9em;
  }
`;
