/** Call-backs and messages that residents left while nobody was there, each with its due date. */

import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { richText } from '../../components/text';
import { lt as common } from '../../i18n/lt';
import { lt as words } from '../../i18n/operator-lt';
import { byDue } from '../lists';
import type { Task } from '../model';
import { readTask } from '../readers';
import { addressOf } from '../routes';
import { Part, placeName } from './part';
import { daysUntil } from './when';

export class TasksPage extends Part {
  @state() private done = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.desk.attempt(() => this.desk.loadTasks());
  }

  protected override render(): TemplateResult {
    const tasks = [...this.desk.state.tasks.values()]
      .filter((task) => (task.state === 'done') === this.done)
      .sort(byDue);
    return html`<section class="page narrow">
      <header class="page-head">
        <h1>${words.tasks.title}</h1>
        <p class="hint">${words.tasks.text}</p>
      </header>
      <div class="switch" role="group" aria-label=${words.tasks.title}>
        ${this.switchView(false, words.tasks.open)} ${this.switchView(true, words.tasks.done)}
      </div>
      ${
        tasks.length === 0
          ? html`<p class="empty" role="status">
              ${this.done ? words.tasks.emptyDone : words.tasks.emptyOpen}
            </p>`
          : html`<ul class="tasks">
              ${tasks.map((task) => this.taskView(task))}
            </ul>`
      }
    </section>`;
  }

  private switchView(done: boolean, label: string): TemplateResult {
    return html`<button
      type="button"
      aria-pressed=${this.done === done ? 'true' : 'false'}
      @click=${() => {
        this.done = done;
      }}
    >
      ${label}
    </button>`;
  }

  private taskView(task: Task): TemplateResult {
    const late = !this.done && task.due !== null && daysUntil(task.due, new Date()) < 0;
    return html`<li class="task ${late ? 'overdue' : ''}">
      <div class="task-top">
        <h2>${words.tasks[task.kind]}: ${task.name ?? words.tasks.noName}</h2>
        ${
          task.due === null
            ? nothing
            : html`<span class="chip ${late ? 'bad' : ''}"
                >${late ? words.tasks.overdue : words.tasks.due} <span class="whole">${task.due}</span></span
              >`
        }
      </div>
      <p class="task-text">${richText(task.text, common)}</p>
      <dl class="facts">
        <div>
          <dt>${words.tasks.contact}</dt>
          <dd>${richText(task.contact, common)}</dd>
        </div>
        ${
          task.bestTime === null
            ? nothing
            : html`<div>
                <dt>${words.tasks.bestTime}</dt>
                <dd>${task.bestTime}</dd>
              </div>`
        }
        <div>
          <dt>${words.list.municipality}</dt>
          <dd>${placeName(this.desk.state.me, task.municipality)}</dd>
        </div>
        ${
          task.operator === null
            ? nothing
            : html`<div>
                <dt>${words.tasks.taken}</dt>
                <dd>${task.operator.name}</dd>
              </div>`
        }
      </dl>
      <div class="task-buttons">
        ${this.done ? nothing : this.buttonsView(task)}
        ${
          task.conversation === null
            ? nothing
            : html`<a class="tool-button" href=${addressOf('conversations', task.conversation)}
                >${words.tasks.conversation}</a
              >`
        }
      </div>
    </li>`;
  }

  private buttonsView(task: Task): TemplateResult {
    const mine = task.operator?.id === this.desk.state.me?.id;
    return html`${
        mine
          ? nothing
          : html`<button type="button" class="secondary" @click=${() => void this.act(task, 'take')}>
              ${words.tasks.take}
            </button>`
      }
      <button type="button" class="primary" @click=${() => void this.act(task, 'done')}>
        ${words.tasks.markDone}
      </button>`;
  }

  private async act(task: Task, action: 'take' | 'done'): Promise<void> {
    await this.desk.attempt(async () => {
      const changed = readTask(await this.desk.api.post(`/tasks/${encodeURIComponent(task.id)}/${action}`));
      const { me } = this.desk.state;
      const own = me === null ? null : { id: me.id, name: me.name };
      const guessed: Task =
        action === 'take'
          ? { ...task, operator: own }
          : { ...task, state: 'done', operator: task.operator ?? own };
      const others = [...this.desk.state.tasks.values()].filter((other) => other.id !== task.id);
      this.desk.dispatch({ type: 'tasks', tasks: [...others, changed ?? guessed] });
    });
  }
}
