import { describe, expect, test } from 'vitest';
import { readFrame } from '../src/protocol';
import { row, welcome } from './fakes';

function read(value: unknown): ReturnType<typeof readFrame> {
  return readFrame(JSON.stringify(value));
}

describe('readFrame', () => {
  test.each(['', '{', 'null', '[]', '42', '"hello"', '{}', '{"type":"news"}', '{"type":1}'])(
    'ignores what it does not understand: %s',
    (data) => {
      expect(readFrame(data)).toBeNull();
    },
  );

  test.each([
    { ...welcome(), token: 7 },
    { ...welcome(), municipality: 'trakai' },
    { type: 'message', seq: -1, author: 'bot', text: 'a' },
    { type: 'message', seq: 1.5, author: 'bot', text: 'a' },
    { type: 'message', seq: 1, author: 'stranger', text: 'a' },
    { type: 'accepted', client_id: 'a' },
    { type: 'owner', seq: 1, owner: 'nobody' },
  ])('refuses a frame whose fields are wrong: %j', (frame) => {
    expect(read(frame)).toBeNull();
  });

  test('a welcome without limits has the limit of the protocol', () => {
    expect(read({ ...welcome(), limits: null })).toMatchObject({ textLimit: 2000 });
    expect(read(welcome({ limits: { text: 500 } }))).toMatchObject({ textLimit: 500 });
  });

  test('a message without extras has none', () => {
    expect(read(row(3, 'bot'))).toEqual({
      type: 'message',
      seq: 3,
      author: 'bot',
      text: 'žinutė 3',
      at: '2026-11-21T10:00:00Z',
      clientId: null,
      buttons: [],
      card: null,
      attachments: [],
      lang: null,
    });
  });

  test('broken buttons are left out, the others stay', () => {
    const buttons = [{ title: 'A', payload: '/a' }, { title: 'B' }, 'C', null];
    expect(read(row(1, 'bot', { buttons }))).toMatchObject({ buttons: [{ title: 'A', payload: '/a' }] });
  });

  test('a card without a title is no card, so the text is shown', () => {
    expect(read(row(1, 'bot', { card: { kind: 'service' } }))).toMatchObject({ card: null });
  });

  test('a card keeps its lines and forgets what is not text', () => {
    const section = { heading: null, style: 'steps', lines: ['viens', 2, 'trys'], asked: 'yes' };
    const card = {
      kind: 'service',
      title: 'Paslauga',
      sections: [section, 'x'],
      links: [{ url: 'https://a.lt' }],
    };
    expect(read(row(1, 'bot', { card }))).toMatchObject({
      card: {
        title: 'Paslauga',
        lead: null,
        sections: [{ heading: null, style: 'steps', lines: ['viens', 'trys'], asked: false }],
        warnings: [],
        links: [{ label: 'https://a.lt', url: 'https://a.lt' }],
        checkedLabel: null,
      },
    });
  });
});
