/** What may be done with a case: which fields each command asks for. */

import { html, nothing, type TemplateResult } from 'lit';
import { lt as words } from '../../i18n/operator-lt';
import type { CaseDetail } from '../model';
import { options } from './part';

export type CaseCommand = keyof typeof words.cases.commands;
type FieldName = keyof typeof words.cases.fields;

interface Field {
  readonly name: FieldName;
  readonly type: 'text' | 'long' | 'number' | 'date' | 'email' | 'kind';
  readonly required: boolean;
}

function field(name: FieldName, type: Field['type'] = 'text', required = true): Field {
  return { name, type, required };
}

/** VAĮ 10 str. 5 d.: a decision without one of these is none. */
export const DECISION: readonly Field[] = [
  field('institution'),
  field('decided_on', 'date'),
  field('number'),
  field('ruling', 'long'),
  field('grounds', 'long'),
  field('motives', 'long'),
  field('appeal', 'long'),
  field('official'),
];

export const FIELDS: Readonly<Record<CaseCommand, readonly Field[]>> = {
  assign: [field('unit'), field('person', 'text', false), field('email', 'email', false)],
  classify: [field('kind', 'kind', false), field('complained_about', 'text', false), field('reason', 'long')],
  investigate: [field('note', 'long', false)],
  extend: [field('days', 'number'), field('reason', 'long')],
  pause: [field('reason', 'long')],
  resume: [field('note', 'long', false)],
  forward: [field('to'), field('reason', 'long')],
  decide: DECISION,
  notify: [field('how', 'long')],
  close: [field('reason', 'long')],
  reopen: [field('reason', 'long')],
};

export const COMMANDS = Object.keys(FIELDS) as CaseCommand[];

/** VAĮ 10 str. 4 d.: at most ten working days. */
const LONGEST_EXTENSION = 10;

/** The body of a command: numbers as numbers, empty optional fields left out. */
export function commandBody(
  command: CaseCommand,
  values: Readonly<Record<string, string>>,
): Record<string, string | number> {
  const body: Record<string, string | number> = {};
  for (const { name, type } of FIELDS[command]) {
    const value = values[name] ?? '';
    if (value === '') continue;
    body[name] = type === 'number' ? Number(value) : value;
  }
  return body;
}

/** The names of the fields that must be filled and are not. */
export function missingFields(
  command: CaseCommand,
  values: Readonly<Record<string, string>>,
): readonly FieldName[] {
  return FIELDS[command]
    .filter(({ name, required }) => required && (values[name] ?? '') === '')
    .map(({ name }) => name);
}

function kindOptions(detail: CaseDetail): TemplateResult[] {
  const kinds = Object.entries(words.cases.kinds).filter(([value]) => value !== detail.line.kind);
  const list = kinds.map(([value, label]) => ({ value, label }));
  return options([{ value: '', label: words.cases.unchanged }, ...list], '');
}

function control(item: Field, detail: CaseDetail, id: string): TemplateResult {
  const { name, type, required } = item;
  switch (type) {
    case 'long':
      return html`<textarea
        id=${id}
        name=${name}
        rows="3"
        maxlength="5000"
        ?required=${required}
      ></textarea>`;
    case 'kind':
      return html`<select id=${id} name=${name}>
        ${kindOptions(detail)}
      </select>`;
    case 'number':
      return html`<input
        id=${id}
        name=${name}
        type="number"
        min="1"
        max=${LONGEST_EXTENSION}
        step="1"
        ?required=${required}
      />`;
    case 'text':
    case 'date':
    case 'email':
      return html`<input
        id=${id}
        name=${name}
        type=${type}
        maxlength="300"
        autocomplete="off"
        ?required=${required}
      />`;
  }
}

export function fieldView(item: Field, detail: CaseDetail, missing: readonly string[]): TemplateResult {
  const id = `case-${item.name}`;
  const lacks = missing.includes(item.name);
  return html`<div class="field-label ${lacks ? 'lacks' : ''}">
    <label for=${id}
      >${words.cases.fields[item.name]}${item.required ? nothing : html` <span class="hint">(${words.optional})</span>`}</label
    >
    ${control(item, detail, id)} ${lacks ? html`<span class="problem">${words.required}</span>` : nothing}
  </div>`;
}
