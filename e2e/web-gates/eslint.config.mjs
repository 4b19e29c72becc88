import compat from 'eslint-plugin-compat';

// Methods that Internet Explorer 11's DOM does not have, whatever object they are called on.
const ABSENT_FROM_IE11 = [
  'append', 'prepend', 'before', 'after', 'replaceWith', 'replaceChildren', 'remove', 'closest',
  'matches', 'forEach', 'padStart', 'padEnd', 'includes', 'startsWith', 'endsWith', 'find',
  'findIndex', 'fill', 'from', 'of', 'entries', 'values', 'assign', 'finally', 'toggleAttribute',
  'isConnected', 'responseURL', 'submitter', 'requestSubmit', 'isIntersecting', 'composedPath',
  'classList', 'scrollIntoViewIfNeeded', 'repeat', 'flat', 'flatMap', 'randomUUID',
  'dataset',
];

export default [
  {
    files: ['**/*.js'],
    languageOptions: {
      ecmaVersion: 5,
      sourceType: 'script',
      globals: {
        document: 'readonly',
        window: 'readonly',
        XMLHttpRequest: 'readonly',
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    settings: { browsers: ['ie 11'] },
    plugins: { compat },
    rules: {
      'compat/compat': 'error',
      'no-undef': 'error',
      'no-unused-vars': 'error',
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-restricted-properties': [
        'error',
        ...ABSENT_FROM_IE11.map((property) => ({
          property,
          message: 'Internet Explorer 11 does not have it.',
        })),
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => ({
          property,
          message: 'Text goes in as text.',
        })),
      ],
    },
  },
];
