/** Registers the elements of the window. */

import { LangelisChat } from './chat';
import { LangelisComposer } from './composer';
import { LangelisFile } from './file';
import { define } from './light-element';
import { LangelisLinkStatus } from './link-status';
import { LangelisLog } from './log';

export { LangelisChat };

/** `host` is the origin of the Langelis server. */
export function defineElements(host: string): void {
  LangelisChat.host = host;
  define('langelis-composer', LangelisComposer);
  define('langelis-link-status', LangelisLinkStatus);
  define('langelis-file', LangelisFile);
  define('langelis-log', LangelisLog);
  define('langelis-chat', LangelisChat);
}
