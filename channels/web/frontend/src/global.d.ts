import type { LangelisApi } from './embed/api';

declare global {
  interface Window {
    langelis?: LangelisApi;
    langelisSettings?: unknown;
  }
}
