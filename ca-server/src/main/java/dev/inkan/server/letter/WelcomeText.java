package dev.inkan.server.letter;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;

/**
 * The letter as plain text for a terminal, 80 columns wide where a full-width character takes two.
 * It holds the initial password.
 */
public final class WelcomeText {

  private static final int COLUMNS = 78;
  private static final int VALUES = 18;
  private static final String RULE = "-".repeat(COLUMNS);
  private static final LineBreaks BREAKS = new LineBreaks(WelcomeText::columns);

  private final StringBuilder text = new StringBuilder();
  private final WelcomeLetter letter;
  private final WelcomeWords words;

  private WelcomeText(WelcomeLetter letter) {
    this.letter = letter;
    this.words = new WelcomeWords(letter);
  }

  /** Writes {@code letter}, each line ended by LF. */
  public static String of(WelcomeLetter letter) {
    return new WelcomeText(letter).write();
  }

  private String write() {
    words.addressee().forEach(this::line);
    right(words.date());
    right(words.organisationNumber());
    words.sender().forEach(this::right);
    line("");
    line(" ".repeat((int) (COLUMNS - columns(words.title())) / 2) + words.title());
    line("");
    paragraph("", words.lead());
    credentials();
    line(WelcomeWords.STEPS);
    int number = 1;
    for (String step : words.steps()) {
      paragraph(number + ". ", step);
      number++;
    }
    line("");
    line(WelcomeWords.WARNINGS);
    words.warnings().forEach(warning -> paragraph("・", warning));
    line("");
    line(WelcomeWords.QUESTIONS);
    words.helpdesk().forEach(part -> paragraph("   ", part));
    return text.toString();
  }

  private void credentials() {
    line(RULE);
    field(WelcomeWords.URL, words.url());
    field(WelcomeWords.UNTIL, words.until());
    line("");
    secret(WelcomeWords.LOGIN_ID, words.loginId().toCharArray());
    char[] password = letter.password().toCharArray();
    try {
      secret(WelcomeWords.PASSWORD, password);
    } finally {
      Arrays.fill(password, '\0');
    }
    paragraph("", WelcomeWords.CASE);
    line(RULE);
  }

  /** In one piece, so that it can be copied, and then spelt. */
  private void secret(String label, char[] secret) {
    field(label, new String(secret));
    for (List<Spelling> group : Spelling.groups(secret)) {
      field("", group.stream().map(Spelling::spoken).collect(joining("・")));
    }
    line("");
  }

  private void field(String label, String value) {
    line(label + " ".repeat((int) (VALUES - columns(label))) + value);
  }

  private void paragraph(String mark, String paragraph) {
    double indent = columns(mark);
    String start = mark;
    for (String part : BREAKS.of(paragraph, COLUMNS - indent)) {
      line(start + part);
      start = " ".repeat((int) indent);
    }
  }

  private void right(String part) {
    line(" ".repeat(Math.max(0, (int) (COLUMNS - columns(part)))) + part);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  // Half-width are ASCII and the half-width katakana; all else of a letter is full-width.
  private static double columns(String part) {
    return part.codePoints().map(c -> c < 0x80 || (c >= 0xff61 && c <= 0xff9f) ? 1 : 2).sum();
  }
}
