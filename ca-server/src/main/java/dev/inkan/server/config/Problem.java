package dev.inkan.server.config;

/**
 * Something that cannot work.
 *
 * @param origin file and line, or the environment variable
 * @param key the key, or nothing if the whole file is meant
 * @param wrong what is wrong
 * @param allowed what would be right
 * @param mend what to do
 */
record Problem(Origin origin, String key, String wrong, String allowed, String mend) {

  /** Where a value comes from; orders by line. */
  record Origin(String text, int line) {

    static Origin line(String file, int line) {
      return new Origin(file + ":" + line, line);
    }

    static Origin file(String file) {
      return new Origin(file, 0);
    }
  }

  int line() {
    return origin.line();
  }

  String sentence() {
    StringBuilder text = new StringBuilder(origin.text()).append(": ");
    if (!key.isEmpty()) {
      text.append(key).append(": ");
    }
    text.append(wrong);
    if (!allowed.isEmpty()) {
      text.append("; allowed: ").append(allowed);
    }
    return text.append("; to mend: ").append(mend).toString();
  }
}
