/** One's own account: password, codes of an authenticator app, where one is signed in. */

import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { each, isFields, listIn, text } from '../../fields';
import { lt as words } from '../../i18n/operator-lt';
import { readSignIn } from '../case-readers';
import type { SignIn } from '../model';
import { formValues, Part, problem } from './part';
import { longWhen } from './when';

interface Enrolment {
  readonly secret: string;
  readonly qr: string;
}

const w = words.account;

export class AccountPage extends Part {
  @state() private sessions: readonly SignIn[] = [];
  @state() private passwordError: string | null = null;
  @state() private totpError: string | null = null;
  @state() private enrolment: Enrolment | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.desk.attempt(() => this.loadSessions());
  }

  protected override render(): TemplateResult {
    const { me } = this.desk.state;
    return html`<section class="page narrow">
      <header class="page-head">
        <h1>${w.title}</h1>
        <p>${me?.name} · ${w.roles[me?.role ?? 'operator']}</p>
        <p class="hint">
          ${w.login}: ${me?.login}<br />
          ${w.municipalities}: ${me?.municipalities.map((place) => place.name).join(', ')}<br />
          ${w.departments}:
          ${me === null || me.departments.length === 0 ? w.allDepartments : me.departments.join(', ')}
        </p>
        <button
          type="button"
          class="secondary"
          @click=${() => {
            this.nav.signOut();
          }}
        >
          ${w.signOut}
        </button>
      </header>
      ${this.passwordView()} ${this.totpView(me?.totp ?? false)} ${this.sessionsView()}
    </section>`;
  }

  private passwordView(): TemplateResult {
    return html`<form class="form box-field" @submit=${this.onPassword}>
      <h2>${w.password}</h2>
      ${passwordField('current', w.current, 'current-password')}
      ${passwordField('new', w.fresh, 'new-password')} ${passwordField('again', w.again, 'new-password')}
      <p class="hint">${w.passwordHint}</p>
      ${problem(this.passwordError)}
      <div class="dialog-buttons"><button type="submit" class="primary">${w.change}</button></div>
    </form>`;
  }

  private totpView(on: boolean): TemplateResult {
    return html`<section class="box-field">
      <h2>${w.totp}</h2>
      <p>${on ? w.totpOn : w.totpOff}</p>
      ${this.enrolment === null ? this.totpSwitch(on) : this.enrolmentView(this.enrolment)}
      ${problem(this.totpError)}
    </section>`;
  }

  private totpSwitch(on: boolean): TemplateResult {
    return html`<form class="form" @submit=${on ? this.onTotpRemove : this.onTotpBegin}>
      ${passwordField('password', w.current, 'current-password')}
      <div class="dialog-buttons">
        <button type="submit" class="secondary">${on ? w.totpRemove : w.totpBegin}</button>
      </div>
    </form>`;
  }

  private enrolmentView({ secret, qr }: Enrolment): TemplateResult {
    return html`<form class="form" @submit=${this.onTotpConfirm}>
      <p>${w.totpScan}</p>
      <img class="qr" src=${qr} alt=${w.totpQr} width="220" height="220" />
      <p>${w.totpKey}: <code class="secret">${secret}</code></p>
      <label class="field-label"
        >${w.totpCode}
        <input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="8" required autofocus
      /></label>
      <div class="dialog-buttons"><button type="submit" class="primary">${w.totpConfirm}</button></div>
    </form>`;
  }

  private sessionsView(): TemplateResult {
    return html`<section class="box-field">
      <h2>${w.sessions}</h2>
      <p class="hint">${w.sessionsText}</p>
      <ul class="cards">
        ${this.sessions.map(
          (session) =>
            html`<li class="session">
              <p>
                <b>${browserName(session.userAgent)}</b>
                ${session.current ? html`<span class="chip good">${w.present}</span>` : nothing}
              </p>
              <p class="hint">
                ${session.address} · ${w.seen}: <span class="whole">${longWhen(session.lastSeen)}</span>
              </p>
              ${
                session.current
                  ? nothing
                  : html`<button type="button" class="plain" @click=${() => void this.revoke(session.id)}>
                      ${w.revoke}
                    </button>`
              }
            </li>`,
        )}
      </ul>
    </section>`;
  }

  private async loadSessions(): Promise<void> {
    this.sessions = each(listIn(await this.desk.api.get('/sessions')), readSignIn);
  }

  private async revoke(id: string): Promise<void> {
    await this.desk.attempt(async () => {
      await this.desk.api.delete(`/sessions/${encodeURIComponent(id)}`);
      await this.loadSessions();
    });
  }

  /** Null when it went well, else what the server says. */
  private async ask(action: () => Promise<unknown>): Promise<string | null> {
    try {
      await action();
      return null;
    } catch (error) {
      return this.desk.wordsOf(error);
    }
  }

  private readonly onPassword = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const values = passwords(form);
    if (values.new !== values.again) {
      this.passwordError = w.differ;
      return;
    }
    const body = { current: values.current, new: values.new };
    this.passwordError = await this.ask(() => this.desk.api.post('/password', body));
    if (this.passwordError !== null) return;
    form.reset();
    this.desk.say(w.changed);
    await this.desk.attempt(() => this.loadSessions());
  };

  private readonly onTotpBegin = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { password } = passwords(event.target as HTMLFormElement);
    this.totpError = await this.ask(async () => {
      const answer = await this.desk.api.post('/totp', { password });
      if (isFields(answer)) this.enrolment = { secret: text(answer.secret) ?? '', qr: text(answer.qr) ?? '' };
    });
  };

  private readonly onTotpConfirm = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { code } = formValues(event.target as HTMLFormElement);
    this.totpError = await this.ask(() => this.desk.api.post('/totp/confirm', { code }));
    if (this.totpError === null) this.switched(true);
  };

  private readonly onTotpRemove = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { password } = passwords(event.target as HTMLFormElement);
    this.totpError = await this.ask(() => this.desk.api.delete('/totp', { password }));
    if (this.totpError === null) this.switched(false);
  };

  private switched(totp: boolean): void {
    const { me } = this.desk.state;
    this.enrolment = null;
    if (me !== null) this.desk.dispatch({ type: 'me', me: { ...me, totp } });
    this.desk.say(words.saved);
  }
}

/** Untrimmed: a blank may belong to a password. */
function passwords(form: HTMLFormElement): Readonly<Record<string, string>> {
  const data = new FormData(form);
  return Object.fromEntries([...data].map(([name, value]) => [name, typeof value === 'string' ? value : '']));
}

function passwordField(
  name: string,
  label: string,
  autocomplete: 'current-password' | 'new-password',
): TemplateResult {
  return html`<label class="field-label"
    >${label} <input name=${name} type="password" autocomplete=${autocomplete} maxlength="128" required
  /></label>`;
}

/** "Firefox, Windows": enough to know one's own. */
function browserName(userAgent: string): string {
  const browser = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find((name) => userAgent.includes(name));
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS X', 'Linux'].find((name) =>
    userAgent.includes(name),
  );
  const told = [
    browser?.replace('Edg', 'Edge').replace('OPR', 'Opera'),
    system?.replace('Mac OS X', 'macOS'),
  ];
  const known = told.filter((part) => part !== undefined).join(', ');
  return known === '' ? userAgent.slice(0, 60) : known;
}
