// @vitest-environment happy-dom
import { render } from 'lit';
import { beforeEach, describe, expect, test } from 'vitest';
import { Uploads } from '../../src/uploads';
import { uploadsView, attachView } from '../../src/components/uploads';
import { SendError, type SendFile } from '../../src/files';
import { lt as words } from '../../src/i18n/operator-lt';
import type { Row } from '../../src/operator/model';
import { filesView, noteView, rowView, sendingView, type RowPlace } from '../../src/operator/views/row';

const PLACE: RowPlace = {
  conversation: 'k 1',
  me: 'o1',
  grouped: false,
  answer: null,
  read: false,
  found: false,
  quoted: null,
};
let box: HTMLElement;

function row(fields: Partial<Row> = {}): Row {
  return {
    seq: 4,
    author: 'bot',
    text: 'Prašymą galite pateikti internetu.',
    at: '2026-11-21T10:00:00Z',
    buttons: [],
    card: null,
    attachments: [],
    lang: null,
    nlu: null,
    operator: null,
    clientId: null,
    replyTo: null,
    ...fields,
  };
}

function shown(fields: Partial<Row>, place: Partial<RowPlace> = {}): string {
  render(rowView(row(fields), { ...PLACE, ...place }), box);
  return wordsOf(box);
}

/** What a person reads, with single spaces. */
function wordsOf(element: Element | null): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

beforeEach(() => {
  box = document.createElement('div');
});

describe('a row of the log', () => {
  test('says in words what the bot took the message for, and which service it found', () => {
    shown({ nlu: { intent: 'ask_service_cost', confidence: 0.937, service: 'Mokestis už darželį' } });
    expect(wordsOf(box.querySelector('.guess'))).toBe(
      'Roboto spėjimas: kiek kainuoja · Mokestis už darželį tikimybė 94 %',
    );
    shown({ nlu: { intent: 'ask_hours', confidence: 1, service: null } });
    expect(wordsOf(box.querySelector('.guess'))).toBe('Roboto spėjimas: darbo laikas tikimybė 100 %');
  });

  test('shows an intent of a newer server by its name rather than nothing', () => {
    shown({ nlu: { intent: 'ask_weather', confidence: 0.5, service: null } });
    expect(wordsOf(box.querySelector('.guess'))).toContain('ask_weather');
  });

  test('shows what people wrote as they wrote it, and nothing of it as markup', () => {
    expect(shown({ author: 'resident', text: '<img src=x onerror=alert(1)>' })).toContain('<img src=x');
    expect(box.querySelector('img')).toBeNull();
  });

  test('names colleagues, and the reader "you"', () => {
    const operator = { id: 'o1', name: 'Rūta' };
    expect(shown({ author: 'operator', operator })).toContain(words.thread.you);
    expect(shown({ author: 'operator', operator }, { me: 'o2' })).toContain('Rūta');
  });

  test('marks the button that was pressed, and how far the resident has read', () => {
    const buttons = [
      { title: 'Taip', payload: '/affirm' },
      { title: 'Ne', payload: '/deny' },
    ];
    shown({ buttons }, { answer: 'Ne' });
    expect(wordsOf(box.querySelector('.choice.chosen'))).toContain('Ne');
    expect(box.querySelectorAll('.choice.chosen')).toHaveLength(1);
    expect(shown({ author: 'operator' }, { read: true })).toContain(words.thread.read);
  });

  test('of files alone has no empty bubble; pictures are shown, others are links of the conversation', () => {
    const attachments = [
      { id: 'a/1', name: 'duobė.jpg', mediaType: 'image/jpeg', size: 3_500_000 },
      { id: 'b', name: 'raštas.pdf', mediaType: 'application/pdf', size: 900 },
    ];
    expect(shown({ author: 'resident', text: '', attachments })).toContain('raštas.pdf 1 KB');
    expect(box.querySelector('.said')).toBeNull();
    expect([...box.querySelectorAll('a.file')].map((link) => link.getAttribute('href'))).toEqual([
      '/operator/conversations/k%201/files/a%2F1',
      '/operator/conversations/k%201/files/b',
    ]);
    expect(box.querySelectorAll('img')).toHaveLength(1);
    render(filesView([], '/x'), box);
    expect(wordsOf(box)).toBe('');
  });
});

describe('what is not in the log', () => {
  test('a note says that only colleagues see it', () => {
    const operator = { id: 'o2', name: 'Jonas' };
    render(noteView({ id: 'n', conversation: 'k', afterSeq: 1, operator, text: 'sau', at: '' }), box);
    expect(wordsOf(box)).toContain(words.thread.noteHint);
    expect(wordsOf(box)).toContain('Jonas');
  });

  test('an unsent reply says why, and can be sent again or given up', () => {
    const done: string[] = [];
    const attachments = [{ id: 'f', name: 'sprendimas.pdf', mediaType: '', size: 1 }];
    const plain = {
      id: 'x',
      conversation: 'k',
      kind: 'reply',
      text: '',
      service: null,
      at: '',
      seq: null,
    } as const;
    const actions = {
      retry: (id: string) => void done.push(`retry ${id}`),
      discard: (id: string) => void done.push(`discard ${id}`),
    };
    render(sendingView({ ...plain, attachments, failed: true, reason: 'Pokalbis baigtas.' }, actions), box);
    expect(wordsOf(box)).toContain('sprendimas.pdf');
    expect(wordsOf(box)).toContain('Pokalbis baigtas.');
    for (const button of box.querySelectorAll('button')) button.click();
    expect(done).toEqual(['retry x', 'discard x']);
  });
});

describe('files of the message that is being written', () => {
  function begin(error: SendError | null): Uploads {
    const send: SendFile = () => ({
      done: error === null ? new Promise(() => undefined) : Promise.reject(error),
      cancel: () => undefined,
    });
    const uploads = new Uploads(
      send,
      () => words.files,
      () => {
        render(uploadsView(uploads, words.files), box);
      },
    );
    return uploads;
  }

  test('show their progress by name, and can be removed', () => {
    const uploads = begin(null);
    uploads.add([new File(['x'], 'raštas.txt')]);
    expect(box.querySelector('progress')?.getAttribute('aria-label')).toBe(
      words.files.sendingFile('raštas.txt'),
    );
    box.querySelector<HTMLButtonElement>('.upload-remove')?.click();
    expect(box.querySelector('.upload')).toBeNull();
  });

  test.each([
    [415, 'Tokio tipo failo priimti negaliu.', 0],
    [503, 'Palaukite.', 1],
  ])(
    'refused with %i say why, and offer another try only where it can help',
    async (status, sentence, buttons) => {
      const uploads = begin(new SendError(status, sentence));
      uploads.add([new File(['x'], 'raštas.txt')]);
      await new Promise((resolve) => setTimeout(resolve));
      expect(wordsOf(box.querySelector('.upload-problem'))).toContain(sentence);
      expect(box.querySelectorAll('.upload-problem button')).toHaveLength(buttons);
    },
  );

  test('are chosen by a button that has a name', () => {
    render(attachView(begin(null), words.files, 'tool'), box);
    expect(box.querySelector('button')?.getAttribute('aria-label')).toBe(words.files.attach);
    expect(box.querySelector('input')?.getAttribute('accept')).toContain('image/jpeg');
  });
});
