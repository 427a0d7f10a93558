import { css } from 'lit';

/** The bubble, the window in its three places (corner, whole phone, page), the header and the question. */
export const panel = css`
  :host([mode='bubble']) {
    position: fixed;
    z-index: var(--langelis-z-index, 2147483000);
    inset-block-end: var(--langelis-offset-y, 20px);
    inset-inline-end: var(--langelis-offset-x, 20px);
  }

  :host([mode='bubble'][position='left']) {
    inset-inline: var(--langelis-offset-x, 20px) auto;
  }

  :host([mode='page']) {
    display: flex;
    min-height: 0;
    min-width: 0;
  }

  .launcher {
    position: relative;
    display: flex;
    align-items: center;
    gap: 10px;
    min-width: 60px;
    min-height: 60px;
    padding: 0 18px;
    border: 2px solid var(--bg);
    border-radius: 30px;
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
    box-shadow: var(--shadow);
    transition: transform 0.15s ease;
  }

  .launcher:hover {
    transform: translateY(-2px);
  }

  .badge {
    position: absolute;
    inset-block-start: -6px;
    inset-inline-end: -4px;
    min-width: 26px;
    padding: 0 7px;
    border: 2px solid var(--bg);
    border-radius: 13px;
    background: #a3262b;
    color: #ffffff;
    font-size: 0.82em;
    line-height: 22px;
    text-align: center;
  }

  .panel {
    position: relative;
    display: flex;
    flex-direction: column;
    min-width: 0;
    overflow: hidden;
    background: var(--bg);
    outline: none;
  }

  :host([mode='bubble']) .panel {
    width: min(410px, calc(100vw - 40px));
    height: min(680px, calc(100vh - 40px));
    height: min(680px, calc(100dvh - 40px));
    border: 1px solid var(--border);
    border-radius: var(--radius);
    box-shadow: var(--shadow);
    animation: rise 0.18s ease-out;
  }

  :host([mode='page']) .panel {
    flex: 1;
  }

  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(12px);
    }
  }

  .header {
    display: flex;
    align-items: center;
    gap: 12px;
    flex: none;
    padding: 12px 10px 12px 16px;
    background: var(--header);
    color: var(--on-header);
    border-block-end: 1px solid var(--border);
  }

  .header :focus-visible {
    outline-color: var(--on-header);
    outline-offset: -3px;
  }

  .mark {
    display: grid;
    place-items: center;
    flex: none;
    width: 42px;
    height: 42px;
    border-radius: 10px;
    background: rgb(255 255 255 / 14%);
  }

  .heading {
    flex: 1;
    min-width: 0;
    line-height: 1.3;
  }

  .heading h2 {
    font-size: 1.08em;
    font-weight: 650;
  }

  .place,
  .owner {
    font-size: 0.84em;
    overflow-wrap: anywhere;
  }

  /* The page around it already names the municipality. */
  :host([mode='page']) .place {
    display: none;
  }

  .owner::before {
    content: '';
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: #7ee2b3;
  }

  .owner-queued::before {
    background: #ffd166;
  }

  .owner-closed::before {
    background: #c3ccc7;
  }

  .tool {
    display: grid;
    place-items: center;
    flex: none;
    width: 44px;
    height: 44px;
    padding: 0;
    border: 0;
    border-radius: 10px;
    background: none;
  }

  .tool + .tool {
    margin-inline-start: -8px;
  }

  .tool:hover {
    background: rgb(255 255 255 / 14%);
  }

  .link-status {
    display: flex;
    align-items: center;
    justify-content: space-between;
    flex: none;
    padding: 8px 16px;
    background: var(--warning);
    color: var(--warning-text);
    font-size: 0.9em;
  }

  .link-ready {
    background: var(--accent-soft);
    color: var(--text);
  }

  .link-status.silent {
    display: block;
    height: 0;
    padding: 0;
    overflow: hidden;
  }

  .link-status .plain {
    color: inherit;
    white-space: nowrap;
  }

  .curtain {
    position: absolute;
    inset: 0;
    z-index: 3;
    display: flex;
    align-items: flex-end;
    background: rgb(9 20 14 / 45%);
  }

  .confirm {
    flex: 1;
    display: grid;
    gap: 10px;
    padding: 20px 16px;
    border-radius: 16px 16px 0 0;
    background: var(--bg);
    box-shadow: var(--shadow);
  }

  .confirm h2 {
    font-size: 1.1em;
    font-weight: 650;
  }

  .confirm p {
    color: var(--muted);
    margin-block-end: 6px;
  }

  .confirm .code {
    color: var(--text);
    font-size: 1.4em;
    font-weight: 650;
    letter-spacing: 0.06em;
    text-align: center;
    user-select: all;
  }

  .confirm a.primary {
    text-align: center;
    text-decoration: none;
  }

  @media (min-width: 480px) {
    :host([mode='page']) .curtain {
      align-items: center;
      justify-content: center;
    }

    :host([mode='page']) .confirm {
      flex: none;
      width: min(400px, 90%);
      border-radius: 16px;
    }
  }

  @media (max-width: 479.98px), (max-height: 479.98px) {
    :host([mode='bubble'][open]) {
      inset: 0;
    }

    :host([mode='bubble']) .panel {
      position: fixed;
      inset-inline: 0;
      inset-block-start: var(--langelis-top, 0);
      width: 100%;
      height: 100vh;
      height: var(--langelis-height, 100dvh);
      border: 0;
      border-radius: 0;
      animation: none;
    }

    .launcher {
      justify-content: center;
      padding: 0;
    }

    .launcher-text {
      display: none;
    }
  }

  @media (max-height: 479.98px) {
    .header {
      padding-block: 4px;
    }

    .place {
      display: none;
    }
  }
`;
