import { css } from 'lit';

/** Files: those that go with the message being written, and those of a message. */
export const uploads = css`
  .attach {
    display: grid;
    place-items: center;
    flex: none;
    width: 44px;
    height: 44px;
    margin: 2px 0 2px 4px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--accent-text);
  }

  .attach + textarea,
  .attach ~ textarea {
    padding-inline-start: 6px;
  }

  .dragging .field {
    border-style: dashed;
  }

  .drop-here {
    margin: 0 8px 6px;
    color: var(--accent-text);
    font-size: 0.9em;
  }

  .uploads {
    display: flex;
    flex-direction: column;
    gap: 6px;
    max-height: 30vh;
    margin: 6px 0 8px;
    padding: 0;
    overflow: auto;
    list-style: none;
  }

  .upload {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto auto;
    align-items: center;
    gap: 0 8px;
    padding-inline-start: 12px;
    border: 1px solid var(--border);
    border-radius: 12px;
    font-size: 0.9em;
  }

  .upload.bad {
    border-color: var(--danger);
  }

  .upload-name,
  .file-name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .upload-size,
  .file-size {
    color: var(--muted);
    white-space: nowrap;
  }

  .upload-remove {
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: inherit;
  }

  .upload progress {
    grid-column: 1 / -1;
    width: calc(100% - 12px);
    height: 6px;
    margin-block-end: 8px;
    accent-color: var(--accent-text);
  }

  .upload-problem {
    grid-column: 1 / -1;
    padding: 0 12px 8px 0;
    color: var(--danger);
  }

  .files {
    display: flex;
    flex-direction: column;
    gap: 6px;
    margin: 4px 0 0;
    padding: 0;
    list-style: none;
  }

  .file {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 8px;
    width: fit-content;
    max-width: 100%;
    min-height: 44px;
    padding: 8px 12px;
    border: 1px solid var(--control);
    border-radius: 12px;
    background: var(--bg);
    color: var(--text);
    font-size: 0.92em;
    text-align: start;
    text-decoration: none;
  }

  .file img {
    grid-column: 1 / -1;
    max-width: 100%;
    max-height: 240px;
    border-radius: 8px;
    object-fit: contain;
  }

  .file img ~ .file-name {
    grid-column: 1 / 3;
  }

  .sent-files {
    margin: 4px 0 0;
    font-size: 0.92em;
    overflow-wrap: anywhere;
  }
`;
