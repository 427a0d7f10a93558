import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

/** The stylesheet of the page around the console goes out as it is. */
function stylesheet(): Plugin {
  return {
    name: 'langelis-operator-stylesheet',
    generateBundle(): void {
      const source = readFileSync(new URL('src/pages/operator.css', import.meta.url), 'utf8');
      this.emitFile({ type: 'asset', fileName: 'operator.css', source });
    },
  };
}

/** The operators' console; built after the widget, whose build empties the folder. */
export default defineConfig({
  plugins: [stylesheet()],
  publicDir: false,
  build: {
    outDir: '../static',
    emptyOutDir: false,
    target: 'es2022',
    lib: {
      entry: 'src/operator/main.ts',
      name: 'langelisOperator',
      formats: ['iife'],
      fileName: () => 'operator.js',
    },
    rolldownOptions: {
      output: {
        postBanner: '/*! Langelis, EUPL-1.2. Contains Lit, BSD-3-Clause: /static/widget.LICENSE.txt */',
      },
    },
  },
});
