/** What stands where a conversation would, while there is none: that all is well, and what to make ready. */

import { html, type TemplateResult } from 'lit';
import { checkIcon, warningIcon } from '../../components/icons';
import { lt as words } from '../../i18n/operator-lt';
import { askToNotify } from '../browser-alerts';
import { addressOf } from '../routes';
import { Part } from './part';

const w = words.first;

export class FirstRun extends Part {
  protected override render(): TemplateResult {
    const { sound, notify } = this.desk.settings;
    const here = this.desk.state.me?.presence === 'here';
    return html`<section class="thread-pane blank first-run">
      <h2>${w.title}</h2>
      <p>${w.text}</p>
      <h3>${w.ready}</h3>
      <ul class="ready">
        ${line(here, here ? w.here : w.notHere, words.presence.toHere, () => void this.desk.setPresence('here'))}
        ${line(sound, sound ? w.sound : w.noSound, w.turnOn, () => {
          this.desk.configure({ sound: true });
        })}
        ${line(notify, notify ? w.notify : w.noNotify, w.turnOn, () => void this.notifying())}
      </ul>
      <p>
        <button
          type="button"
          class="secondary"
          @click=${() => {
            this.nav.say('queued');
          }}
        >
          ${w.try}
        </button>
      </p>
      <p class="hint">
        ${w.cases} <a href=${addressOf('cases')}>${words.views.cases}</a>,
        <a href=${addressOf('tasks')}>${words.views.tasks}</a>. ${w.keys}
      </p>
    </section>`;
  }

  private async notifying(): Promise<void> {
    const allowed = await askToNotify();
    this.desk.configure({ notify: allowed });
    if (!allowed) this.desk.say(words.settings.notifyDenied, true);
  }
}

function line(ready: boolean, label: string, action: string, mend: () => void): TemplateResult {
  return html`<li class=${ready ? 'good' : 'not'}>
    ${ready ? checkIcon : warningIcon}<span>${label}</span>
    ${ready ? '' : html`<button type="button" class="plain" @click=${mend}>${action}</button>`}
  </li>`;
}
