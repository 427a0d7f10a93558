/** Buttons of the page that put a question to the chat: `<button data-langelis-ask="Kur kreiptis?">`. */

import type { LangelisChat } from '../components';

export function listenForQuestions(chat: LangelisChat): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest('[data-langelis-ask]') : null;
    const question = target?.getAttribute('data-langelis-ask')?.trim();
    if (question) chat.ask(question);
  });
}
