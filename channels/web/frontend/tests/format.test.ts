import { describe, expect, test } from 'vitest';
import { readableAccent } from '../src/color';
import { dayName, hostOf, lengthOf, linkify, safeLink, safeUrl } from '../src/format';
import { readSettings } from '../src/embed/settings';
import { wordsFor } from '../src/i18n';
import { newId } from '../src/ids';
import { socketAddress } from '../src/socket';

function links(text: string): [string, string][] {
  return linkify(text).flatMap(({ text: shown, href }) => (href === null ? [] : [[shown, href]]));
}

describe('linkify', () => {
  test.each([
    ['Žr. https://www.trakai.lt/a?b=1.', 'https://www.trakai.lt/a?b=1', 'https://www.trakai.lt/a?b=1'],
    [
      '(https://lt.wikipedia.org/wiki/A_(b))',
      'https://lt.wikipedia.org/wiki/A_(b)',
      'https://lt.wikipedia.org/wiki/A_(b)',
    ],
    ['„https://trakai.lt“', 'https://trakai.lt', 'https://trakai.lt/'],
    ['Svetainė www.varena.lt, darbo laikas', 'www.varena.lt', 'https://www.varena.lt/'],
    [
      'El. paštas: svietimas.kokybe@trakai.lt.',
      'svietimas.kokybe@trakai.lt',
      'mailto:svietimas.kokybe@trakai.lt',
    ],
    ['tel. +370 528 55603,', '+370 528 55603', 'tel:+37052855603'],
    ['tel. +37052855603', '+37052855603', 'tel:+37052855603'],
    ['tel. (8 310) 31 970', '(8 310) 31 970', 'tel:+37031031970'],
    ['tel. 8 800 66366', '8 800 66366', 'tel:+37080066366'],
    ['tel. 0 315 55530', '0 315 55530', 'tel:+37031555530'],
    ['Emocinė parama 116 123', '116 123', 'tel:116123'],
    ['Nedelsdami skambinkite 112!', '112', 'tel:112'],
    ['Call 112 right now.', '112', 'tel:112'],
    ['Звоните 112 – прямо сейчас.', '112', 'tel:112'],
    ['Proszę dzwonić pod numer 112 – natychmiast.', '112', 'tel:112'],
    ['Просто зараз телефонуйте 112.', '112', 'tel:112'],
  ])('finds the one link of %s', (text, shown, href) => {
    expect(links(text)).toEqual([[shown, href]]);
  });

  test.each([
    'Kaina 112 Eur',
    'Kodas 181626536',
    'PAS-8 528 55603',
    '2026-11-21 10:00',
    'Įsakymas Nr. P2E-998',
    'https://trakai.lt@evil.example/',
    'javascript:alert(1)',
    'ftp://trakai.lt/a',
    'LT12 1000 0111 0100 1000',
  ])('leaves %s alone', (text) => {
    expect(links(text)).toEqual([]);
  });

  test.each([
    '',
    'abc',
    'a https://a.lt b@c.lt +370 528 55603 d',
    '<b>https://a.lt</b>',
    '\n\nhttps://a.lt\n',
  ])('loses nothing of %j', (text) => {
    expect(
      linkify(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });
});

describe('addresses', () => {
  test.each(['javascript:alert(1)', 'data:text/html,x', 'https://a@b.lt', 'nonsense', '//a.lt'])(
    '%s is no safe link',
    (address) => {
      expect(safeUrl(address)).toBeNull();
      expect(safeLink(address)).toBeNull();
    },
  );

  test('mail and telephone are links without a host', () => {
    expect(safeLink('mailto:a@b.lt')).toBe('mailto:a@b.lt');
    expect(hostOf('tel:+37052855603')).toBeNull();
    expect(hostOf('https://www.trakai.lt/a')).toBe('trakai.lt');
  });

  test('the socket is on the host of the script', () => {
    expect(socketAddress('https://langelis.lt')).toBe('wss://langelis.lt/ws');
    expect(socketAddress('http://127.0.0.1:8080')).toBe('ws://127.0.0.1:8080/ws');
  });
});

test('the length is what the server counts: code points without the space around', () => {
  expect(lengthOf('  ąžuolas 🏠 ')).toBe(9);
});

test('days are named', () => {
  const now = new Date('2026-11-21T12:00:00');
  const words = wordsFor('lt');
  expect(dayName('2026-11-21T01:00:00', now, 'lt-LT', words)).toBe('Šiandien');
  expect(dayName('2026-11-20T23:00:00', now, 'lt-LT', words)).toBe('Vakar');
  expect(dayName('2026-11-01T12:00:00', now, 'en-GB', words)).toBe('1 November 2026');
});

test.each([
  ['#0b5d3b', '#0b5d3b'],
  ['#036', '#036'],
  ['#ffcc00', null],
  ['red', null],
  ['#0b5d3b; background: url(x)', null],
])('the colour %s is taken only when white can be read on it', (color, taken) => {
  expect(readableAccent(color)).toBe(taken);
});

describe('settings', () => {
  test('have defaults for what is missing or wrong', () => {
    const settings = { position: 'top', theme: 'loud', open: 'no', municipality: 7 };
    expect(readSettings(settings, {})).toEqual({
      municipality: '',
      locale: 'lt',
      position: 'right',
      theme: 'auto',
      color: '',
      open: false,
    });
  });

  test('the object is stronger than the attributes of the script', () => {
    const settings = readSettings(
      { municipality: 'varena', open: true },
      { municipality: 'trakai', locale: 'en' },
    );
    expect(settings).toMatchObject({ municipality: 'varena', locale: 'en', open: true });
  });

  test("a colour of one's own makes the window light unless a theme is asked for", () => {
    expect(readSettings({ color: '#036' }, {}).theme).toBe('light');
    expect(readSettings({ color: '#036', theme: 'auto' }, {}).theme).toBe('auto');
  });
});

test('identifiers are version 4 UUIDs and differ', () => {
  const ids = Array.from({ length: 50 }, newId);
  expect(new Set(ids).size).toBe(50);
  for (const id of ids)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});
