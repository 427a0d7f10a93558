import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config({ ignores: ['node_modules/'] }, js.configs.recommended, {
  files: ['**/*.ts'],
  extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  rules: {
    '@typescript-eslint/explicit-module-boundary-types': 'error',
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    'max-lines': ['error', { max: 400, skipBlankLines: true }],
    'no-restricted-properties': [
      'error',
      { property: 'innerHTML', message: 'What people wrote goes through textContent or a Lit binding.' },
      { property: 'outerHTML', message: 'What people wrote goes through textContent or a Lit binding.' },
    ],
    'no-restricted-imports': ['error', { patterns: ['lit/directives/unsafe-*'] }],
  },
});
