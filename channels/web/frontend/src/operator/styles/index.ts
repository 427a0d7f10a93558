import { card } from '../../styles/card';
import { tokens } from '../../styles/tokens';
import { uploads } from '../../styles/uploads';
import { base } from './base';
import { casePage } from './case';
import { composer } from './composer';
import { context } from './context';
import { dialogs } from './dialogs';
import { forms } from './forms';
import { layout } from './layout';
import { list } from './list';
import { pages } from './pages';
import { thread } from './thread';

export const styles = [
  tokens,
  base,
  layout,
  list,
  card,
  thread,
  composer,
  uploads,
  context,
  forms,
  pages,
  casePage,
  dialogs,
];
