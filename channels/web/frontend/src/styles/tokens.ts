import { css } from 'lit';

const dark = css`
  --bg: #131916;
  --surface: #1e2622;
  --text: #e9efec;
  --muted: #a9b7b0;
  --border: #35413b;
  --control: #76857d;
  --accent: #8bd6b0;
  --accent-text: #8bd6b0;
  --on-accent: #06281a;
  --accent-soft: #1d3a2d;
  --header: #1e2622;
  --on-header: #e9efec;
  --warning: #352b0e;
  --warning-edge: #a98726;
  --warning-text: #f5e0a3;
  --danger: #ff9d9a;
  --shadow: 0 12px 40px rgb(0 0 0 / 60%);
  color-scheme: dark;
`;

/** Colours and measures. Every pair of text and ground has a contrast of at least 4.5 to 1. */
export const tokens = css`
  :host {
    all: initial;
    --green: var(--langelis-accent, #0b5d3b);
    --bg: #ffffff;
    --surface: #f3f6f4;
    --text: #17211c;
    --muted: #54615a;
    --border: #d3dcd7;
    --control: #7d8a83;
    --accent: var(--green);
    --accent-text: var(--green);
    --on-accent: #ffffff;
    --accent-soft: #e7f1ec;
    --header: var(--green);
    --on-header: #ffffff;
    --warning: #fff5d9;
    --warning-edge: #d9ab2c;
    --warning-text: #513d00;
    --danger: #a3262b;
    --shadow: 0 12px 40px rgb(9 30 20 / 22%), 0 2px 8px rgb(9 30 20 / 14%);
    --radius: var(--langelis-radius, 16px);
    color-scheme: light;
    color: var(--text);
    font-family: var(
      --langelis-font,
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Noto Sans',
      'Liberation Sans',
      Arial,
      sans-serif
    );
    font-size: var(--langelis-font-size, 16px);
    line-height: 1.5;
    text-align: start;
    -webkit-text-size-adjust: 100%;
  }

  :host([theme='dark']) {
    ${dark}
  }

  @media (prefers-color-scheme: dark) {
    :host([theme='auto']) {
      ${dark}
    }
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  [hidden] {
    display: none !important;
  }

  p,
  h2,
  h3,
  h4,
  ul,
  ol {
    margin: 0;
    padding: 0;
    font: inherit;
  }

  a {
    color: var(--accent-text);
    text-decoration: underline;
    text-underline-offset: 2px;
    overflow-wrap: anywhere;
  }

  a[href^='tel:'] {
    white-space: nowrap;
  }

  button,
  textarea {
    margin: 0;
    font: inherit;
    color: inherit;
  }

  button {
    cursor: pointer;
    touch-action: manipulation;
  }

  :focus-visible {
    outline: 3px solid var(--accent-text);
    outline-offset: 2px;
  }

  .icon {
    flex: none;
    width: 24px;
    height: 24px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .whole {
    white-space: nowrap;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .plain {
    min-height: 44px;
    padding: 0 6px;
    border: 0;
    border-radius: 8px;
    background: none;
    color: var(--accent-text);
    text-decoration: underline;
    text-underline-offset: 3px;
  }

  .primary,
  .secondary {
    min-height: 44px;
    padding: 10px 18px;
    border: 1px solid var(--accent);
    border-radius: 10px;
    font-weight: 600;
  }

  a.primary {
    display: grid;
    place-items: center;
    text-decoration: none;
  }

  .primary {
    background: var(--accent);
    color: var(--on-accent);
  }

  .secondary {
    background: transparent;
    color: var(--accent-text);
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
