package dev.inkan.server.letter;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The layout of the letter: the address where the window of a 長形3号 envelope is, the secrets in the
 * middle third, which lies inside once the sheet is folded in three. Belongs to one thread.
 */
final class WelcomePage {

  private static final double LEFT = 22;
  private static final double RIGHT = Sheet.WIDTH - 22;
  private static final double THIRD = Sheet.HEIGHT / 3;

  private static final Sheet.Type BODY = new Sheet.Type(10, false, Sheet.Ink.TEXT);
  private static final Sheet.Type STEP = new Sheet.Type(9.5, false, Sheet.Ink.TEXT);
  private static final Sheet.Type SMALL = new Sheet.Type(8.5, false, Sheet.Ink.TEXT);
  private static final Sheet.Type LABEL = new Sheet.Type(10, true, Sheet.Ink.TEXT);
  private static final Sheet.Type ADDRESS = new Sheet.Type(11.5, false, Sheet.Ink.TEXT);
  private static final Sheet.Type TITLE = new Sheet.Type(17, true, Sheet.Ink.TEXT);
  private static final Sheet.Type SECRET = new Sheet.Type(24, false, Sheet.Ink.TEXT);
  private static final Sheet.Type READING = new Sheet.Type(8, false, Sheet.Ink.TEXT);
  private static final Sheet.Type KIND = new Sheet.Type(7.5, false, Sheet.Ink.SECONDARY);

  private static final double CELL = 12;
  private static final double GROUP_GAP = 4;

  private final Sheet sheet;
  private final WelcomeLetter letter;
  private final WelcomeWords words;

  WelcomePage(Sheet sheet, WelcomeLetter letter, WelcomeWords words) {
    this.sheet = sheet;
    this.letter = letter;
    this.words = words;
  }

  void draw() throws IOException {
    addressee();
    sender();
    foldMarks();
    sheet.centred(Sheet.WIDTH / 2, 74, words.title(), TITLE);
    sheet.paragraph(LEFT, 84.5, RIGHT - LEFT, 5.6, words.lead(), BODY);
    credentials();
    double y = steps(189);
    helpdesk(warnings(y + 3));
  }

  private void addressee() throws IOException {
    double y = 26;
    for (String line : words.addressee()) {
      y = sheet.paragraph(25, y, 84, 6.2, line, ADDRESS);
    }
    double width = sheet.width(WelcomeWords.CONFIDENTIAL, LABEL);
    sheet.box(25, y + 1.2, width + 5, 6.2, 0.3, Sheet.Ink.TEXT);
    sheet.text(27.5, y + 5.6, WelcomeWords.CONFIDENTIAL, LABEL);
  }

  private void sender() throws IOException {
    sheet.right(RIGHT, 22, words.date(), BODY);
    sheet.right(RIGHT, 28, words.organisationNumber(), BODY);
    double y = 40;
    for (String line : words.sender()) {
      Sheet.Type type = sheet.fitting(line, 54, 3, BODY);
      for (String part : sheet.lines(line, 54, type)) {
        sheet.right(RIGHT - 18, y, part, type);
        y += type.size() / 2 + 0.6;
      }
    }
    seal(RIGHT - 8, 41, 7);
  }

  /** The mark of the web pages, 100 units wide there. */
  private void seal(double x, double y, double radius) throws IOException {
    double unit = radius / 48;
    sheet.disc(x, y, radius, Sheet.Ink.VERMILION);
    double[][] strokes = {
      {46, 20, 27, 30, 27, 72},
      {27, 49, 45, 49},
      {20, 75, 49, 67},
      {58, 86, 58, 29, 77, 29, 77, 56, 68, 62}
    };
    for (double[] stroke : strokes) {
      double[] placed = new double[stroke.length];
      for (int i = 0; i < stroke.length; i += 2) {
        placed[i] = x + (stroke[i] - 50) * unit;
        placed[i + 1] = y + (stroke[i + 1] - 50) * unit;
      }
      sheet.path(placed, 7 * unit, Sheet.Ink.WHITE);
    }
  }

