import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { defineConfig } from 'vite';

// GraphiQL's stylesheet carries its fonts as 370 kB of base64; explorer.css names system fonts in their place.
function withoutFonts() {
  return {
    name: 'without-fonts',
    enforce: 'pre',
    transform(code, id) {
      return id.endsWith('/graphiql/dist/style.css') ? { code: code.replaceAll(/@font-face\s*\{[^}]*\}/g, ''), map: null } : null;
    },
  };
}

function packageOf(file) {
  let folder = dirname(file);
  while (folder.includes('node_modules')) {
    const path = join(folder, 'package.json');
    // Some packages have nested package.json files that only say which module system applies.
    if (existsSync(path)) {
      const found = JSON.parse(readFileSync(path, 'utf8'));
      if (found.name && found.version) return { ...found, folder };
    }
    folder = dirname(folder);
  }
  return null;
}

// Written from what really is in the bundle, so that it cannot be forgotten.
function licences() {
  return {
    name: 'licences',
    generateBundle(_, bundle) {
      const packages = new Map();
      for (const chunk of Object.values(bundle)) {
        for (const id of chunk.moduleIds ?? []) {
          const found = packageOf(id.replace(/^\0/, '').replace(/\?.*$/, ''));
          if (found) packages.set(`${found.name} ${found.version}`, found);
        }
      }
      const sorted = [...packages.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
      const list = sorted.map(([name, found]) => `${name}: ${found.license}`);
      const texts = sorted.map(([name, found]) => {
        const file = readdirSync(found.folder).find((entry) => /^licen[cs]e/i.test(entry));
        const author = typeof found.author === 'string' ? found.author : found.author?.name;
        const text = file
          ? readFileSync(join(found.folder, file), 'utf8').trim()
          : `The package has no licence file. Its package.json says: ${found.license}, by ${author ?? 'its contributors'}.`;
        return `${name} (${found.license})\n\n${text}`;
      });
      const source = [`Packages in explorer.js and explorer.css:\n\n${list.join('\n')}`, ...texts].join(
        `\n\n${'-'.repeat(80)}\n\n`,
      );
      this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: `${source}\n` });
    },
  };
}

export default defineConfig({
  base: '/explorer/',
  esbuild: { jsx: 'automatic', legalComments: 'none' },
  plugins: [withoutFonts(), licences()],
  build: {
    outDir: 'dist',
    target: 'es2020',
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 1_000_000,
    chunkSizeWarningLimit: 2_000,
    rollupOptions: {
      // Marks for server rendering, without a meaning here.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
      output: {
        inlineDynamicImports: true,
        entryFileNames: 'explorer.js',
        assetFileNames: 'explorer.[ext]',
      },
    },
  },
});
