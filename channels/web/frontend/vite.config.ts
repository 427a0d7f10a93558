import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

const COPIES = {
  // The stylesheet of the server's own pages.
  'page.css': 'src/pages/page.css',
  'operator-sign-in.css': 'src/pages/operator-sign-in.css',
  // Lit is inside the widget; its licence asks to be passed on.
  'widget.LICENSE.txt': 'node_modules/lit/LICENSE',
};

/** Puts beside the widget what goes out as it is. */
function copies(): Plugin {
  return {
    name: 'langelis-copies',
    generateBundle(): void {
      for (const [fileName, path] of Object.entries(COPIES)) {
        const source = readFileSync(new URL(path, import.meta.url), 'utf8');
        this.emitFile({ type: 'asset', fileName, source });
      }
    },
  };
}

export default defineConfig({
  plugins: [copies()],
  build: {
    outDir: '../static',
    emptyOutDir: true,
    target: 'es2022',
    // One classic script: municipal sites embed it with a single <script async>.
    lib: {
      entry: 'src/widget.ts',
      name: 'langelisWidget',
      formats: ['iife'],
      fileName: () => 'widget.js',
    },
    rolldownOptions: {
      output: {
        postBanner: '/*! Langelis, EUPL-1.2. Contains Lit, BSD-3-Clause: /static/widget.LICENSE.txt */',
      },
    },
  },
});
