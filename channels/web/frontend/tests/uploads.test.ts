import { beforeEach, describe, expect, test } from 'vitest';
import { SendError, sizeWords, type Attachment, type SendFile } from '../src/files';
import { lt } from '../src/i18n/lt';
import { Uploads } from '../src/uploads';

interface Going {
  readonly name: string;
  readonly progress: (share: number) => void;
  readonly arrive: (attachment: Attachment) => void;
  readonly fail: (error: unknown) => void;
  cancelled: boolean;
}

let going: Going[];
let changes: number;

const send: SendFile = (file, progress) => {
  let arrive: Going['arrive'] = () => undefined;
  let fail: Going['fail'] = () => undefined;
  const done = new Promise<Attachment>((resolve, reject) => {
    arrive = resolve;
    fail = reject;
  });
  const item: Going = { name: file.name, progress, arrive, fail, cancelled: false };
  going.push(item);
  return {
    done,
    cancel: () => {
      item.cancelled = true;
    },
  };
};

function begin(): Uploads {
  return new Uploads(
    send,
    () => lt,
    () => {
      changes += 1;
    },
  );
}

function file(name: string, size = 10): File {
  const made = new File(['x'], name);
  Object.defineProperty(made, 'size', { value: size });
  return made;
}

function attachment(id: string): Attachment {
  return { id, name: `${id}.pdf`, mediaType: 'application/pdf', size: 10 };
}

/** Lets promises that are settled tell so. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

beforeEach(() => {
  going = [];
  changes = 0;
});

describe('files of a message', () => {
  test('show how much has gone and are ready when they have come', async () => {
    const uploads = begin();
    uploads.add([file('a.pdf'), file('b.pdf')]);
    going[0]?.progress(0.5);
    expect(uploads.items.map(({ share }) => share)).toEqual([0.5, 0]);
    expect(uploads.busy).toBe(true);
    going[1]?.arrive(attachment('b'));
    going[0]?.arrive(attachment('a'));
    await settle();
    expect(uploads.busy).toBe(false);
    // In the order in which they were added, not in which they came.
    expect(uploads.attachments.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(changes).toBeGreaterThan(3);
  });

  test('of 200 MB, empty ones and the sixth are refused in words before anything is sent', () => {
    const uploads = begin();
    uploads.add([file('filmas.mp4', 200 * 1024 * 1024)]);
    expect(uploads.refusal).toBe(lt.fileTooLarge('filmas.mp4'));
    uploads.add([file('tuščias.txt', 0)]);
    expect(uploads.refusal).toBe(lt.fileEmpty('tuščias.txt'));
    expect(going).toEqual([]);
    uploads.add([1, 2, 3, 4, 5, 6].map((number) => file(`${String(number)}.pdf`)));
    expect(uploads.items).toHaveLength(5);
    expect(uploads.refusal).toBe(lt.filesTooMany);
  });

  test('that the server refuses stay with its sentence until they are removed or tried again', async () => {
    const uploads = begin();
    uploads.add([file('a.exe')]);
    going[0]?.fail(new SendError(415, 'Tokio tipo failo priimti negaliu.'));
    await settle();
    expect(uploads.items[0]?.problem).toBe('Tokio tipo failo priimti negaliu.');
    expect([uploads.busy, uploads.broken]).toEqual([false, true]);
    expect(uploads.items[0]?.retryable).toBe(false);
    uploads.retry(uploads.items[0]?.key ?? 0);
    expect([uploads.busy, uploads.broken]).toEqual([true, false]);
    going[1]?.arrive(attachment('a'));
    await settle();
    expect(uploads.attachments).toHaveLength(1);
  });

  test.each([
    [new SendError(0, ''), lt.fileFailed],
    [new SendError(401, 'Prisijunkite.'), lt.fileExpired],
    [new TypeError('x'), lt.fileFailed],
  ])('that could not go say why: %s', async (error, sentence) => {
    const uploads = begin();
    uploads.add([file('a.pdf')]);
    going[0]?.fail(error);
    await settle();
    expect(uploads.items[0]).toMatchObject({ problem: sentence, retryable: true });
  });

  test('that are removed stop, and what comes of them later changes nothing', async () => {
    const uploads = begin();
    uploads.add([file('a.pdf'), file('b.pdf')]);
    uploads.remove(uploads.items[0]?.key ?? 0);
    expect(going[0]?.cancelled).toBe(true);
    going[0]?.arrive(attachment('a'));
    await settle();
    expect(uploads.items.map(({ name }) => name)).toEqual(['b.pdf']);
    uploads.clear();
    expect(uploads.items).toEqual([]);
  });
});

test.each([
  [1, '1 KB'],
  [12_300, '12 KB'],
  [3_500_000, '3,3 MB'],
  [10 * 1024 * 1024, '10 MB'],
])('%i bytes are told as %s', (bytes, expected) => {
  expect(sizeWords(bytes, 'lt-LT')).toBe(expected);
});
