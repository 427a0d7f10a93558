/** Whether the operator is here: said, and switched with one press. */

import { html, type TemplateResult } from 'lit';
import { lt as words } from '../../i18n/operator-lt';
import type { Desk } from '../desk';

export function presenceView(desk: Desk): TemplateResult {
  const presence = desk.state.me?.presence ?? 'away';
  const here = presence === 'here';
  return html`<div class="presence" role="group" aria-label=${words.presence.label}>
    <button
      type="button"
      role="switch"
      class="presence-switch is-${presence}"
      aria-checked=${here ? 'true' : 'false'}
      title=${here ? words.presence.toPause : words.presence.toHere}
      @click=${() => void desk.setPresence(here ? 'pause' : 'here')}
    >
      <span class="presence-mark" aria-hidden="true"></span>${words.presence[presence]}
    </button>
    <span class="presence-name">${desk.state.me?.name}</span>
  </div>`;
}
