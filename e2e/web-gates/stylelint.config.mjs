// The properties this design needs; anything else is a question to ask before it is added.
const PROPERTIES = [
  'animation', 'background', 'border', 'border-bottom', 'border-collapse', 'border-color',
  'border-left', 'border-left-color', 'border-left-width', 'border-radius', 'border-right',
  'border-style', 'border-top', 'border-width', 'bottom', 'box-shadow', 'box-sizing', 'clear', 'clip', 'color',
  'content', 'cursor', 'display', 'flex', 'flex-wrap', 'float', 'font-family',
  'font-feature-settings', 'font-size', 'font-weight', 'height', 'left', 'letter-spacing',
  'line-height', 'list-style', 'margin', 'margin-bottom', 'margin-left', 'margin-right',
  'margin-top', 'max-width', 'min-height', 'min-width', 'outline', 'overflow', 'padding',
  'padding-bottom', 'padding-left', 'padding-right', 'padding-top', 'page-break-inside',
  'position', 'right', 'size', 'text-align', 'text-decoration', 'top', 'vertical-align', 'white-space',
  'width', 'word-break', 'word-wrap', 'z-index',
  // Only inside a vendor's own engine.
  '-ms-text-size-adjust', '-webkit-text-size-adjust',
];

export default {
  plugins: ['stylelint-no-unsupported-browser-features'],
  reportNeedlessDisables: true,
  rules: {
    'block-no-empty': true,
    'color-no-invalid-hex': true,
    'declaration-block-no-duplicate-properties': true,
    'declaration-block-no-shorthand-property-overrides': true,
    'no-duplicate-selectors': true,
    'property-allowed-list': PROPERTIES,
    'property-no-unknown': true,
    'selector-pseudo-class-allowed-list': ['hover', 'focus', 'last-child', 'nth-child'],
    'selector-pseudo-element-allowed-list': ['after', 'before'],
    'unit-allowed-list': ['px', 'rem', 'em', '%', 's', 'pt', 'mm'],
    'declaration-property-value-allowed-list': {
      display: ['/^(block|inline-block|none|flex)/'],
      position: ['static', 'relative', 'absolute'],
    },
    'function-disallowed-list': ['var', 'clamp', 'min', 'max', 'env', 'calc'],
    'plugin/no-unsupported-browser-features': [
      true,
      {
        browsers: ['ie 11'],
        // Harmless: a media query that an old engine skips; text-decoration with a single word.
        ignore: ['prefers-reduced-motion', 'mdn-text-decoration-shorthand'],
        ignorePartialSupport: true,
      },
    ],
  },
};
