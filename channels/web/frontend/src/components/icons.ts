/** Icons drawn inline, so that nothing is fetched; all are decoration, the words stand beside them. */

import { svg, html, type TemplateResult } from 'lit';

export function icon(shape: TemplateResult, name: string): TemplateResult {
  return html`<svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${shape}
  </svg>`;
}

/** The little window of the one-stop shop. */
export const windowIcon = icon(svg`<path d="M4.5 3.5h15v17h-15zM12 3.5v17M4.5 12h15" />`, 'window');
export const closeIcon = icon(svg`<path d="M6 6l12 12M18 6L6 18" />`, 'close');
export const restartIcon = icon(svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 3.5v4h-4" />`, 'restart');
export const ownDataIcon = icon(
  svg`<path d="M3.5 5.5h17v13h-17zM6.5 15.5c.7-2.4 4.8-2.4 5.5 0M9.2 11.6a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4zM14.5 10h3.5M14.5 13.5h3.5" />`,
  'own-data',
);
export const planeIcon = icon(
  svg`<path d="M20.5 4L3.5 10.8l6 2.2 2 6.5 3-4.2 4.5 3.4zM9.5 13l11-9" />`,
  'plane',
);
export const sendIcon = icon(svg`<path d="M12 19.5V5M5.5 11.5L12 5l6.5 6.5" />`, 'send');
export const warningIcon = icon(svg`<path d="M12 4L2.8 20h18.4zM12 10v4.5M12 17.2v.3" />`, 'warning');
export const linkIcon = icon(svg`<path d="M9 5H5v14h14v-4M13 4.5h6.5V11M19 5l-9 9" />`, 'link');
export const checkIcon = icon(svg`<path d="M5 12.5l4.5 4.5L19 7.5" />`, 'check');
export const clipIcon = icon(
  svg`<path d="M20 11.5l-8.2 8.2a5 5 0 0 1-7-7l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8" />`,
  'clip',
);
export const fileIcon = icon(svg`<path d="M6 3.5h8.5L19 8v12.5H6zM14 3.5V8.5h5" />`, 'file');
export const downIcon = icon(svg`<path d="M12 5v14M5.5 12.5L12 19l6.5-6.5" />`, 'down');
