/** The operator's wishes: alerts, looks, which key sends. */

import { html, nothing, type TemplateResult } from 'lit';
import { lt as words } from '../../i18n/operator-lt';
import type { SendKey } from '../keys';
import type { Theme } from '../settings';
import { mayNotify, askToNotify } from '../browser-alerts';
import { Part } from './part';

const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];
const SEND_KEYS: readonly (readonly [SendKey, string])[] = [
  ['enter', words.settings.sendEnter],
  ['ctrl-enter', words.settings.sendCtrl],
];

export class SettingsPage extends Part {
  protected override render(): TemplateResult {
    const { sound, notify, repeat, theme, sendKey } = this.desk.settings;
    const s = words.settings;
    return html`<section class="page narrow">
      <header class="page-head">
        <h1>${s.title}</h1>
        <p class="hint">${s.text}</p>
      </header>
      <fieldset class="box-field">
        <legend>${s.alerts}</legend>
        ${checkView(s.sound, sound, (on) => {
          this.desk.configure({ sound: on });
        })}
        ${checkView(s.repeat, repeat, (on) => {
          this.desk.configure({ repeat: on });
        })}
        ${checkView(s.notify, notify, (on) => void this.notifying(on))}
        ${notify && mayNotify() === 'denied' ? html`<p class="problem">${s.notifyDenied}</p>` : nothing}
        <button
          type="button"
          class="secondary"
          @click=${() => {
            this.nav.say('queued');
          }}
        >
          ${s.test}
        </button>
      </fieldset>
      <fieldset class="box-field">
        <legend>${s.look}</legend>
        ${THEMES.map((name) =>
          radioView('theme', s.themes[name], name === theme, () => {
            this.desk.configure({ theme: name });
          }),
        )}
      </fieldset>
      <fieldset class="box-field">
        <legend>${s.writing}</legend>
        ${SEND_KEYS.map(([key, label]) =>
          radioView('send-key', label, key === sendKey, () => {
            this.desk.configure({ sendKey: key });
          }),
        )}
      </fieldset>
    </section>`;
  }

  private async notifying(on: boolean): Promise<void> {
    const allowed = on ? await askToNotify() : false;
    this.desk.configure({ notify: on && allowed });
    if (on && !allowed) this.desk.say(words.settings.notifyDenied, true);
  }
}

function checkView(label: string, checked: boolean, change: (on: boolean) => void): TemplateResult {
  return html`<label class="check">
    <input
      type="checkbox"
      .checked=${checked}
      @change=${(event: Event) => {
        if (event.target instanceof HTMLInputElement) change(event.target.checked);
      }}
    />
    ${label}
  </label>`;
}

function radioView(name: string, label: string, checked: boolean, choose: () => void): TemplateResult {
  return html`<label class="radio"
    ><input type="radio" name=${name} .checked=${checked} @change=${choose} /> ${label}</label
  >`;
}
