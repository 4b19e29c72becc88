package dev.inkan.server.letter;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;

/**
 * One A4 sheet to draw on. Places are in millimetres from its upper left corner, type sizes in
 * points. A text's place is the left end of its base line. Belongs to one thread.
 */
final class Sheet {

  static final double WIDTH = 210;
  static final double HEIGHT = 297;
  static final double POINTS = 72 / 25.4;

  private static final float BOLD_STROKE = 0.028f;

  private static final double SMALLEST = 6;
  private static final double SIZE_STEP = 0.5;

  /** How far a circle's control points lie from its own, for four curves. */
  private static final double CIRCLE = 0.5523;

  private final PDPageContentStream content;
  private final LetterFont font;

  Sheet(PDPageContentStream content, LetterFont font) {
    this.content = content;
    this.font = font;
  }

  /** A colour of the house. */
  enum Ink {
    TEXT(0x22, 0x22, 0x22),
    SECONDARY(0x55, 0x55, 0x55),
    RULE(0x99, 0x95, 0x8d),
    VERMILION(0xb7, 0x28, 0x2e),
    WHITE(0xff, 0xff, 0xff);

    private final float red;
    private final float green;
    private final float blue;

    Ink(int red, int green, int blue) {
      this.red = red / 255f;
      this.green = green / 255f;
      this.blue = blue / 255f;
    }
  }

  /** Size in points, weight and colour of type. */
  record Type(double size, boolean bold, Ink ink) {}

  /** The width of {@code text} in millimetres. */
  double width(String text, Type type) {
    return font.width(font.printable(text), type.size()) / POINTS;
  }

  void text(double x, double y, String text, Type type) throws IOException {
    String printable = font.printable(text);
    content.saveGraphicsState();
    fill(type.ink());
    stroke(type.ink());
    content.beginText();
    content.setFont(font.embedded(), (float) type.size());
    if (type.bold()) { // one weight is embedded; an outline makes the other
      content.setRenderingMode(RenderingMode.FILL_STROKE);
      content.setLineWidth((float) type.size() * BOLD_STROKE);
    }
    content.newLineAtOffset(across(x), up(y));
    content.showText(printable);
    content.endText();
    content.restoreGraphicsState();
  }

  void centred(double x, double y, String text, Type type) throws IOException {
    text(x - width(text, type) / 2, y, text, type);
  }

  void right(double x, double y, String text, Type type) throws IOException {
    text(x - width(text, type), y, text, type);
  }

  /** The type, made smaller until {@code text} stands on {@code lines} lines or is hard to read. */
  Type fitting(String text, double width, int lines, Type type) {
    Type fitting = type;
    while (fitting.size() > SMALLEST && lines(text, width, fitting).size() > lines) {
      fitting = new Type(fitting.size() - SIZE_STEP, type.bold(), type.ink());
    }
    return fitting;
  }

  /** The lines of a text broken at {@code width}. */
  List<String> lines(String text, double width, Type type) {
    return new LineBreaks(part -> width(part, type)).of(text, width);
  }

  /** Writes {@code text} in lines {@code step} apart; returns the base line that would follow. */
  double paragraph(double x, double y, double width, double step, String text, Type type)
      throws IOException {
    double at = y;
    for (String line : lines(text, width, type)) {
      text(x, at, line, type);
      at += step;
    }
    return at;
  }

  void line(double fromX, double fromY, double toX, double toY, double thickness, Ink ink)
      throws IOException {
    path(new double[] {fromX, fromY, toX, toY}, thickness, ink);
  }

  /** Strokes from point to point; {@code points} are pairs. */
  void path(double[] points, double thickness, Ink ink) throws IOException {
    content.saveGraphicsState();
    stroke(ink);
    content.setLineWidth(length(thickness));
    content.moveTo(across(points[0]), up(points[1]));
    for (int i = 2; i < points.length; i += 2) {
      content.lineTo(across(points[i]), up(points[i + 1]));
    }
    content.stroke();
    content.restoreGraphicsState();
  }

  void box(double x, double y, double width, double height, double thickness, Ink ink)
      throws IOException {
    content.saveGraphicsState();
    stroke(ink);
    content.setLineWidth(length(thickness));
    content.addRect(across(x), up(y + height), length(width), length(height));
    content.stroke();
    content.restoreGraphicsState();
  }

  void disc(double x, double y, double radius, Ink ink) throws IOException {
    double k = radius * CIRCLE;
    content.saveGraphicsState();
    fill(ink);
    content.moveTo(across(x), up(y - radius));
    curve(x + k, y - radius, x + radius, y - k, x + radius, y);
    curve(x + radius, y + k, x + k, y + radius, x, y + radius);
    curve(x - k, y + radius, x - radius, y + k, x - radius, y);
    curve(x - radius, y - k, x - k, y - radius, x, y - radius);
    content.fill();
    content.restoreGraphicsState();
  }

  private void curve(double x1, double y1, double x2, double y2, double x3, double y3)
      throws IOException {
    content.curveTo(across(x1), up(y1), across(x2), up(y2), across(x3), up(y3));
  }

  private void fill(Ink ink) throws IOException {
    content.setNonStrokingColor(ink.red, ink.green, ink.blue);
  }

  private void stroke(Ink ink) throws IOException {
    content.setStrokingColor(ink.red, ink.green, ink.blue);
  }

  private static float across(double x) {
    return (float) (x * POINTS);
  }

  private static float up(double y) {
    return (float) ((HEIGHT - y) * POINTS);
  }

  private static float length(double millimetres) {
    return (float) (millimetres * POINTS);
  }
}