  private void foldMarks() throws IOException {
    for (double y : new double[] {THIRD, 2 * THIRD}) {
      sheet.line(4, y, 8, y, 0.15, Sheet.Ink.RULE);
    }
  }

  private void credentials() throws IOException {
    double top = THIRD + 3;
    double x = LEFT + 7;
    sheet.box(LEFT, top, RIGHT - LEFT, 80, 0.5, Sheet.Ink.TEXT);
    sheet.text(x, top + 7.5, WelcomeWords.URL, LABEL);
    Sheet.Type address = sheet.fitting(words.url(), RIGHT - x - 37, 1, BODY);
    double y = sheet.paragraph(x + 32, top + 7.5, RIGHT - x - 37, 5, words.url(), address);
    sheet.text(x, y + 1.5, WelcomeWords.UNTIL, LABEL);
    sheet.text(x + 32, y + 1.5, words.until(), LABEL);
    secret(x, top + 23, WelcomeWords.LOGIN_ID, words.loginId().toCharArray());
    char[] password = letter.password().toCharArray();
    try {
      secret(x, top + 50.5, WelcomeWords.PASSWORD, password);
    } finally {
      Arrays.fill(password, '\0');
    }
    sheet.text(x, top + 77, WelcomeWords.SPACES, SMALL);
  }

  /**
   * One character a cell, its reading under it, in groups that a finger can follow. The characters
   * come first, so that they can be copied in one piece.
   */
  private void secret(double x, double y, String label, char[] text) throws IOException {
    sheet.text(x, y, label, LABEL);
    List<List<Spelling>> groups = Spelling.groups(text);
    each(groups, x, (middle, spelling) -> character(middle, y + 2, spelling));
    each(groups, x, (middle, spelling) -> reading(middle, y + 2 + CELL, spelling));
  }

  private interface Cell {
    void draw(double middle, Spelling spelling) throws IOException;
  }

  private static void each(List<List<Spelling>> groups, double x, Cell cell) throws IOException {
    double middle = x + CELL / 2;
    for (List<Spelling> group : groups) {
      for (Spelling spelling : group) {
        cell.draw(middle, spelling);
        middle += CELL;
      }
      middle += GROUP_GAP;
    }
  }

  private void character(double middle, double y, Spelling spelling) throws IOException {
    sheet.box(middle - CELL / 2, y, CELL, CELL, 0.2, Sheet.Ink.RULE);
    sheet.centred(middle, y + 9, String.valueOf(spelling.character()), SECRET);
  }

  private void reading(double middle, double y, Spelling spelling) throws IOException {
    sheet.centred(middle, y + 3.2, spelling.kind(), KIND);
    Sheet.Type type = sheet.fitting(spelling.reading(), CELL - 0.4, 1, READING);
    sheet.centred(middle, y + 6.6, spelling.reading(), type);
  }

  private double steps(double top) throws IOException {
    sheet.text(LEFT, top, WelcomeWords.STEPS, LABEL);
    double y = top + 5.8;
    int number = 1;
    for (String step : words.steps()) {
      sheet.text(LEFT, y, number + ".", STEP);
      y = sheet.paragraph(LEFT + 6, y, RIGHT - LEFT - 6, 5, step, STEP);
      number++;
    }
    return y;
  }

  private double warnings(double top) throws IOException {
    sheet.text(LEFT, top, WelcomeWords.WARNINGS, LABEL);
    double y = top + 5.6;
    for (String warning : words.warnings()) {
      sheet.text(LEFT, y, "・", SMALL);
      y = sheet.paragraph(LEFT + 4, y, RIGHT - LEFT - 4, 4.5, warning, SMALL);
    }
    return y;
  }

  private void helpdesk(double top) throws IOException {
    sheet.line(LEFT, top, RIGHT, top, 0.2, Sheet.Ink.RULE);
    sheet.text(LEFT, top + 5.6, WelcomeWords.QUESTIONS, LABEL);
    double y = top + 5.6;
    for (String line : words.helpdesk()) {
      double width = RIGHT - LEFT - 28;
      Sheet.Type type = sheet.fitting(line, width, 1, SMALL);
      y = sheet.paragraph(LEFT + 28, y, width, type.size() * 0.53, line, type);
    }
  }
}
