/** The console's icons; decoration only, words stand beside them or in the button's label. */

import { svg, type TemplateResult } from 'lit';
import { icon } from '../../components/icons';
import type { View } from '../routes';

export const chatIcon = icon(svg`<path d="M4 5h16v11H9.5L5 20v-4H4z" />`, 'chat');
export const caseIcon = icon(svg`<path d="M6 3.5h8.5L19 8v12.5H6zM14 3.5V8.5h5M9 13h7M9 16.5h5" />`, 'case');
export const taskIcon = icon(
  svg`<path d="M9 4h6v3H9zM7.5 5.5H5.5v15h13v-15h-2M8.5 13.5l2.5 2.5 4.5-5" />`,
  'task',
);
export const searchIcon = icon(
  svg`<path d="M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20.5 20.5" />`,
  'search',
);
export const cannedIcon = icon(svg`<path d="M5 4.5h14v15H5zM8.5 9h7M8.5 12.5h7M8.5 16h4" />`, 'canned');
export const settingsIcon = icon(
  svg`<path d="M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5" />`,
  'settings',
);
export const personIcon = icon(
  svg`<path d="M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6" />`,
  'person',
);
export const peopleIcon = icon(
  svg`<path d="M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 19.5c.5-3.5 3-5 6.5-5s6 1.5 6.5 5M16 5.5a3.2 3.2 0 0 1 0 6.2M18 14.9c2 .6 3.2 2 3.5 4.6" />`,
  'people',
);
export const auditIcon = icon(svg`<path d="M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 2" />`, 'audit');
export const helpIcon = icon(
  svg`<path d="M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9.6 9.5c.2-1.5 1.2-2.3 2.5-2.3 1.5 0 2.5.9 2.5 2.2 0 1.8-2.5 2-2.5 4M12 16.8v.3" />`,
  'help',
);
export const moreIcon = icon(svg`<path d="M5 12h.01M12 12h.01M19 12h.01" />`, 'more');
export const backIcon = icon(svg`<path d="M20 12H4.5M11 5.5L4.5 12l6.5 6.5" />`, 'back');
export const transferIcon = icon(svg`<path d="M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4" />`, 'transfer');
export const returnIcon = icon(svg`<path d="M8.5 5L4 9.5 8.5 14M4 9.5h10a5.5 5.5 0 0 1 0 10H9" />`, 'return');
export const printIcon = icon(svg`<path d="M7 9V4h10v5M7 16H4.5V9h15v7H17M7 13.5h10V20H7z" />`, 'print');
export const infoIcon = icon(
  svg`<path d="M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.5v.3" />`,
  'info',
);
export const addIcon = icon(svg`<path d="M12 5v14M5 12h14" />`, 'add');
export const noteIcon = icon(svg`<path d="M5 4.5h14v10L14 19.5H5zM14 19.5v-5h5" />`, 'note');
export const robotIcon = icon(
  svg`<path d="M5 8.5h14v10H5zM12 8.5V5M9 12.5v1.5M15 12.5v1.5M2.5 12v3M21.5 12v3" />`,
  'robot',
);
export const clockIcon = icon(svg`<path d="M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 2" />`, 'clock');

export const VIEW_ICONS: Readonly<Record<View, TemplateResult>> = {
  conversations: chatIcon,
  cases: caseIcon,
  tasks: taskIcon,
  search: searchIcon,
  canned: cannedIcon,
  settings: settingsIcon,
  account: personIcon,
  people: peopleIcon,
  audit: auditIcon,
  help: helpIcon,
};
