import { card } from './card';
import { composer } from './composer';
import { log } from './log';
import { panel } from './panel';
import { tokens } from './tokens';
import { uploads } from './uploads';

export const styles = [tokens, panel, log, card, composer, uploads];
