import { css } from 'lit';

/** Fields of forms and filters. */
export const forms = css`
  .form {
    display: grid;
    gap: 14px;
  }

  .field-label {
    display: grid;
    gap: 4px;
    min-width: 0;
    font-size: 0.95em;
    font-weight: 550;
  }

  .field-label .hint,
  .field-label .problem {
    font-weight: 400;
  }

  input:not([type='checkbox'], [type='radio']),
  select,
  .form textarea,
  .field-label textarea {
    width: 100%;
    min-width: 0;
    min-height: 42px;
    padding: 8px 10px;
    border: 1.5px solid var(--control);
    border-radius: 10px;
    background: var(--bg);
    color: var(--text);
    font-weight: 400;
  }

  /* iOS enlarges the page when a smaller field gets the focus. */
  @media (pointer: coarse) {
    input:not([type='checkbox'], [type='radio']),
    select,
    .form textarea,
    .field-label textarea {
      font-size: max(1em, 16px);
    }
  }

  .form textarea,
  .field-label textarea {
    resize: vertical;
  }

  .lacks input,
  .lacks textarea {
    border-color: var(--danger);
  }

  input[type='checkbox'],
  input[type='radio'] {
    flex: none;
    width: 20px;
    height: 20px;
    accent-color: var(--accent);
  }

  .check,
  .radio {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 40px;
  }

  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    padding: 0;
    font-weight: 600;
  }

  .box-field {
    display: grid;
    gap: 8px;
    justify-items: start;
    margin-block-end: 16px;
    padding: 16px;
    border: 1px solid var(--border);
    border-radius: 14px;
    background: var(--bg);
  }

  .box-field > .form,
  .box-field > .field-label,
  .box-field > .cards,
  .box-field > .dialog-buttons,
  .box-field > fieldset {
    width: 100%;
  }

  .box-field > legend {
    float: inline-start;
    width: 100%;
  }

  .filters {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(140px, 1fr));
    align-items: end;
    gap: 12px;
    margin-block-end: 16px;
  }

  .dialog-buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 10px;
  }

  .secret {
    padding: 4px 10px;
    font-size: 1.15em;
    letter-spacing: 0.04em;
    overflow-wrap: anywhere;
    user-select: all;
  }

  .qr {
    border: 12px solid #fff;
    border-radius: 8px;
    background: #fff;
  }
`;
