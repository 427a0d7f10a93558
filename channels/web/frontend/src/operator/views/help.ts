/** The "?" page: every key, and how a conversation goes. */

import { html, type TemplateResult } from 'lit';
import { lt as words } from '../../i18n/operator-lt';
import { ALT_KEYS, type Shortcut } from '../keys';
import { Part } from './part';

const OTHER: readonly (readonly [string, string])[] = [
  ['Ctrl+K', words.shortcuts.commands],
  ['/', words.shortcuts.canned],
  ['Enter', words.shortcuts.send],
  ['Shift+Enter', words.shortcuts.line],
  ['Esc', words.shortcuts.escape],
  ['?', words.shortcuts.help],
];

export class HelpPage extends Part {
  protected override render(): TemplateResult {
    const alt = Object.entries(ALT_KEYS).map(([code, name]): [string, string] => [
      `Alt+${code.replace('Key', '')}`,
      words.shortcuts[name satisfies Shortcut],
    ]);
    return html`<section class="page narrow">
      <header class="page-head"><h1>${words.help.title}</h1></header>
      <h2>${words.help.how}</h2>
      <ol class="steps">
        ${words.help.steps.map((step) => html`<li>${step}</li>`)}
      </ol>
      <h2>${words.help.keys}</h2>
      <p class="hint">${words.help.keysText}</p>
      <dl class="keys">
        ${[...alt, ...OTHER].map(
          ([keys, what]) =>
            html`<div>
              <dt>
                ${keys.split('+').map((key, index) => html`${index === 0 ? '' : '+'}<kbd>${key}</kbd>`)}
              </dt>
              <dd>${what}</dd>
            </div>`,
        )}
      </dl>
    </section>`;
  }
}
