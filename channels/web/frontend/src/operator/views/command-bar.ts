/** Ctrl+K: every command and every conversation at hand, by its first letters. */

import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { lt as words } from '../../i18n/operator-lt';
import { folded } from '../canned';
import { listOf } from '../lists';
import type { View } from '../routes';
import { otherViews } from './rail';
import { DialogPart, valueOf } from './part';

interface Entry {
  readonly label: string;
  readonly keys: string;
  readonly run: () => void;
}

const MOST_SHOWN = 12;
const DAILY: readonly (readonly [View, string])[] = [
  ['conversations', 'Alt+C'],
  ['cases', 'Alt+R'],
  ['tasks', 'Alt+U'],
  ['search', 'Alt+Q'],
];

export class CommandBar extends DialogPart {
  @state() private query = '';
  @state() private active = 0;

  protected override render(): TemplateResult {
    const found = this.found();
    return this.frame(
      words.commands.title,
      html`<div class="command-bar">
        <input
          type="text"
          role="combobox"
          autofocus
          autocomplete="off"
          aria-label=${words.commands.placeholder}
          aria-expanded="true"
          aria-controls="command-list"
          aria-activedescendant=${found.length === 0 ? nothing : `command-${this.active}`}
          placeholder=${words.commands.placeholder}
          .value=${this.query}
          @input=${this.onInput}
          @keydown=${this.onKey}
        />
        <ul id="command-list" role="listbox" aria-label=${words.commands.title}>
          ${found.map((entry, index) => this.entryView(entry, index))}
        </ul>
        ${found.length === 0 ? html`<p class="hint" role="status">${words.commands.nothing}</p>` : nothing}
      </div>`,
    );
  }

  private entryView(entry: Entry, index: number): TemplateResult {
    return html`<li
      role="option"
      id="command-${index}"
      aria-selected=${index === this.active ? 'true' : 'false'}
      @click=${() => {
        this.choose(entry);
      }}
    >
      <span>${entry.label}</span>${entry.keys === '' ? nothing : html`<kbd>${entry.keys}</kbd>`}
    </li>`;
  }

  private found(): readonly Entry[] {
    const wanted = folded(this.query.trim());
    return this.entries()
      .filter((entry) => folded(entry.label).includes(wanted))
      .slice(0, MOST_SHOWN);
  }

  private entries(): readonly Entry[] {
    return [
      ...this.conversationEntries(),
      ...this.viewEntries(),
      ...this.otherEntries(),
      ...this.openEntries(),
    ];
  }

  /** What may be done with the conversation that is open. */
  private conversationEntries(): readonly Entry[] {
    const summary = this.conversation;
    if (summary === null) return [];
    const note = { label: words.shortcuts.note, keys: 'Alt+P', run: this.writing('note') };
    const claim = {
      label: words.shortcuts.claim,
      keys: 'Alt+I',
      run: (): void => void this.desk.claim(summary.id),
    };
    if (summary.owner === 'queued') return [claim, note];
    if (summary.owner !== 'operator' || summary.operator?.id !== this.desk.state.me?.id) return [note];
    return [
      { label: words.shortcuts.reply, keys: 'Alt+L', run: this.writing('reply') },
      note,
      { label: words.service.title, keys: '', run: this.opening('service') },
      { label: words.shortcuts.transfer, keys: 'Alt+T', run: this.opening('transfer') },
      { label: words.shortcuts.return, keys: 'Alt+B', run: this.opening('giveBack') },
      { label: words.shortcuts.close, keys: 'Alt+E', run: this.opening('finish') },
    ];
  }

  private viewEntries(): readonly Entry[] {
    const daily = DAILY.map(([view, keys]) => this.going(view, keys));
    const rest = otherViews(this.desk.state.me).map((view) =>
      this.going(view, view === 'settings' ? 'Alt+S' : view === 'help' ? '?' : ''),
    );
    return [...daily, ...rest];
  }

  private otherEntries(): readonly Entry[] {
    const here = this.desk.state.me?.presence === 'here';
    const dark = this.desk.settings.theme === 'dark';
    return [
      {
        label: here ? words.presence.toPause : words.presence.toHere,
        keys: 'Alt+A',
        run: (): void => void this.desk.setPresence(here ? 'pause' : 'here'),
      },
      {
        label: words.commands.theme,
        keys: '',
        run: (): void => {
          this.desk.configure({ theme: dark ? 'light' : 'dark' });
        },
      },
      {
        label: words.commands.signOut,
        keys: '',
        run: (): void => {
          this.nav.signOut();
        },
      },
    ];
  }

  private openEntries(): readonly Entry[] {
    return listOf(this.desk.state, 'all', '').map((item) => ({
      label: `${words.commands.open}: ${item.topic ?? words.list.noTopic} – ${item.lastText.slice(0, 40)}`,
      keys: '',
      run: (): void => {
        this.nav.go('conversations', item.id);
      },
    }));
  }

  private going(view: View, keys: string): Entry {
    return {
      label: words.views[view],
      keys,
      run: (): void => {
        this.nav.go(view);
      },
    };
  }

  private writing(kind: 'reply' | 'note'): () => void {
    return () => {
      this.nav.write(kind);
    };
  }

  private opening(dialog: 'service' | 'transfer' | 'giveBack' | 'finish'): () => void {
    return () => {
      this.nav.open(dialog);
    };
  }

  private choose(entry: Entry): void {
    this.nav.shut();
    entry.run();
  }

  private readonly onInput = (event: Event): void => {
    this.query = valueOf(event);
    this.active = 0;
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const found = this.found();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const entry = found[this.active];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      this.active = (this.active + step + found.length) % found.length;
    } else if (event.key === 'Enter' && entry !== undefined) {
      event.preventDefault();
      this.choose(entry);
    }
  };
}
