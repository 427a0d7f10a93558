/** The script of the operators' console: fills `<langelis-console>` on the page at /operator. */

import { define } from '../components/light-element';
import { LangelisLinkStatus } from '../components/link-status';
import { browserSender } from '../files';
import { newId } from '../ids';
import { browserSocket, socketAddress } from '../socket';
import { browserTimers } from '../timers';
import { usable } from '../vault';
import { BrowserSignals } from './browser-alerts';
import { Desk } from './desk';
import { addressOf } from './routes';
import { AccountPage } from './views/account';
import { AuditPage } from './views/audit';
import { CannedPage } from './views/canned';
import { CasePage } from './views/case';
import { CommandBar } from './views/command-bar';
import { DeskComposer } from './views/composer';
import { LangelisConsole } from './views/console';
import { DeskContext } from './views/context';
import { FinishDialog, GiveBackDialog, TransferDialog } from './views/dialogs';
import { FirstRun } from './views/first-run';
import { HelpPage } from './views/help';
import { DeskList } from './views/list';
import { PeoplePage } from './views/people';
import { CaseRegister } from './views/register';
import { SearchPage } from './views/search';
import { ServiceDialog } from './views/service-dialog';
import { SettingsPage } from './views/settings';
import { TasksPage } from './views/tasks';
import { DeskThread } from './views/thread';

const PARTS: Readonly<Record<string, CustomElementConstructor>> = {
  'langelis-link-status': LangelisLinkStatus,
  'desk-list': DeskList,
  'desk-composer': DeskComposer,
  'desk-thread': DeskThread,
  'desk-context': DeskContext,
  'first-run': FirstRun,
  'transfer-dialog': TransferDialog,
  'finish-dialog': FinishDialog,
  'give-back-dialog': GiveBackDialog,
  'service-dialog': ServiceDialog,
  'command-bar': CommandBar,
  'case-register': CaseRegister,
  'case-page': CasePage,
  'tasks-page': TasksPage,
  'search-page': SearchPage,
  'canned-page': CannedPage,
  'settings-page': SettingsPage,
  'account-page': AccountPage,
  'people-page': PeoplePage,
  'audit-page': AuditPage,
  'help-page': HelpPage,
};

const signals = new BrowserSignals((conversation) => {
  window.location.hash = addressOf('conversations', conversation);
});

const desk = new Desk({
  fetch: (path, init) => fetch(path, init),
  openSocket: browserSocket(socketAddress(window.location.origin, '/operator/ws')),
  timers: browserTimers,
  lasting: usable(() => window.localStorage),
  passing: usable(() => window.sessionStorage),
  newId,
  now: () => Date.now(),
  signals,
  sendFile: (conversation, token) =>
    browserSender(
      () => `/operator/api/conversations/${encodeURIComponent(conversation)}/files`,
      () => ({ 'X-CSRF-Token': token }),
    ),
});

/** The element stands in the page already, so it is made ready before it wakes. */
class Console extends LangelisConsole {
  override desk = desk;
  override signals = signals;
}

for (const [name, part] of Object.entries(PARTS)) define(name, part);
define('langelis-console', Console);
