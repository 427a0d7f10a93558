/** The script that municipal sites embed: `<script async src="https://HOST/widget.js" data-municipality="trakai">`. */

import { defineElements, LangelisChat } from './components';
import { apiFor } from './embed/api';
import { listenForQuestions } from './embed/ask';
import { readSettings, type Settings } from './embed/settings';

function ownScript(): HTMLScriptElement | null {
  const current = document.currentScript;
  if (current instanceof HTMLScriptElement) return current;
  return document.querySelector<HTMLScriptElement>('script[src*="/widget.js"]');
}

function create(settings: Settings): LangelisChat {
  const chat = new LangelisChat();
  const { municipality, locale, position, theme, color } = settings;
  Object.assign(chat, { municipality, locale, position, theme, color });
  document.body.append(chat);
  return chat;
}

/** The chat that the page already holds, or a bubble for the municipality that the settings name. */
function findOrCreate(settings: Settings): LangelisChat | null {
  const present = document.querySelector('langelis-chat');
  if (present instanceof LangelisChat) return present;
  return settings.municipality === '' ? null : create(settings);
}

function announce(name: 'ready' | 'error', detail: Readonly<Record<string, unknown>>): void {
  window.dispatchEvent(new CustomEvent(`langelis:${name}`, { detail }));
}

function run(settings: Settings): void {
  if (window.langelis !== undefined) return;
  const chat = findOrCreate(settings);
  if (chat === null) {
    announce('error', { code: 'municipality_missing', message: 'data-municipality is missing' });
    return;
  }
  window.langelis = apiFor(chat);
  listenForQuestions(chat);
  document.documentElement.toggleAttribute('data-langelis-ready', true);
  announce('ready', { municipality: chat.municipality });
  if (settings.open) chat.show();
}

const script = ownScript();
const settings = readSettings(
  window.langelisSettings,
  Object.fromEntries(Object.entries(script?.dataset ?? {})),
);

if (window.langelis === undefined && customElements.get('langelis-chat') === undefined) {
  defineElements(new URL(script?.src ?? '', document.baseURI).origin);
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', () => {
      run(settings);
    });
  } else {
    run(settings);
  }
}
